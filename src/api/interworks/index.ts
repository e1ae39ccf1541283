import { type Abilities, type No, noLists, type Vendor } from '../contract.ts';
import { declaredBy } from '../declared.ts';
import type { VendorSetup } from '../setup.ts';
import { clientFor } from '../turns.ts';
import { interworksBarred } from './barred.ts';
import { type InterworksClient, openClient } from './client.ts';
import { followInterworks } from './follow.ts';
import { planReads } from './plan-reads.ts';
import { readAddons, readDetails, readOrders, readProducts, readSubscription } from './reads.ts';
import { searchInterworks } from './search.ts';
import { syncInterworks } from './sync.ts';
import { interworks } from './vendor.ts';
import { cancelAddonDraft, cancelDraft, lowerDraft, raiseDraft } from './writes.ts';

/** interworks.cloud BSS API V3 for White-Label Resellers, Free or Standard edition. */
export function createInterworks(setup: VendorSetup): Vendor {
  const client = openClient(setup);
  const abilitiesOf = (through: InterworksClient): Abilities => {
    return { ...reads(through), ...writes(through), ...nobodys, ...interworksBarred(setup.settings) };
  };
  return {
    ...declaredBy(interworks, setup),
    narrowLevels: ['organization', 'service'],
    cancelDeletes: false,
    updates: [],
    lists: noLists('interworks.cloud has no fields to choose for.'),
    abilities: abilitiesOf(client),
    inBackground: abilitiesOf(client.inBackground()),
    toRefresh: abilitiesOf(client.toRefresh()),
    timeFor: client.timeFor,
    planReads: planReads(client),
  };
}

type Writes = 'cancel' | 'lowerQuantity' | 'raiseQuantity' | 'cancelAddon';
type Reads = 'sync' | 'search' | 'read' | 'details' | 'addons' | 'products' | 'orders' | 'follow';

function reads(client: InterworksClient): Pick<Abilities, Reads> {
  return {
    sync: (scope) => syncInterworks(clientFor(client, scope), scope),
    search: (query) => searchInterworks(client, query),
    read: (target, signal) => readSubscription(client, target, signal),
    details: (target, signal) => readDetails(client, target, signal),
    addons: (target, signal) => readAddons(client, target, signal),
    products: (_where, signal) => readProducts(client, signal),
    orders: (signal) => readOrders(client, signal),
    follow: (request, signal) => followInterworks(client, request, signal),
  };
}

function writes(client: InterworksClient): Pick<Abilities, Writes> {
  return {
    cancel: (target) => cancelDraft(client, target),
    lowerQuantity: (target, { quantity }) => lowerDraft(client, target, quantity),
    raiseQuantity: (target, { quantity }) => raiseDraft(client, target, quantity),
    cancelAddon: (target, { addon }) => cancelAddonDraft(client, target, addon),
  };
}

const nobodys: Omit<Abilities, Reads | Writes> = {
  history: never('interworks.cloud has no history of a subscription.'),
  renewal: never('interworks.cloud has no renewal settings for a subscription.'),
  reservation: never('interworks.cloud has no reservations.'),
  delete: never('interworks.cloud can cancel subscriptions but not delete them.'),
  setLicense: never('interworks.cloud has no licence keys.'),
  update: never('interworks.cloud can change only the quantity: use set-quantity.'),
  setPoNumber: never('interworks.cloud has no purchase order number for a subscription.'),
  suspend: never('interworks.cloud cannot suspend a subscription through its API.'),
  reactivate: never('interworks.cloud cannot reactivate a subscription through its API.'),
  create: {
    no: 'Subdeck can place interworks.cloud orders only to raise a quantity; use the portal for others.',
    because: 'not-yet',
  },
  setRenewal: never('interworks.cloud has no renewal settings for a subscription.'),
  createReservation: never('interworks.cloud has no reservations.'),
  withdrawReservation: never('interworks.cloud has no reservations.'),
};

function never(no: string): No {
  return { no, because: 'vendor' };
}
