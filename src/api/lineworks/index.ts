import type { Abilities, No, Vendor } from '../contract.ts';
import { declaredBy } from '../declared.ts';
import type { VendorSetup } from '../setup.ts';
import { clientFor } from '../turns.ts';
import { lineworksBarred } from './barred.ts';
import { type LineworksClient, openClient } from './client.ts';
import { lineworksLists } from './lists.ts';
import { planReads } from './plan-reads.ts';
import { details, readOne, renewal, reservation } from './reads.ts';
import { sync } from './sync.ts';
import { lineworks } from './vendor.ts';
import {
  countedOnly,
  createReservationDraft,
  lowerQuantityDraft,
  raiseQuantityDraft,
  setRenewalDraft,
  withdrawReservationDraft,
} from './writes.ts';

/** A connection to one LINE WORKS partner. Opens no socket. Throws `usage` faults for settings that cannot be. */
export function createLineworks(setup: VendorSetup): Vendor {
  const client = openClient(setup);
  const abilitiesOf = (through: LineworksClient): Abilities => {
    return { ...reads(through), ...writes(through), ...lineworksBarred(setup.settings) };
  };
  return {
    ...declaredBy(lineworks, setup),
    narrowLevels: ['organization'],
    cancelDeletes: false,
    updates: [],
    lists: lineworksLists,
    abilities: abilitiesOf(client),
    inBackground: abilitiesOf(client.inBackground()),
    toRefresh: abilitiesOf(client.toRefresh()),
    timeFor: client.timeFor,
    planReads: planReads(client),
  };
}

type Write = 'lowerQuantity' | 'raiseQuantity' | 'setRenewal' | 'createReservation' | 'withdrawReservation';

function reads(client: LineworksClient): Omit<Abilities, Write> {
  return {
    sync: (scope) => sync(clientFor(client, scope), scope),
    read: (target, signal) => readOne(client, target, signal),
    details: (target, signal) => details(client, target, signal),
    renewal: (target, signal) => renewal(client, target, signal),
    reservation: (target, signal) => reservation(client, target, signal),
    search: never('LINE WORKS lists have no search or filter; Subdeck searches the cached rows.'),
    history: never('The LINE WORKS API has no history of a subscription.'),
    addons: never('LINE WORKS has no add-ons: an option is a separate subscription.'),
    products: never('The LINE WORKS API has no price lists.'),
    orders: never('LINE WORKS has no orders.'),
    follow: never('LINE WORKS completes every change in its answer: there is no request to follow.'),
    cancel: never(
      'LINE WORKS ends a subscription through its renewal (`renewal set` with type=cancel) or a reservation (`reservation create` with type=cancel).',
    ),
    delete: {
      no: 'Subdeck does not support deleting LINE WORKS subscriptions yet; they end through a renewal or a reservation.',
      because: 'not-yet',
    },
    setLicense: never('LINE WORKS subscriptions have no licence key.'),
    update: never('LINE WORKS subscriptions have no fields to update; use set-quantity, renewal or reservation.'),
    setPoNumber: never('LINE WORKS has no purchase order number for a subscription.'),
    suspend: never('LINE WORKS cannot suspend a subscription through its API.'),
    reactivate: never('LINE WORKS cannot reactivate a subscription through its API.'),
    create: { no: 'Subdeck cannot order LINE WORKS products; use the Partner Console.', because: 'not-yet' },
    cancelAddon: never('LINE WORKS has no add-ons: an option is a separate subscription.'),
  };
}

function writes(client: LineworksClient): Pick<Abilities, Write> {
  return {
    lowerQuantity: (target, { quantity }) => lowerQuantityDraft(client, countedOnly(target), quantity),
    raiseQuantity: (target, { quantity }) => raiseQuantityDraft(client, countedOnly(target), quantity),
    setRenewal: (target, { changes }) => setRenewalDraft(client, target, changes),
    createReservation: (target, { changes }) => createReservationDraft(client, target, changes),
    withdrawReservation: (target) => withdrawReservationDraft(client, target),
  };
}

function never(no: string): No {
  return { no, because: 'vendor' };
}
