import { portalAt } from '../portal.ts';
import type { VendorKind } from '../vendor-kind.ts';
import { cloudcockpitAccount } from './account.ts';
import { cloudcockpitAssumptions } from './assumptions.ts';
import { cloudcockpitCharging } from './charging.ts';
import { cloudcockpitDeadlines } from './deadlines.ts';
import { cloudcockpitLimits } from './limits.ts';
import { cloudcockpitSettings } from './settings.ts';

/** CloudCockpit; developer.cloudcockpit.com operation pages. */
export const cloudcockpit: VendorKind = {
  id: 'cloudcockpit',
  title: 'CloudCockpit',
  settings: cloudcockpitSettings,
  account: cloudcockpitAccount,
  deadlines: cloudcockpitDeadlines,
  charging: cloudcockpitCharging,
  limits: cloudcockpitLimits,
  assumptions: cloudcockpitAssumptions,
  variants: [{ title: 'any role', settings: { role: 'csp', tenant: 't' } }],
  impliedLevels: () => [],
  barred: () => ({}),
  productsBy: () => [],
  portal: ({ tenant }) => portalAt(`https://${tenant ?? ''}`),
  notYet: [
    {
      what: 'upgrade to another offer',
      no: 'Subdeck does not support upgrades of CloudCockpit subscriptions yet; use the portal.',
    },
    {
      what: 'set when a custom term ends',
      no: 'Subdeck does not support custom term end dates yet; use the portal.',
    },
  ],
  create: async (setup) => (await import('./index.ts')).createCloudcockpit(setup),
  probe: async (setup, signal) => (await import('./probe.ts')).probeCloudcockpit(setup, signal),
};
