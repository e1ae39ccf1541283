import type { VendorId } from '../model/vendor.ts';
import { cloudmoreSettings } from './cloudmore/settings.ts';
import { interworksSettings } from './interworks/settings.ts';
import type { VendorKind } from './vendor-kind.ts';

/** The vendors, in the order in which they are shown. The only place that names an adapter; each is loaded at first need. */
export const vendors: Partial<Record<VendorId, VendorKind>> = {
  cloudmore: {
    id: 'cloudmore',
    title: 'Cloudmore',
    settings: cloudmoreSettings,
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
    variants: [
      { title: 'Free edition', settings: { edition: 'free' } },
      { title: 'Standard edition', settings: { edition: 'standard' } },
    ],
    impliedLevels: () => ['seller', 'reseller'],
    create: async (setup) => (await import('./interworks/index.ts')).createInterworks(setup),
  },
};
