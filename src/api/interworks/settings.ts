import type { SettingDeclaration } from '../../model/settings.ts';
import { assumptionSettings } from '../assumption.ts';
import { sharedSettings } from '../shared-settings.ts';
import { interworksAssumptions } from './assumptions.ts';

export const interworksSettings = [
  {
    name: 'baseUrl',
    help: "Address of your distributor's interworks.cloud platform.",
    required: true,
    secret: false,
    foundAt: 'In the Storefront under Settings > API Credentials: the Request Token URL without its path.',
    kind: 'url',
  },
  {
    name: 'tokenUrl',
    help: 'Address that issues the access token.',
    required: true,
    secret: false,
    default: '{baseUrl}/oauth/token',
    foundAt: 'In the Storefront under Settings > API Credentials: Request Token URL.',
    kind: 'url',
  },
  {
    name: 'edition',
    help: 'Edition of the reseller: free is read-only, standard can also change.',
    required: true,
    secret: false,
    choices: ['free', 'standard'],
    foundAt: 'not documented',
    kind: 'text',
  },
  {
    name: 'username',
    help: 'Name of the API user.',
    required: true,
    secret: false,
    foundAt: 'In the Storefront under Settings > API Credentials, where API users are created.',
    kind: 'text',
  },
  {
    name: 'clientKey',
    help: 'Client key from the reseller portal.',
    required: true,
    secret: false,
    foundAt:
      'In the Storefront under Settings > API Credentials: Client Key. If it shows "--", the distributor must generate the keys.',
    kind: 'text',
  },
  {
    name: 'apiVersion',
    help: 'Version of the API, sent as X-Api-Version.',
    required: true,
    secret: false,
    default: '3.0',
    foundAt: null,
    kind: 'text',
  },
  {
    name: 'password',
    help: 'Password of the API user.',
    required: true,
    secret: true,
    foundAt: 'Set when the API user is created, in the Storefront under Settings > API Credentials.',
    kind: 'text',
  },
  {
    name: 'clientSecret',
    help: 'Client secret from the reseller portal.',
    required: true,
    secret: true,
    foundAt: 'In the Storefront under Settings > API Credentials: Client Secret.',
    kind: 'text',
  },
  ...sharedSettings,
  ...assumptionSettings(interworksAssumptions),
] as const satisfies readonly SettingDeclaration[];
