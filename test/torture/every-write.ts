import * as v from 'valibot';
import type { Abilities, Vendor } from '../../src/api/contract.ts';
import { openConnection } from '../../src/api/http/clients.ts';
import { path } from '../../src/api/http/url-path.ts';
import { plainlyDone, type Reply } from '../../src/api/http/write-client.ts';
import { oneObject } from '../../src/api/identity.ts';
import { step } from '../../src/api/steps.ts';
import { safeText } from '../../src/api/text.ts';
import type { Clock } from '../../src/model/clock.ts';
import type { JsonObject } from '../../src/model/text.ts';
import type { WriteRequest } from '../../src/operations/registry.ts';
import type { WriteDeps } from '../../src/writes/deps.ts';
import { memoryCache } from '../fault-server/memory-cache.ts';
import type { Shop } from '../fault-server/shop.ts';
import { shopVendor } from '../fault-server/shop-vendor.ts';

/** Kinds of write, each on a subscription of its own. `lanes`: lowering as a request, raising as an order in three steps. */
export const kinds = [
  { name: 'lower', writeRequest: (ref: string): WriteRequest => ({ verb: 'set-quantity', ref, quantity: 20 }) },
  { name: 'raise', writeRequest: (ref: string): WriteRequest => ({ verb: 'set-quantity', ref, quantity: 30 }) },
  {
    name: 'lower by request',
    lanes: true,
    writeRequest: (ref: string): WriteRequest => ({ verb: 'set-quantity', ref, quantity: 20 }),
  },
  {
    name: 'raise by order',
    lanes: true,
    writeRequest: (ref: string): WriteRequest => ({ verb: 'set-quantity', ref, quantity: 30 }),
  },
  { name: 'cancel', writeRequest: (ref: string): WriteRequest => ({ verb: 'cancel', ref, mode: 'cancel' }) },
  { name: 'delete', writeRequest: (ref: string): WriteRequest => ({ verb: 'cancel', ref, mode: 'delete' }) },
  {
    name: 'set-license',
    writeRequest: (ref: string): WriteRequest => ({ verb: 'set-license', ref, licenseKey: 'K-4711' }),
  },
  { name: 'addon-cancel', writeRequest: (ref: string): WriteRequest => ({ verb: 'addon-cancel', ref, addonId: 'a1' }) },
  {
    name: 'update',
    writeRequest: (ref: string): WriteRequest => ({ verb: 'update', ref, changes: { name: 'renamed' } }),
  },
  { name: 'suspend', writeRequest: (ref: string): WriteRequest => ({ verb: 'suspend', ref }) },
  {
    name: 'reactivate',
    status: 'Suspended',
    writeRequest: (ref: string): WriteRequest => ({ verb: 'reactivate', ref }),
  },
  {
    name: 'renewal-set',
    writeRequest: (ref: string): WriteRequest => ({ verb: 'renewal-set', ref, changes: { type: 'cancel' } }),
  },
  {
    name: 'reservation-create',
    writeRequest: (ref: string): WriteRequest => ({ verb: 'reservation-create', ref, changes: { type: 'CANCEL' } }),
  },
  {
    name: 'reservation-withdraw',
    reserved: true,
    writeRequest: (ref: string): WriteRequest => ({ verb: 'reservation-withdraw', ref }),
  },
  {
    name: 'create',
    writeRequest: (ref: string): WriteRequest => ({
      ...{ verb: 'create', connection: 'nordic', organizationId: ref, serviceId: 's', productId: 'p' },
      ...{ quantity: 3, name: ref },
    }),
  },
] as const satisfies readonly {
  readonly name: string;
  readonly lanes?: boolean;
  readonly status?: string;
  readonly reserved?: boolean;
  writeRequest(ref: string): WriteRequest;
}[];
export type Kind = (typeof kinds)[number];

/** Puts a subscription that this kind of write can be about into the shop. */
export function stock(shop: Shop, kind: Kind, id: string): void {
  const row = shop.add(id, {
    addons: [{ id: 'a1', ends: false }],
    status: 'status' in kind ? kind.status : 'Active',
  });
  Object.assign(row, { renewal: 'auto', reservation: 'reserved' in kind ? 'CANCEL' : 'none' });
}

const createdShape = v.object({ id: v.optional(v.string()) });
/** The new subscription's id, where the answer names it. */
const creation: Reply<typeof createdShape> = {
  body: createdShape,
  ending: ({ id }) => ({ outcome: 'done', notes: id === undefined ? {} : { subscriptionId: id } }),
};

const places = v.object({ renewal: v.string(), reservation: v.string() });

/** The shop as a vendor that can do every write there is. */
export function everyVendor(origin: string, clock: Clock, lanes: boolean, connection = 'nordic'): Vendor {
  const { read, write } = openConnection(
    {
      ...{ name: connection, title: 'Nordic', settings: {}, clock },
      secrets: async () => ({ accessToken: 'token-of-the-test' }),
      secretsIn: 'keychain',
      allowWrites: () => null,
    },
    { baseUrl: origin, signIn: async () => ({ token: 't', lifetimeMs: null }) },
  );
  const field = (id: string, name: 'renewal' | 'reservation', to: string, from: string) => {
    const asked = oneObject({}, { id });
    const call = { method: 'PATCH', path: path`/subs/${id}`, asked, json: { [name]: to } } as const;
    const [before, after]: readonly JsonObject[] = [{ [name]: { type: from } }, { [name]: { type: to } }];
    const facts = { sentence: `${name} of ${id}`, irreversible: false, rule: '', atOnce: true };
    return {
      ...facts,
      before: before ?? {},
      after: after ?? {},
      steps: [step(write, name, call, plainlyDone)],
    } as const;
  };
  const shown = async (id: string, name: 'renewal' | 'reservation', signal?: AbortSignal) => {
    const row = await read.get({ path: path`/subs/${id}`, asked: oneObject({ id }), signal }, places);
    return { type: row[name] };
  };
  const more: Partial<Abilities> = {
    renewal: ({ id }, signal) => shown(id, 'renewal', signal),
    reservation: async ({ id }, signal) => {
      const { type } = await shown(id, 'reservation', signal);
      return type === 'none' ? null : { type };
    },
    setRenewal: ({ id }, { changes }) => field(id, 'renewal', changes.type ?? '', 'auto'),
    createReservation: ({ id }, { changes }) => {
      return { ...field(id, 'reservation', changes.type ?? '', 'none'), before: { reservation: null } };
    },
    withdrawReservation: ({ id }) => ({ ...field(id, 'reservation', 'none', 'CANCEL'), after: { reservation: null } }),
    products: async () => [{ id: 'p', name: safeText('Backup'), code: null, price: null }],
    create: ({ organization, quantity, name }) => {
      const json = { name: organization.id, quantity };
      const asked = oneObject({}, { organizationId: organization.id });
      const call = { method: 'POST', path: '/subs', asked, json } as const;
      const facts = { sentence: `create ${name}`, irreversible: false, rule: '', atOnce: true };
      return { ...facts, before: {}, after: { name, quantity }, steps: [step(write, 'create', call, creation)] };
    },
  };
  return shopVendor(origin, { clock, connection, requests: lanes, orders: lanes, more });
}

/** A cache in which every organization and service is known. */
export function everyCache(): WriteDeps['cache'] {
  const counts = { resellers: 0, organizations: 0, services: 0, subscriptions: 0, seats: 0, endingSoon: 0 };
  const rest = { vendor: 'cloudmore', implied: false, counts, readAt: null } as const;
  return { ...memoryCache(), node: (pin) => ({ ...pin, ...rest, name: safeText(pin.id ?? '') }) };
}
