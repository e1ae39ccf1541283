import type { SettingDeclaration } from '../../model/settings.ts';
import { assumptionSettings } from '../assumption.ts';
import { sharedSettings } from '../shared-settings.ts';
import { lineworksAssumptions } from './assumptions.ts';

export const lineworksSettings = [
  {
    name: 'baseUrl',
    help: 'Address of the LINE WORKS API.',
    required: true,
    secret: false,
    default: 'https://www.worksapis.com/v1.0',
    foundAt: null,
    kind: 'url',
  },
  {
    name: 'tokenUrl',
    help: 'Address that issues the access token.',
    required: true,
    secret: false,
    default: 'https://auth.worksmobile.com/oauth2/v2.0/token',
    foundAt: null,
    kind: 'url',
  },
  {
    name: 'clientId',
    help: 'Client ID of the app in the Developer Console.',
    required: true,
    secret: false,
    foundAt: 'In the Developer Console under API 2.0, on the page of the app: Client ID.',
    kind: 'text',
  },
  {
    name: 'serviceAccount',
    help: 'Service account of that app, such as abcde.serviceaccount@example.com.',
    required: true,
    secret: false,
    foundAt:
      'In the Developer Console under API 2.0, on the page of the app: Service Account, which is issued there once.',
    kind: 'text',
  },
  {
    name: 'scope',
    help: 'Permission of the app: partner can read and write, partner.read is read-only.',
    required: true,
    secret: false,
    default: 'partner',
    choices: ['partner', 'partner.read'],
    foundAt: 'In the Developer Console under API 2.0, on the page of the app: OAuth Scopes.',
    kind: 'text',
  },
  {
    name: 'clientSecret',
    help: 'Client secret of the app.',
    required: true,
    secret: true,
    foundAt: 'In the Developer Console under API 2.0, on the page of the app: Client Secret.',
    kind: 'text',
  },
  {
    name: 'privateKey',
    help: 'Private key of the service account, the whole PEM file.',
    required: true,
    secret: true,
    foundAt:
      'In the Developer Console under API 2.0, on the page of the app: Private Key, downloaded as a file when it is issued.',
    kind: 'pem',
  },
  ...sharedSettings,
  ...assumptionSettings(lineworksAssumptions),
] as const satisfies readonly SettingDeclaration[];
