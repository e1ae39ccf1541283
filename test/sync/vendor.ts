import {
  type Abilities,
  noLists,
  type Page,
  type Reading,
  type SyncScope,
  type Target,
  type Vendor,
} from '../../src/api/contract.ts';

const no = { no: 'Not in this test.', because: 'vendor' } as const;

/** A vendor with the abilities that a test gives it; all others have a reason. */
export function vendorThat(
  abilities: {
    readonly sync?: (scope: SyncScope) => AsyncIterable<Page>;
    readonly read?: (target: Target) => Promise<Reading | null>;
  },
  connection = 'nordic',
): Vendor {
  const names = [
    'sync',
    'search',
    'read',
    'history',
    'details',
    'addons',
    'products',
    'orders',
    'renewal',
    'reservation',
  ] as const;
  const writes = [
    'cancel',
    'delete',
    'lowerQuantity',
    'raiseQuantity',
    'setLicense',
    'update',
    'suspend',
    'reactivate',
    'setPoNumber',
  ] as const;
  const more = ['follow', 'create', 'cancelAddon', 'setRenewal', 'createReservation', 'withdrawReservation'] as const;
  const none = Object.fromEntries([...names, ...writes, ...more].map((name) => [name, no])) as unknown as Abilities;
  const all = { ...none, ...abilities };
  return {
    id: 'cloudmore',
    connection,
    account: 'cloudmore https://api.cloudmore.com',
    view: '',
    impliedLevels: [],
    charging: {
      vendor: 'Cloudmore',
      basis: null,
      charged: () => ({ isKnown: false, brief: 'not known', sentence: 'Nobody knows.' }),
    },
    timeFor: () => 0,
    planReads: null,
    narrowLevels: [],
    cancelDeletes: false,
    updates: [],
    lists: noLists('It lists nothing.'),
    abilities: all,
    inBackground: all,
    toRefresh: all,
  };
}
