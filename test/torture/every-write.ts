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
import { type OperationId, operations, type WriteRequest } from '../../src/operations/registry.ts';
import { requestOf } from '../../src/operations/requests.ts';
import type { WriteDeps } from '../../src/writes/deps.ts';
import { memoryCache } from '../fault-server/memory-cache.ts';
import type { Shop } from '../fault-server/shop.ts';
import { shopVendor } from '../fault-server/shop-vendor.ts';
import { givenTo } from '../operations/examples.ts';

/** A kind of write, on its own subscription. */
export interface Kind {
  readonly name: string;
  /** It creates a subscription: `writeRequest` takes its id. */
  readonly creates: boolean;
  /** The shop lowers by an asynchronous request and raises by an order in three steps. */
  readonly isAsync: boolean;
  /** What the subscription must be like for the write to make sense. */
  readonly row: { readonly status?: string; readonly reservation?: string };
  writeRequest(ref: string): WriteRequest;
}

type Variant = Partial<Pick<Kind, 'name' | 'isAsync' | 'row'>> & {
  /** Used instead of a valid value for any vendor. */
  readonly given?: (ref: string) => Readonly<Record<string, string>>;
};

const [fewer, more] = [() => ({ quantity: '20' }), () => ({ quantity: '30' })];

/** For an operation that is more than one write, needs a certain subscription, or has inputs the shop does not take. */
const variants: Readonly<Partial<Record<OperationId, readonly Variant[]>>> = {
  'set-quantity': [
    { name: 'lower', given: fewer },
    { name: 'raise', given: more },
    { name: 'lower by request', isAsync: true, given: fewer },
    { name: 'raise by order', isAsync: true, given: more },
  ],
  update: [{ given: () => ({ name: 'renamed' }) }],
  reactivate: [{ row: { status: 'Suspended' } }],
  'reservation-withdraw': [{ row: { reservation: 'CANCEL' } }],
  create: [
    {
      given: (ref) => ({
        ...{ connection: 'nordic', organization: ref, service: 'service-1', product: 'product-1' },
        ...{ quantity: '3', name: ref },
      }),
    },
  ],
};

/** Every registered operation. */
export const kinds: readonly [Kind, ...Kind[]] = atLeastOne(
  operations.flatMap((operation) =>
    (variants[operation.id] ?? [{}]).map(({ name = operation.id, isAsync = false, row = {}, given }: Variant): Kind => {
      const request = (ref: string) => requestOf(operation, ref, given?.(ref) ?? givenTo(operation));
      return { name, isAsync, row, creates: operation.kind === 'creation', writeRequest: request };
    }),
  ),
);

function atLeastOne([first, ...others]: readonly Kind[]): readonly [Kind, ...Kind[]] {
  if (first === undefined) throw new Error('No operation is registered.');
  return [first, ...others];
}

/** The kind of a name. */
export function kindNamed(name: string): Kind {
  const found = kinds.find((kind) => kind.name === name);
  if (found === undefined) throw new Error(`There is no kind of write ${name}.`);
  return found;
}

/** Adds a subscription to the shop that this kind of write can use. */
export function addSubscription(shop: Shop, kind: Pick<Kind, 'row'>, id: string): void {
  const { status = 'Active', reservation = 'none' } = kind.row;
  const row = shop.add(id, { addons: [{ id: 'a1', ends: false }], status });
  Object.assign(row, { renewal: 'auto', reservation, poNumber: 'PO 1' });
}

/** A write of this kind on a subscription of its own, or one that makes it. */
export function requestOn(shop: Shop, kind: Kind, id: string): WriteRequest {
  if (!kind.creates) addSubscription(shop, kind, id);
  return kind.writeRequest(kind.creates ? id : `nordic/${id}`);
}

const createdShape = v.object({ id: v.optional(v.string()) });
/** The id of the new subscription, if the answer contains it. */
const creation: Reply<typeof createdShape> = {
  body: createdShape,
  ending: ({ id }) => ({ outcome: 'done', notes: id === undefined ? {} : { subscriptionId: id } }),
};

const places = v.object({ renewal: v.string(), reservation: v.string() });

/** The shop as a vendor with every write ability. `signIn`: is awaited before each token. */
export function everyVendor(
  origin: string,
  clock: Clock,
  isAsync: boolean,
  { connection = 'nordic', signIn }: { readonly connection?: string; readonly signIn?: () => Promise<void> } = {},
): Vendor {
  const token = async () => {
    await signIn?.();
    return { token: 't', lifetimeMs: null };
  };
  const { read, write } = openConnection(
    {
      ...{ name: connection, title: 'Nordic', settings: {}, clock },
      secrets: async () => (signIn === undefined ? { accessToken: 'token-of-the-test' } : { clientSecret: 's' }),
      secretsIn: 'keychain',
      allowWrites: () => null,
    },
    { limits: { kind: 'unknown', source: 'a test' }, baseUrl: origin, signIn: token },
  );
  const field = (id: string, name: 'renewal' | 'reservation', to: string, from: string) => {
    const asked = oneObject({}, { id });
    const call = { method: 'PATCH', path: path`/subs/${id}`, asked, json: { [name]: to } } as const;
    const [before, after]: readonly JsonObject[] = [{ [name]: { type: from } }, { [name]: { type: to } }];
    const facts = { sentence: `${name} of ${id}`, irreversible: false, rule: '', newQuantity: null, atOnce: true };
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
    setPoNumber: ({ id }, { poNumber, present }) => {
      const asked = oneObject({}, { id });
      const call = { method: 'PATCH', path: path`/subs/${id}`, asked, json: { poNumber } } as const;
      const facts = { sentence: `number of ${id}`, irreversible: false, rule: '', newQuantity: null, atOnce: true };
      return {
        ...facts,
        before: { poNumber: present },
        after: { poNumber },
        steps: [step(write, 'number', call, plainlyDone)],
      };
    },
    products: async () => [{ id: 'product-1', name: safeText('Backup'), code: null, price: null }],
    create: ({ organization, quantity, name }) => {
      const json = { name: organization.id, quantity };
      const asked = oneObject({}, { organizationId: organization.id });
      const call = { method: 'POST', path: '/subs', asked, json } as const;
      const facts = { sentence: `create ${name}`, irreversible: false, rule: '', newQuantity: quantity, atOnce: true };
      return { ...facts, before: {}, after: { name, quantity }, steps: [step(write, 'create', call, creation)] };
    },
  };
  return shopVendor(origin, { clock, connection, requests: isAsync, orders: isAsync, more });
}

/** A cache that knows every organization and service. */
export function everyCache(): WriteDeps['cache'] {
  const counts = { resellers: 0, organizations: 0, services: 0, subscriptions: 0, seats: 0, endingSoon: 0 };
  const rest = { domain: null, vendor: 'cloudmore', implied: false, counts, readAt: null } as const;
  return { ...memoryCache(), node: (pin) => ({ ...pin, ...rest, name: safeText(pin.id ?? '') }) };
}
