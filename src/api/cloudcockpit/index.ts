import { type Abilities, type No, noLists, type Vendor } from '../contract.ts';
import { declaredBy } from '../declared.ts';
import type { VendorSetup } from '../setup.ts';
import { clientFor } from '../turns.ts';
import { billingFrequencies } from './changes.ts';
import { type CloudcockpitClient, openClient } from './client.ts';
import { planReads } from './plan-reads.ts';
import { addons, details, readOne, renewal } from './reads.ts';
import { search } from './search.ts';
import { sync } from './sync.ts';
import { cloudcockpit } from './vendor.ts';
import { writesOf } from './writes.ts';

/** A connection to one CSP tenant. Opens no socket. Throws `usage` faults for settings that cannot be. */
export function createCloudcockpit(setup: VendorSetup): Vendor {
  const client = openClient(setup);
  return {
    ...declaredBy(cloudcockpit, setup),
    narrowLevels: ['organization'],
    cancelDeletes: true,
    updates: ['name', 'quantity', 'billing', 'autoRenew'],
    lists: { ...noLists('CloudCockpit has no such renewal and no reservations.'), billing: billingFrequencies },
    abilities: abilitiesOf(client),
    inBackground: abilitiesOf(client.inBackground()),
    toRefresh: abilitiesOf(client.toRefresh()),
    timeFor: client.timeFor,
    planReads: planReads(client),
  };
}

function abilitiesOf(client: CloudcockpitClient): Abilities {
  return {
    sync: (scope) => sync(clientFor(client, scope), scope),
    search: (query) => search(client, query),
    read: (target, signal) => readOne(client, target, signal),
    details: (target, signal) => details(client, target, signal),
    addons: (target, signal) => addons(client, target, signal),
    renewal: (target, signal) => renewal(client, target, signal),
    ...writesOf(client),
    follow: never('CloudCockpit gives no request id, so Subdeck reads the subscription until it shows the change.'),
    history: never("CloudCockpit's API shows no history of a subscription."),
    products: never("CloudCockpit's documents describe no price list."),
    orders: notYet('Subdeck does not support CloudCockpit orders; use the portal.'),
    create: notYet('Subdeck does not place orders in CloudCockpit; use the portal.'),
    reservation: never('CloudCockpit has no reservations.'),
    delete: never('CloudCockpit cancels subscriptions and does not delete them.'),
    setLicense: never('CloudCockpit subscriptions have no licence key.'),
    cancelAddon: never('In CloudCockpit an add-on is a separate subscription: cancel it by its own id.'),
    setRenewal: never(
      'CloudCockpit can only turn automatic renewal on or off: use `subscription update` with autoRenew=on or off.',
    ),
    createReservation: never('CloudCockpit has no reservations.'),
    withdrawReservation: never('CloudCockpit has no reservations.'),
  };
}

function never(no: string): No {
  return { no, because: 'vendor' };
}

function notYet(no: string): No {
  return { no, because: 'not-yet' };
}
