import {
  type Abilities,
  type Draft,
  type No,
  noLists,
  type Reading,
  type Target,
  type Vendor,
} from '../../../../src/api/contract.ts';
import { declaredBy } from '../../../../src/api/declared.ts';
import { path } from '../../../../src/api/http/url-path.ts';
import { plainlyDone } from '../../../../src/api/http/write-client.ts';
import { oneObject, underAskedId } from '../../../../src/api/identity.ts';
import { safeJsonObject } from '../../../../src/api/json.ts';
import { plainFields } from '../../../../src/api/plain-fields.ts';
import { placeSaid } from '../../../../src/api/said-name.ts';
import type { VendorSetup } from '../../../../src/api/setup.ts';
import { step } from '../../../../src/api/steps.ts';
import { objectWire } from '../../../../src/api/wire-list.ts';
import type { JsonObject } from '../../../../src/model/text.ts';
import { openClient } from './client.ts';
import { syncAcme } from './sync.ts';
import { acme } from './vendor.ts';

export function createAcme(setup: VendorSetup): Vendor {
  const { read, write, connection, mapped } = openClient(setup);

  const readOne = async ({ id }: Target, signal?: AbortSignal): Promise<Reading | null> => {
    const call = { path: path`/subscriptions/${id}`, asked: oneObject({ id }), signal };
    const object = await read.find(call, objectWire);
    const reading = object === null ? null : mapped(object);
    return reading === null ? null : underAskedId(reading, id);
  };

  const change = (id: string, sentence: string, before: JsonObject, after: JsonObject, json: object): Draft => {
    const call = { method: 'PATCH', path: path`/subscriptions/${id}`, asked: oneObject({}, { id }), json } as const;
    return {
      sentence,
      irreversible: false,
      rule: 'Acme changes it at once.',
      before,
      after,
      newQuantity: typeof after.quantity === 'number' ? after.quantity : null,
      steps: [step(write, 'change', call, plainlyDone)],
    };
  };
  const setSeats: Abilities['raiseQuantity'] = ({ id, name, quantity: now }, { quantity }) =>
    change(id, `Set ${name} to ${quantity} seats.`, { quantity: now }, { quantity }, { seats: quantity });

  const abilities: Abilities = {
    sync: (scope) => syncAcme({ read, connection, mapped }, scope),
    read: readOne,
    details: async ({ id }, signal) => {
      const call = { path: path`/subscriptions/${id}`, asked: oneObject({ id }), signal };
      return [
        {
          title: 'Subscription',
          fields: plainFields(safeJsonObject(await read.get(call, objectWire)), ['id', 'name']),
        },
      ];
    },
    cancel: ({ id, name, status }) => ({
      ...change(id, `Cancel ${name}.`, { status }, { status: 'cancelled' }, {}),
      irreversible: true,
      steps: [
        step(
          write,
          'cancel',
          { method: 'DELETE', path: path`/subscriptions/${id}`, asked: oneObject({}, { id }) },
          plainlyDone,
        ),
      ],
    }),
    raiseQuantity: setSeats,
    lowerQuantity: setSeats,
    update: ({ id, name }, { changes: { name: wanted = '' } }) =>
      change(id, `Call ${name} ${wanted}.`, { name }, { name: wanted }, { name: wanted }),
    search: never('Acme has no search.'),
    history: never('Acme has no history.'),
    addons: never('Acme has no add-ons.'),
    products: never('Acme has no price lists.'),
    orders: never('Acme has no orders.'),
    renewal: never('Acme has no renewals.'),
    reservation: never('Acme has no reservations.'),
    follow: never('Acme has nothing to follow.'),
    delete: never('Acme deletes nothing.'),
    setLicense: never('Acme has no licence keys.'),
    suspend: never('Acme cannot suspend anything.'),
    reactivate: never('Acme cannot reactivate anything.'),
    create: never('Acme sells through its portal alone.'),
    cancelAddon: never('Acme has no add-ons.'),
    setRenewal: never('Acme has no renewals.'),
    createReservation: never('Acme has no reservations.'),
    withdrawReservation: never('Acme has no reservations.'),
    setPoNumber: never('Acme keeps no purchase order numbers.'),
  };

  return {
    ...declaredBy(acme, setup),
    narrowLevels: [],
    cancelDeletes: false,
    updates: ['name'],
    lists: noLists('It lists nothing.'),
    abilities,
    // So small a vendor has no lists that a person would have to wait behind.
    inBackground: abilities,
    toRefresh: abilities,
    timeFor: () => 0,
    planReads: {
      subscription: async (target, signal) => {
        const reading = await readOne(target, signal);
        return reading === null ? null : { ...reading, unsaid: [] };
      },
      place: async (_level, id) => placeSaid(id, null),
    },
  };
}

function never(no: string): No {
  return { no, because: 'vendor' };
}
