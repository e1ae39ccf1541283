import type { SettingDeclaration } from '../../model/settings.ts';
import { assumptionSettings } from '../assumption.ts';
import { sharedSettings } from '../shared-settings.ts';
import { cloudcockpitAssumptions } from './assumptions.ts';

export const cloudcockpitSettings = [
  {
    name: 'baseUrl',
    help: 'Address of the CloudCockpit API.',
    required: true,
    secret: false,
    default: 'https://api.cloudcockpit.com',
    kind: 'url',
  },
  {
    name: 'tokenUrl',
    help: 'Token address from the API access page of the portal (https://login.microsoftonline.com/…/oauth2/v2.0/token).',
    required: true,
    secret: false,
    kind: 'url',
  },
  {
    name: 'tenant',
    help: 'Domain of the portal; sent with every call as X-Tenant.',
    required: true,
    secret: false,
    kind: 'text',
  },
  { name: 'clientId', help: 'Client ID of the API access.', required: true, secret: false, kind: 'text' },
  { name: 'scope', help: 'Scope of the API access (api://…/.default).', required: true, secret: false, kind: 'text' },
  {
    name: 'role',
    help: 'Who the API access belongs to: the CSP itself, a reseller or one customer.',
    required: true,
    secret: false,
    choices: ['csp', 'reseller', 'customer'],
    kind: 'text',
  },
  {
    name: 'customerId',
    help: 'Id of the customer, where the role is customer.',
    required: true,
    secret: false,
    kind: 'text',
    when: { setting: 'role', is: 'customer' },
  },
  { name: 'clientSecret', help: 'Client secret of the API access.', required: true, secret: true, kind: 'text' },
  ...sharedSettings,
  ...assumptionSettings(cloudcockpitAssumptions),
] as const satisfies readonly SettingDeclaration[];
