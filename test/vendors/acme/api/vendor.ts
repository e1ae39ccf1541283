import { portalPage } from '../../../../src/api/portal.ts';
import { sharedSettings } from '../../../../src/api/shared-settings.ts';
import type { VendorKind } from '../../../../src/api/vendor-kind.ts';
import { acmeLimits } from './limits.ts';

const own = { required: true, foundAt: 'not documented' } as const;

/** A minimal vendor that does not exist: its declarations must be enough for all shared code. */
export const acme: VendorKind = {
  id: 'acme',
  title: 'Acme Cloud',
  settings: [
    { ...own, name: 'baseUrl', help: 'Address of the Acme API.', secret: false, kind: 'url' },
    { ...own, name: 'partner', help: 'Number of the partner.', secret: false, kind: 'text' },
    { ...own, name: 'apiKey', help: 'Key of the partner.', secret: true, kind: 'text' },
    ...sharedSettings,
  ],
  deadlines: {
    rules: {
      cancellation: 'Acme takes a cancellation at any time.',
      trial: 'Acme has no trials.',
      renewal: 'Acme renews nothing.',
    },
    suspended: null,
    draftOrderDays: null,
    next: () => ({ kind: 'nothing' }),
  },
  charging: () => ({
    basis: null,
    charged: () => ({ isKnown: true, brief: 'the days used', sentence: 'Acme charges the days used.' }),
  }),
  limits: acmeLimits,
  account: { tenant: ({ partner }) => partner ?? null, view: () => [] },
  assumptions: {
    'acme-names-unique': {
      says: 'Two customers may have one name.',
      evidence: 'none',
      source: 'Acme has no documents.',
    },
  },
  variants: [{ title: 'partner', settings: { partner: 'p' } }],
  impliedLevels: () => ['seller', 'reseller'],
  barred: () => ({}),
  productsBy: () => [],
  portal: (_, { organization, subscription }) =>
    subscription === null
      ? portalPage('https://portal.acme.example', ...(organization === null ? [] : ['customers', organization]))
      : portalPage('https://portal.acme.example', 'subscriptions', subscription),
  notYet: [{ what: 'paint a subscription', no: 'Subdeck cannot paint yet; use the Acme portal.' }],
  create: async (setup) => (await import('./index.ts')).createAcme(setup),
  probe: async (setup, signal) => (await import('./probe.ts')).probeAcme(setup, signal),
};
