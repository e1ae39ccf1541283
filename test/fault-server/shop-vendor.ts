import * as v from 'valibot';
import { cloudmore } from '../../src/api/cloudmore/vendor.ts';
import type { Abilities, Draft, No, PlanReads, PollResult, Reading, Vendor } from '../../src/api/contract.ts';
import { can, noLists } from '../../src/api/contract.ts';
import { ExactValues } from '../../src/api/exact-values.ts';
import { openConnection } from '../../src/api/http/clients.ts';
import { path } from '../../src/api/http/url-path.ts';
import { type Ending, plainlyDone } from '../../src/api/http/write-client.ts';
import { oneObject } from '../../src/api/identity.ts';
import { laterStep, step } from '../../src/api/steps.ts';
import { safeText } from '../../src/api/text.ts';
import { chargingOf } from '../../src/api/vendor-kind.ts';
import type { Clock } from '../../src/model/clock.ts';
import { subscriptionFrom } from '../../src/model/mapped-subscription.ts';
import type { Status, Subscription } from '../../src/model/subscription.ts';
import type { JsonObject } from '../../src/model/text.ts';
import type { KnownConnections } from '../../src/writes/connections.ts';

const rowShape = v.object({
  id: v.string(),
  name: v.string(),
  status: v.string(),
  quantity: v.number(),
  hasLicenseKey: v.boolean(),
  addons: v.array(v.object({ id: v.string(), ends: v.boolean() })),
  poNumber: v.optional(v.string()),
});
type Row = v.InferOutput<typeof rowShape>;

const statuses: Readonly<Record<string, Status>> = { Active: 'active', Cancelled: 'cancelled', Suspended: 'suspended' };
const requestStates: Readonly<Record<string, PollResult['state']>> = {
  Pending: 'pending',
  InProgress: 'running',
  Completed: 'done',
  Failed: 'failed',
};
const no: No = { no: 'The shop cannot do this.', because: 'vendor' };

export interface ShopOptions {
  readonly clock: Clock;
  /** The connection's name; default `nordic`. Several connections may share a shop. */
  readonly connection?: string;
  /** Lowering is an asynchronous request instead of a plain change. */
  readonly requests?: boolean;
  /** Raising is an order in three steps instead of a plain change. */
  readonly orders?: boolean;
  readonly allowWrites?: () => string | null;
  readonly more?: Partial<Abilities>;
}

/** The settings' view of one vendor. */
export function connectionsTo({ connection, account, view }: Vendor): KnownConnections {
  return { list: [{ name: connection, account, view }] };
}

/** The shop as a vendor, through the program's own two HTTP clients. */
export function shopVendor(origin: string, options: ShopOptions): Vendor {
  const { clock, connection = 'nordic' } = options;
  const { read, write } = openConnection(
    {
      name: connection,
      title: 'Nordic',
      settings: {},
      secrets: async () => ({ accessToken: 'token-of-the-test' }),
      clock,
      secretsIn: 'keychain',
      allowWrites: options.allowWrites ?? (() => null),
    },
    {
      limits: { kind: 'unknown', source: 'a test' },
      baseUrl: origin,
      signIn: async () => ({ token: 't', lifetimeMs: null }),
    },
  );

  const reading = ({ name, poNumber, ...row }: Row): Reading => {
    const raw = { ...row, ...(poNumber === undefined ? {} : { poNumber }), name: safeText(name) };
    const subscription = subscriptionOf({ ...row, name }, clock, connection);
    return { subscription, raw, exact: new ExactValues(() => ({ name })) };
  };
  const draft = (sentence: string, before: JsonObject, after: JsonObject, steps: Draft['steps']): Draft => {
    const newQuantity = typeof after.quantity === 'number' ? after.quantity : null;
    return { sentence, irreversible: false, rule: '', before, after, newQuantity, atOnce: true, steps };
  };
  const change = (target: Subscription, name: string, before: JsonObject, json: JsonObject) => {
    const call = {
      method: 'PATCH',
      path: path`/subs/${target.id}`,
      asked: oneObject({}, { id: target.id }),
      json,
    } as const;
    return draft(`${name} ${target.name}`, before, json, [step(write, name, call, plainlyDone)]);
  };
  const remove = (target: Subscription, action: 'Cancel' | 'Delete') => {
    const at = { path: path`/subs/${target.id}`, asked: oneObject({}, { id: target.id }) };
    const call = { method: 'DELETE', ...at, query: { action } } as const;
    const to = action === 'Cancel' ? 'cancelled' : 'deleted';
    return draft(`${action} ${target.name}`, { status: target.status }, { status: to }, [
      step(write, action.toLowerCase(), call, plainlyDone),
    ]);
  };
  const quantity = (target: Subscription, to: number) =>
    change(target, 'set quantity', { quantity: target.quantity }, { quantity: to });

  function request(target: Subscription, to: number): Draft {
    const at = { path: path`/subs/${target.id}/requests`, asked: oneObject({}, { subscriptionId: target.id }) };
    const call = { method: 'POST', ...at, json: { quantity: to } } as const;
    const reply = {
      body: v.object({ id: v.string() }),
      ending: ({ id }: { id: string }): Ending => ({ outcome: 'accepted', vendorRequestId: id, vendorState: null }),
    };
    const requested = [{ quantity: target.quantity }, { quantity: to }] as const;
    return { ...draft(`lower ${target.name}`, ...requested, [step(write, 'lower', call, reply)]), atOnce: false };
  }

  function order(target: Subscription, to: number): Draft {
    const added = to - (target.quantity ?? 0);
    const made = { body: v.object({ id: v.string() }), ending: ({ id }: { id: string }) => note(id) };
    const note = (id: string): Ending => ({ outcome: 'done', notes: { orderId: id } });
    const item = { subscriptionId: target.id, quantity: added };
    return draft(`raise ${target.name}`, { quantity: target.quantity }, { quantity: to }, [
      step(write, 'draft order', { method: 'POST', path: '/orders', asked: oneObject({}), json: {} }, made),
      laterStep(
        write,
        'add item',
        { method: 'POST', path: '/orders/{orderId}/items' },
        ({ orderId }) => {
          const asked = oneObject({}, { orderId: String(orderId), subscriptionId: target.id });
          const at = { path: path`/orders/${String(orderId)}/items`, asked };
          return { method: 'POST', ...at, json: item };
        },
        plainlyDone,
      ),
      laterStep(
        write,
        'checkout',
        { method: 'POST', path: '/orders/{orderId}/checkout' },
        ({ orderId }) => {
          const asked = oneObject({}, { id: String(orderId) });
          return { method: 'POST', path: path`/orders/${String(orderId)}/checkout`, asked };
        },
        plainlyDone,
      ),
    ]);
  }

  const abilities: Abilities = {
    sync: no,
    search: no,
    async read({ id }, signal) {
      const row = await read.find({ path: path`/subs/${id}`, asked: oneObject({ id }), signal }, rowShape);
      return row === null ? null : reading(row);
    },
    history: no,
    details: no,
    async addons(target, signal) {
      const { addons } = await read.get(
        { path: path`/subs/${target.id}`, asked: oneObject({ id: target.id }), signal },
        rowShape,
      );
      return addons.map(({ id, ends }) => {
        return {
          id,
          name: safeText(id),
          quantity: 1,
          status: 'active',
          cancelAtPeriodEnd: ends,
          endsAt: null,
        } as const;
      });
    },
    products: no,
    orders: no,
    renewal: no,
    reservation: no,
    async follow({ vendorRequestId }, signal) {
      const call = { path: path`/requests/${vendorRequestId ?? ''}`, asked: oneObject({}), signal };
      const found = await read.find(call, v.object({ word: v.string() }));
      if (found === null) return { state: 'unknown', vendorState: null, reason: null, retryAfterMs: null };
      const state = requestStates[found.word] ?? 'unknown';
      return { state, vendorState: safeText(found.word), reason: null, retryAfterMs: null };
    },
    cancel: (target) => remove(target, 'Cancel'),
    delete: (target) => remove(target, 'Delete'),
    lowerQuantity: (target, { quantity: to }) => (options.requests ? request(target, to) : quantity(target, to)),
    raiseQuantity: (target, { quantity: to }) => (options.orders ? order(target, to) : quantity(target, to)),
    setLicense: (target, { licenseKey }) => {
      const drafted = change(target, 'set licence key', {}, { licenseKey });
      return { ...drafted, sentence: `set licence key ${licenseKey} of ${target.name}` };
    },
    update: (target, { changes }) => change(target, 'update', { name: target.name }, { ...changes }),
    suspend: (target) => change(target, 'suspend', { status: target.status }, { status: 'Suspended' }),
    reactivate: (target) => change(target, 'reactivate', { status: target.status }, { status: 'Active' }),
    create: no,
    cancelAddon: (target, { addon }) => {
      const at = {
        path: path`/subs/${target.id}/addons/${addon.id}`,
        asked: oneObject({}, { subscriptionId: target.id }),
      };
      const call = { method: 'POST', ...at } as const;
      const after = { addonId: addon.id, cancelAtPeriodEnd: true };
      return draft(`end ${addon.name}`, { addonId: addon.id }, after, [
        step(write, 'cancel add-on', call, plainlyDone),
      ]);
    },
    setRenewal: no,
    createReservation: no,
    withdrawReservation: no,
    setPoNumber: no,
    ...options.more,
  };
  const planReads: PlanReads = {
    async subscription(target, signal) {
      const { read: ability } = abilities;
      const found = can(ability) ? await ability(target, signal) : null;
      return found === null ? null : { ...found, unsaid: [] };
    },
    place: async (_, id) => ({ named: { id, name: safeText(id) }, isSaid: true }),
  };
  return {
    id: 'cloudmore',
    connection,
    account: `cloudmore ${origin}`,
    view: '',
    impliedLevels: [],
    charging: chargingOf(cloudmore, {}),
    narrowLevels: [],
    cancelDeletes: false,
    updates: [],
    lists: noLists('It lists nothing.'),
    timeFor: () => 0,
    abilities,
    inBackground: abilities,
    toRefresh: abilities,
    planReads,
  };
}

function subscriptionOf(row: Row, clock: Clock, connection: string): Subscription {
  return subscriptionFrom({
    ref: `${connection}/${row.id}`,
    connection,
    vendor: 'cloudmore',
    id: row.id,
    name: safeText(row.name),
    status: statuses[row.status] ?? 'unknown',
    vendorStatus: safeText(row.status),
    organization: { id: 'acme', name: safeText('Acme Oy') },
    services: [],
    isAddon: false,
    isTrial: false,
    quantity: row.quantity,
    billing: safeText('Monthly'),
    prices: [{ kind: 'list', amount: '42.00', currency: safeText('EUR') }],
    hasLicenseKey: row.hasLicenseKey,
    externalIds: {},
    readAt: new Date(clock.now()).toISOString(),
    surprises: [],
  });
}
