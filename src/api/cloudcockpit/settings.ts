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
    foundAt: null,
    kind: 'url',
  },
  {
    name: 'tokenUrl',
    help: 'Token address from the API access page of the portal (https://login.microsoftonline.com/…/oauth2/v2.0/token).',
    required: true,
    secret: false,
    foundAt: "In CloudCockpit's developer portal, in the authentication guide.",
    kind: 'url',
  },
  {
    name: 'tenant',
    help: 'Domain of the portal, sent with every call as X-Tenant.',
    required: true,
    secret: false,
    foundAt: "The domain of the portal's address.",
    kind: 'id',
  },
  {
    name: 'clientId',
    help: 'Client ID of the API access.',
    required: true,
    secret: false,
    foundAt:
      'In the portal under Settings, where a CSP creates API access. Resellers and customers get theirs from the CSP.',
    kind: 'text',
  },
  {
    name: 'scope',
    help: 'Scope of the API access (api://…/.default).',
    required: true,
    secret: false,
    foundAt: "In CloudCockpit's developer portal, in the authentication guide.",
    kind: 'text',
  },
  {
    name: 'role',
    help: 'Owner of the API access: the CSP, a reseller or one customer.',
    required: true,
    secret: false,
    choices: ['csp', 'reseller', 'customer'],
    foundAt: null,
    kind: 'text',
  },
  {
    name: 'customerId',
    help: 'Id of the customer, if the role is customer.',
    required: true,
    secret: false,
    foundAt: 'not documented',
    kind: 'id',
    when: { setting: 'role', is: 'customer' },
  },
  {
    name: 'clientSecret',
    help: 'Client secret of the API access.',
    required: true,
    secret: true,
    foundAt: 'In the portal under Settings, when the API access is created.',
    kind: 'text',
  },
  ...sharedSettings,
  ...assumptionSettings(cloudcockpitAssumptions),
] as const satisfies readonly SettingDeclaration[];
