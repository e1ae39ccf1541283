import type { VendorKind } from '../vendor-kind.ts';
import { cloudmoreAccount } from './account.ts';
import { cloudmoreAssumptions } from './assumptions.ts';
import { cloudmoreBarred } from './barred.ts';
import { cloudmoreCharging } from './charging.ts';
import { cloudmoreDeadlines } from './deadlines.ts';
import { cloudmoreLimits } from './limits.ts';
import { cloudmoreSettings } from './settings.ts';

/** Custom service subscriptions of Cloudmore; developer.cloudmore.com, CloudMorePythonSDK. */
export const cloudmore: VendorKind = {
  id: 'cloudmore',
  title: 'Cloudmore',
  settings: cloudmoreSettings,
  account: cloudmoreAccount,
  deadlines: cloudmoreDeadlines,
  charging: cloudmoreCharging,
  limits: cloudmoreLimits,
  assumptions: cloudmoreAssumptions,
  variants: [
    { title: 'seller', settings: { level: 'seller', sellerId: 's' } },
    { title: 'reseller', settings: { level: 'reseller', resellerId: 'r' } },
  ],
  impliedLevels: ({ level }) => (level === 'seller' ? [] : ['seller']),
  barred: cloudmoreBarred,
  productsBy: ({ level }) => (level === 'seller' ? ['service'] : ['organization', 'service']),
  portal: () => ({ no: 'The address of the Cloudmore portal is not known.' }),
  notYet: [
    {
      what: 'assign users to a subscription',
      no: 'Subdeck does not support assigning users yet; use the Cloudmore portal.',
    },
    {
      what: 'manage organizations',
      no: 'Subdeck does not support managing organizations yet; use the Cloudmore portal.',
    },
    {
      what: 'manage resellers',
      no: 'Subdeck does not support managing brokers yet; use the Cloudmore portal.',
    },
    {
      what: 'add services to organizations',
      no: 'Subdeck does not support adding services to organizations yet; use the Cloudmore portal.',
    },
  ],
  create: async (setup) => (await import('./index.ts')).createCloudmore(setup),
  probe: async (setup, signal) => (await import('./probe.ts')).probeCloudmore(setup, signal),
};
