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
    foundAt: null,
    kind: 'url',
  },
  {
    name: 'tokenUrl',
    help: 'Address that issues the access token.',
    required: true,
    secret: false,
    default: '{baseUrl}/connect/token',
    foundAt: null,
    kind: 'url',
  },
  {
    name: 'level',
    help: 'Level of the credentials: seller (own services, every reseller) or reseller (a broker and its organizations).',
    required: true,
    secret: false,
    choices: ['seller', 'reseller'],
    foundAt: null,
    kind: 'text',
  },
  {
    name: 'sellerId',
    help: 'Id of the seller.',
    required: true,
    secret: false,
    foundAt: "Cloudmore's support provides it with the API secret on request.",
    kind: 'id',
    when: { setting: 'level', is: 'seller' },
  },
  {
    name: 'resellerId',
    help: 'Id of the reseller (broker).',
    required: true,
    secret: false,
    foundAt: "Cloudmore's support provides it with the API secret on request.",
    kind: 'id',
    when: { setting: 'level', is: 'reseller' },
  },
  {
    name: 'username',
    help: 'Name of the API user.',
    required: true,
    secret: false,
    foundAt:
      'In Cloudmore under Broker > Administrators: an administrator with "Allow REST API access", preferably one used only for this.',
    kind: 'text',
  },
  {
    name: 'clientId',
    help: 'OAuth client.',
    required: true,
    secret: false,
    default: 'ro.customer.client',
    foundAt: null,
    kind: 'text',
  },
  {
    name: 'password',
    help: 'Password of the API user.',
    required: true,
    secret: true,
    foundAt: 'Set when that administrator is created, under Broker > Administrators > New administrator.',
    kind: 'text',
  },
  {
    name: 'clientSecret',
    help: 'API secret of the account.',
    required: true,
    secret: true,
    foundAt: "Cloudmore's support provides it on request.",
    kind: 'text',
  },
  ...sharedSettings,
  ...assumptionSettings(cloudmoreAssumptions),
] as const satisfies readonly SettingDeclaration[];
