import { accountFact } from '../account-key.ts';
import type { Abilities, No, Vendor } from '../contract.ts';
import type { VendorSetup } from '../setup.ts';
import { cloudmoreAccount } from './account.ts';
import { type CloudmoreApi, openCloudmore } from './client.ts';
import { heldKey } from './current-license-key.ts';
import { planReads } from './plan-reads.ts';
import { historyReader, readAddons, readDetails, readProducts, readSubscription } from './reads.ts';
import { syncCloudmore } from './sync.ts';
import { cancelDraft, createDraft, deleteDraft, quantityDraft, setLicenseDraft, updateDraft } from './writes.ts';

/** Cloudmore, custom service subscriptions, with seller-level or reseller-level (broker) credentials. */
export function createCloudmore(setup: VendorSetup): Vendor {
  const api = openCloudmore(setup);
  return {
    id: 'cloudmore',
    connection: setup.name,
    ...accountFact('cloudmore', setup.settings, cloudmoreAccount),
    impliedLevels: api.level === 'seller' ? [] : ['seller'],
    cancelDeletes: false,
    abilities: { ...shared(api), ...(api.level === 'seller' ? ofSeller(api) : ofReseller(api)) },
    planReads: planReads(api),
    licenceKey: heldKey(api),
  };
}

type Leveled = 'history' | 'delete' | 'setLicense' | 'update' | 'create' | 'raiseQuantity' | 'lowerQuantity';

function shared(api: CloudmoreApi): Omit<Abilities, Leveled> {
  return {
    sync: (scope) => syncCloudmore(api, scope),
    read: (target, signal) => readSubscription(api, target, signal),
    details: (target, signal) => readDetails(api, target, signal),
    addons: (target, signal) => readAddons(api, target, signal),
    products: (where, signal) => readProducts(api, where, signal),
    cancel: (target) => cancelDraft(api, target),
    search: never("Cloudmore's lists take no search and no filter; Subdeck searches what it has read."),
    orders: never('Cloudmore has no orders for these subscriptions.'),
    renewal: never('Cloudmore has no renewal settings for these subscriptions.'),
    reservation: never('Cloudmore has no reservations.'),
    follow: never('Cloudmore answers every change at once: there is nothing to follow.'),
    suspend: never('Cloudmore cannot suspend these subscriptions through its API.'),
    reactivate: never('Cloudmore cannot reactivate these subscriptions through its API.'),
    cancelAddon: never('Cloudmore cannot cancel a single add-on through its API.'),
    setRenewal: never('Cloudmore has no renewal settings for these subscriptions.'),
    createReservation: never('Cloudmore has no reservations.'),
    withdrawReservation: never('Cloudmore has no reservations.'),
  };
}

function ofSeller(api: CloudmoreApi): Pick<Abilities, Leveled> {
  return {
    delete: (target) => deleteDraft(api, target),
    setLicense: (target, { licenseKey }) => setLicenseDraft(api, target, licenseKey),
    history: resellerOnly('read the history'),
    update: resellerOnly('change a subscription'),
    create: resellerOnly('create a subscription'),
    raiseQuantity: resellerOnly('raise a quantity'),
    lowerQuantity: resellerOnly('lower a quantity'),
  };
}

function ofReseller(api: CloudmoreApi): Pick<Abilities, Leveled> {
  return {
    history: historyReader(api),
    update: (target, { changes }) => updateDraft(api, target, changes),
    create: (wish) => createDraft(api, wish),
    raiseQuantity: (target, { quantity }) => quantityDraft(api, target, quantity),
    lowerQuantity: (target, { quantity }) => quantityDraft(api, target, quantity),
    delete: sellerOnly('delete a subscription'),
    setLicense: sellerOnly('set a licence key'),
  };
}

function never(no: string): No {
  return { no, because: 'vendor' };
}

function resellerOnly(what: string): No {
  return { no: `A seller-level connection cannot ${what}; a reseller-level connection can.`, because: 'connection' };
}

function sellerOnly(what: string): No {
  return { no: `A reseller-level connection cannot ${what}; a seller-level connection can.`, because: 'connection' };
}
