import { portalAt } from '../portal.ts';
import type { VendorKind } from '../vendor-kind.ts';
import { interworksAccount } from './account.ts';
import { interworksAssumptions } from './assumptions.ts';
import { interworksBarred } from './barred.ts';
import { interworksCharging } from './charging.ts';
import { interworksDeadlines } from './deadlines.ts';
import { interworksLimits } from './limits.ts';
import { interworksSettings } from './settings.ts';

/** interworks.cloud BSS; developers.interworks.cloud. */
export const interworks: VendorKind = {
  id: 'interworks',
  title: 'interworks.cloud',
  settings: interworksSettings,
  account: interworksAccount,
  deadlines: interworksDeadlines,
  charging: interworksCharging,
  limits: interworksLimits,
  assumptions: interworksAssumptions,
  variants: [
    { title: 'Free edition', settings: { edition: 'free' } },
    { title: 'Standard edition', settings: { edition: 'standard' } },
  ],
  impliedLevels: () => ['seller', 'reseller'],
  barred: interworksBarred,
  productsBy: () => [],
  portal: ({ baseUrl }) => portalAt(baseUrl),
  notYet: [
    {
      what: 'manage organizations',
      no: 'Subdeck does not support changing accounts yet; use the interworks.cloud portal.',
    },
    {
      what: 'remove an item from a draft order',
      no: 'Subdeck does not support editing draft orders yet; a draft expires after seven days.',
    },
  ],
  create: async (setup) => (await import('./index.ts')).createInterworks(setup),
  probe: async (setup, signal) => (await import('./probe.ts')).probeInterworks(setup, signal),
};
