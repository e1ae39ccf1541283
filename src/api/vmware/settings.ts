import type { SettingDeclaration } from '../../model/settings.ts';
import { assumptionSettings } from '../assumption.ts';
import { sharedSettings } from '../shared-settings.ts';
import { vmwareAssumptions } from './assumptions.ts';

export const vmwareSettings = [
  {
    name: 'baseUrl',
    help: 'Address of the VMware Cloud Partner Navigator API.',
    required: true,
    secret: false,
    default: 'https://console.navigator.vmware.com',
    foundAt: null,
    kind: 'url',
  },
  {
    name: 'orgId',
    help: 'Id of the distributor organization, as shown in Cloud Partner Navigator.',
    required: true,
    secret: false,
    foundAt: 'not documented',
    kind: 'id',
  },
  {
    name: 'apiToken',
    help: 'API token created in Cloud Partner Navigator for that organization.',
    required: true,
    secret: true,
    foundAt:
      'In Cloud Partner Navigator, switched to that organization: the user name > My Account > API Tokens > Generate Token.',
    kind: 'text',
  },
  ...sharedSettings,
  ...assumptionSettings(vmwareAssumptions),
] as const satisfies readonly SettingDeclaration[];
