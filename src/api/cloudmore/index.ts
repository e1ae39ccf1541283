import { type Abilities, type No, noLists, type Vendor } from '../contract.ts';
import { declaredBy } from '../declared.ts';
import type { VendorSetup } from '../setup.ts';
import { clientFor } from '../turns.ts';
import { cloudmoreBarred } from './barred.ts';
import { type CloudmoreClient, openClient } from './client.ts';
import { currentLicenseKey } from './current-license-key.ts';
import { planReads } from './plan-reads.ts';
import { historyReader, readAddons, readDetails, readProducts, readSubscription } from './reads.ts';
import { syncCloudmore } from './sync.ts';
import { cloudmore } from './vendor.ts';
import { cancelDraft, createDraft, deleteDraft, quantityDraft, setLicenseDraft, updateDraft } from './writes.ts';

/** Cloudmore, custom service subscriptions, with seller-level or reseller-level (broker) credentials. */
export function createCloudmore(setup: VendorSetup): Vendor {
  const client = openClient(setup);
  const abilitiesOf = (through: CloudmoreClient): Abilities => {
    return { ...shared(through), ...leveled(through), ...cloudmoreBarred(setup.settings) };
  };
  return {
    ...declaredBy(cloudmore, setup),
    narrowLevels: client.level === 'seller' ? ['service'] : ['organization', 'service'],
    cancelDeletes: false,
    updates: ['name', 'quantity'],
    lists: noLists('Cloudmore lists products only.'),
    abilities: abilitiesOf(client),
    inBackground: abilitiesOf(client.inBackground()),
    toRefresh: abilitiesOf(client.toRefresh()),
    timeFor: client.timeFor,
    planReads: planReads(client),
    licenseKey: currentLicenseKey(client),
  };
}

type Leveled = 'history' | 'delete' | 'setLicense' | 'update' | 'create' | 'raiseQuantity' | 'lowerQuantity';

function shared(client: CloudmoreClient): Omit<Abilities, Leveled> {
  return {
    sync: (scope) => syncCloudmore(clientFor(client, scope), scope),
    read: (target, signal) => readSubscription(client, target, signal),
    details: (target, signal) => readDetails(client, target, signal),
    addons: (target, signal) => readAddons(client, target, signal),
    products: (where, signal) => readProducts(client, where, signal),
    cancel: (target) => cancelDraft(client, target),
    search: never("Cloudmore's lists have no search or filter; Subdeck searches the cached rows."),
    orders: never('Cloudmore has no orders for these subscriptions.'),
    renewal: never('Cloudmore has no renewal settings for these subscriptions.'),
    reservation: never('Cloudmore has no reservations.'),
    follow: never('Cloudmore gives no request id, so Subdeck reads the subscription until it shows the change.'),
    setPoNumber: never('Cloudmore has no purchase order number for a subscription.'),
    suspend: never('Cloudmore cannot suspend these subscriptions through its API.'),
    reactivate: never('Cloudmore cannot reactivate these subscriptions through its API.'),
    cancelAddon: never('Cloudmore cannot cancel a single add-on through its API.'),
    setRenewal: never('Cloudmore has no renewal settings for these subscriptions.'),
    createReservation: never('Cloudmore has no reservations.'),
    withdrawReservation: never('Cloudmore has no reservations.'),
  };
}

/** Each is of one level alone; `cloudmoreBarred` takes it away from the other. */
function leveled(client: CloudmoreClient): Pick<Abilities, Leveled> {
  return {
    delete: (target) => deleteDraft(client, target),
    setLicense: (target, { licenseKey }) => setLicenseDraft(client, target, licenseKey),
    history: historyReader(client),
    update: (target, { changes }) => updateDraft(client, target, changes),
    create: (writeRequest) => createDraft(client, writeRequest),
    raiseQuantity: (target, { quantity }) => quantityDraft(client, target, quantity),
    lowerQuantity: (target, { quantity }) => quantityDraft(client, target, quantity),
  };
}

function never(no: string): No {
  return { no, because: 'vendor' };
}
