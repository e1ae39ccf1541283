import { type Abilities, type No, noLists, type Vendor } from '../contract.ts';
import { declaredBy } from '../declared.ts';
import type { VendorSetup } from '../setup.ts';
import { clientFor } from '../turns.ts';
import { openClient, type VmwareClient } from './client.ts';
import { details, readOne } from './reads.ts';
import { search } from './search.ts';
import { sync } from './sync.ts';
import { vmware } from './vendor.ts';

/** VMware documents no call that changes a subscription. */
const onlyReads: No = { no: "VMware's API is read-only.", because: 'vendor' };

/** A connection to one distributor organization. Opens no socket. Throws `usage` faults for settings that cannot be. */
export function createVmware(setup: VendorSetup): Vendor {
  const client = openClient(setup);
  return {
    ...declaredBy(vmware, setup),
    timeFor: client.timeFor,
    planReads: null,
    narrowLevels: ['organization'],
    cancelDeletes: false,
    updates: [],
    lists: noLists('VMware changes nothing.'),
    abilities: abilitiesOf(client),
    inBackground: abilitiesOf(client.inBackground()),
    toRefresh: abilitiesOf(client.toRefresh()),
  };
}

function abilitiesOf(client: VmwareClient): Abilities {
  return {
    sync: (scope) => sync(clientFor(client, scope), scope),
    search: (query) => search(client, query),
    read: (target, signal) => readOne(client, target, signal),
    history: { no: "VMware's API has no history of a subscription.", because: 'vendor' },
    details: (target, signal) => details(client, target, signal),
    addons: { no: 'VMware subscriptions have no add-ons.', because: 'vendor' },
    products: { no: "VMware's API has no price lists.", because: 'vendor' },
    orders: onlyReads,
    renewal: { no: 'VMware shows the renewal preference as a field of the subscription.', because: 'vendor' },
    reservation: { no: 'VMware has no reservations.', because: 'vendor' },
    follow: onlyReads,
    cancel: onlyReads,
    delete: onlyReads,
    lowerQuantity: onlyReads,
    raiseQuantity: onlyReads,
    setLicense: onlyReads,
    update: onlyReads,
    setPoNumber: onlyReads,
    suspend: onlyReads,
    reactivate: onlyReads,
    create: onlyReads,
    cancelAddon: onlyReads,
    setRenewal: onlyReads,
    createReservation: onlyReads,
    withdrawReservation: onlyReads,
  };
}
