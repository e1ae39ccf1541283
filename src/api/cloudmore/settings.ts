import type { SettingDeclaration } from '../../model/settings.ts';
import { assumptionSettings } from '../assumption.ts';
import { sharedSettings } from '../shared-settings.ts';
import { cloudmoreAssumptions } from './assumptions.ts';

export const cloudmoreSettings = [
  {
    name: 'baseUrl',
    help: 'Address of the Cloudmore API.',
    required: true,
    secret: false,
    default: 'https://api.cloudmore.com',
    kind: 'url',
  },
  {
    name: 'tokenUrl',
    help: 'Address that gives the access token.',
    required: true,
    secret: false,
    default: '{baseUrl}/connect/token',
    kind: 'url',
  },
  {
    name: 'level',
    help: 'Which credentials these are: seller (own services, every reseller) or reseller (a broker and its organizations).',
    required: true,
    secret: false,
    choices: ['seller', 'reseller'],
    kind: 'text',
  },
  {
    name: 'sellerId',
    help: 'Id of the seller.',
    required: true,
    secret: false,
    kind: 'text',
    when: { setting: 'level', is: 'seller' },
  },
  {
    name: 'resellerId',
    help: 'Id of the reseller (broker).',
    required: true,
    secret: false,
    kind: 'text',
    when: { setting: 'level', is: 'reseller' },
  },
  { name: 'username', help: 'Name of the API user.', required: true, secret: false, kind: 'text' },
  {
    name: 'clientId',
    help: 'OAuth client.',
    required: true,
    secret: false,
    default: 'ro.customer.client',
    kind: 'text',
  },
  { name: 'password', help: 'Password of the API user.', required: true, secret: true, kind: 'text' },
  { name: 'clientSecret', help: 'API secret of the account.', required: true, secret: true, kind: 'text' },
  ...sharedSettings,
  ...assumptionSettings(cloudmoreAssumptions),
] as const satisfies readonly SettingDeclaration[];
