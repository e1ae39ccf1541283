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
    kind: 'url',
  },
  {
    name: 'tokenUrl',
    help: 'Address that gives the access token.',
    required: true,
    secret: false,
    default: '{baseUrl}/oauth/token',
    kind: 'url',
  },
  {
    name: 'edition',
    help: 'Edition of the reseller: free only reads, standard changes too.',
    required: true,
    secret: false,
    choices: ['free', 'standard'],
    kind: 'text',
  },
  { name: 'username', help: 'Name of the API user.', required: true, secret: false, kind: 'text' },
  { name: 'clientKey', help: 'Client key from the reseller portal.', required: true, secret: false, kind: 'text' },
  {
    name: 'apiVersion',
    help: 'Version of the API, sent as X-Api-Version.',
    required: true,
    secret: false,
    default: '3.0',
    kind: 'text',
  },
  { name: 'password', help: 'Password of the API user.', required: true, secret: true, kind: 'text' },
  { name: 'clientSecret', help: 'Client secret from the reseller portal.', required: true, secret: true, kind: 'text' },
  ...sharedSettings,
  ...assumptionSettings(interworksAssumptions),
] as const satisfies readonly SettingDeclaration[];
