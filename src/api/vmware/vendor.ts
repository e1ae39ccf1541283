import { portalAt } from '../portal.ts';
import type { VendorKind } from '../vendor-kind.ts';
import { vmwareAccount } from './account.ts';
import { vmwareAssumptions } from './assumptions.ts';
import { vmwareCharging } from './charging.ts';
import { vmwareDeadlines } from './deadlines.ts';
import { vmwareLimits } from './limits.ts';
import { vmwareSettings } from './settings.ts';

/** VMware Cloud Partner Navigator, as a distributor. */
export const vmware: VendorKind = {
  id: 'vmware',
  title: 'VMware Cloud Partner Navigator',
  settings: vmwareSettings,
  account: vmwareAccount,
  deadlines: vmwareDeadlines,
  charging: vmwareCharging,
  limits: vmwareLimits,
  assumptions: vmwareAssumptions,
  variants: [{ title: 'distributor', settings: { orgId: 'o' } }],
  impliedLevels: () => [],
  barred: () => ({}),
  productsBy: () => [],
  portal: ({ baseUrl }) => portalAt(baseUrl),
  notYet: [],
  create: async (setup) => (await import('./index.ts')).createVmware(setup),
  probe: async (setup, signal) => (await import('./probe.ts')).probeVmware(setup, signal),
};
