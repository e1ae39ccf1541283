import type { VendorId } from '../model/vendor.ts';
import { cloudcockpitAccount } from './cloudcockpit/account.ts';
import { cloudcockpitAssumptions } from './cloudcockpit/assumptions.ts';
import { cloudcockpitSettings } from './cloudcockpit/settings.ts';
import { cloudmoreAccount } from './cloudmore/account.ts';
import { cloudmoreAssumptions } from './cloudmore/assumptions.ts';
import { cloudmoreSettings } from './cloudmore/settings.ts';
import { interworksAccount } from './interworks/account.ts';
import { interworksAssumptions } from './interworks/assumptions.ts';
import { interworksSettings } from './interworks/settings.ts';
import { lineworksAccount } from './lineworks/account.ts';
import { lineworksAssumptions } from './lineworks/assumptions.ts';
import { lineworksSettings } from './lineworks/settings.ts';
import type { VendorKind } from './vendor-kind.ts';
import { vmwareAccount } from './vmware/account.ts';
import { vmwareAssumptions } from './vmware/assumptions.ts';
import { vmwareSettings } from './vmware/settings.ts';

/** The vendors, in the order in which they are shown. The only place that names an adapter; each is loaded at first need. */
export const vendors: Readonly<Record<VendorId, VendorKind>> = {
  cloudmore: {
    id: 'cloudmore',
    title: 'Cloudmore',
    settings: cloudmoreSettings,
    assumptions: cloudmoreAssumptions,
    account: cloudmoreAccount,
    variants: [
      { title: 'seller', settings: { level: 'seller', sellerId: 's' } },
      { title: 'reseller', settings: { level: 'reseller', resellerId: 'r' } },
    ],
    impliedLevels: ({ level }) => (level === 'seller' ? [] : ['seller']),
    create: async (setup) => (await import('./cloudmore/index.ts')).createCloudmore(setup),
  },
  interworks: {
    id: 'interworks',
    title: 'interworks.cloud',
    settings: interworksSettings,
    assumptions: interworksAssumptions,
    account: interworksAccount,
    variants: [
      { title: 'Free edition', settings: { edition: 'free' } },
      { title: 'Standard edition', settings: { edition: 'standard' } },
    ],
    impliedLevels: () => ['seller', 'reseller'],
    create: async (setup) => (await import('./interworks/index.ts')).createInterworks(setup),
  },
  vmware: {
    id: 'vmware',
    title: 'VMware Cloud Partner Navigator',
    settings: vmwareSettings,
    assumptions: vmwareAssumptions,
    account: vmwareAccount,
    variants: [{ title: 'distributor', settings: { orgId: 'o' } }],
    impliedLevels: () => [],
    create: async (setup) => (await import('./vmware/index.ts')).createVmware(setup),
  },
  lineworks: {
    id: 'lineworks',
    title: 'LINE WORKS',
    settings: lineworksSettings,
    assumptions: lineworksAssumptions,
    account: lineworksAccount,
    variants: [
      { title: 'scope partner', settings: { scope: 'partner' } },
      { title: 'scope partner.read', settings: { scope: 'partner.read' } },
    ],
    impliedLevels: () => ['seller', 'reseller'],
    create: async (setup) => (await import('./lineworks/index.ts')).createLineworks(setup),
  },
  cloudcockpit: {
    id: 'cloudcockpit',
    title: 'CloudCockpit',
    settings: cloudcockpitSettings,
    assumptions: cloudcockpitAssumptions,
    account: cloudcockpitAccount,
    variants: [{ title: 'any role', settings: { role: 'csp', tenant: 't' } }],
    impliedLevels: () => [],
    create: async (setup) => (await import('./cloudcockpit/index.ts')).createCloudcockpit(setup),
  },
};
