import type { VendorKind } from '../vendor-kind.ts';
import { lineworksAccount } from './account.ts';
import { lineworksAssumptions } from './assumptions.ts';
import { lineworksBarred } from './barred.ts';
import { lineworksCharging } from './charging.ts';
import { lineworksDeadlines } from './deadlines.ts';
import { lineworksLimits } from './limits.ts';
import { lineworksSettings } from './settings.ts';

/** LINE WORKS Partner API; developers.worksmobile.com partner pages. */
export const lineworks: VendorKind = {
  id: 'lineworks',
  title: 'LINE WORKS',
  settings: lineworksSettings,
  account: lineworksAccount,
  deadlines: lineworksDeadlines,
  charging: lineworksCharging,
  limits: lineworksLimits,
  assumptions: lineworksAssumptions,
  variants: [
    { title: 'scope partner', settings: { scope: 'partner' } },
    { title: 'scope partner.read', settings: { scope: 'partner.read' } },
  ],
  impliedLevels: () => ['seller', 'reseller'],
  barred: lineworksBarred,
  productsBy: () => [],
  portal: () => ({ no: 'The address of the LINE WORKS Partner Console is not known.' }),
  notYet: [
    {
      what: 'start paid service immediately',
      no: 'Subdeck does not support immediate conversion yet; use `reservation create` with type=start_paid_service for a future day.',
    },
    { what: 'order ahead', no: 'Subdeck does not support pre-orders yet; use the Partner Console.' },
    {
      what: 'move a reservation to another day',
      no: 'Subdeck does not support moving a reservation yet; withdraw it and create it again.',
    },
    {
      what: 'add licences immediately',
      no: 'The address of this call is not public; `subscription set-quantity` reserves them for tomorrow.',
    },
    {
      what: 'manage organizations',
      no: 'Subdeck does not support ending a customer or limiting its members yet; use the Partner Console.',
    },
  ],
  create: async (setup) => (await import('./index.ts')).createLineworks(setup),
  probe: async (setup, signal) => (await import('./probe.ts')).probeLineworks(setup, signal),
};
