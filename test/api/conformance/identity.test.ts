import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, can, type Draft, type Vendor } from '../../../src/api/contract.ts';
import { unlimitedPermit } from '../../../src/model/send-permit.ts';
import type { Subscription } from '../../../src/model/subscription.ts';
import { aboutAnother, type MixingGateway, mixingGateway } from '../fixtures/mixing-gateway.ts';
import { faultOf } from '../fixtures/setup.ts';
import { sandboxVendors, syncAll } from './sandbox-vendors.ts';

const all = await sandboxVendors(300);
afterAll(() => all.stop());

/** The fields in which a single object names itself and its parents. */
const ownIds = /^(?:id|subscriptionId|requestId)$/i;
const organizationIds = /^(?:organizationId|customerId|domainId)$/i;

/** The ways in which an answer can be about something else. */
const mixes = ['another subscription', 'no id', 'another organization'] as const;
type MixName = (typeof mixes)[number];

type Read = (vendor: Vendor, target: Subscription) => Promise<unknown>;

/** Every ability that reads data of one subscription. */
const reads: Readonly<Record<string, (vendor: Vendor) => Read | null>> = {
  read: ({ abilities: { read } }) => (can(read) ? (_, target) => read({ id: target.id, known: target }) : null),
  planReads: ({ planReads }) =>
    planReads === null ? null : (_, target) => planReads.subscription({ id: target.id, known: target }),
  details: ({ abilities: { details } }) => (can(details) ? (_, target) => details(target) : null),
  addons: ({ abilities: { addons }, id }) =>
    // CloudCockpit's add-ons are separate subscriptions in the customer's list.
    can(addons) && id !== 'cloudcockpit' ? (_, target) => addons(target) : null,
  renewal: ({ abilities: { renewal } }) => (can(renewal) ? (_, target) => renewal(target) : null),
  reservation: ({ abilities: { reservation } }) => (can(reservation) ? (_, target) => reservation(target) : null),
  licenceKey: ({ licenseKey }) => (licenseKey === undefined ? null : (_, target) => licenseKey(target, () => true)),
};

/** Reads whose answer need not contain an id: parts of a subscription without an id of their own. */
const parts: readonly string[] = ['renewal', 'reservation'];

const opened = await Promise.all(
  all.names.map(async (name) => {
    const { vendor: id, settings } = all.sandbox.connections.find((one) => one.name === name) ?? never(name);
    const base = new URL(settings.baseUrl ?? '');
    const gateway = await mixingGateway(all.sandbox.origins[id] ?? '');
    const baseUrl = gateway.origin + base.pathname.replace(/\/$/, '');
    return { name, gateway, vendor: await all.open(name, { baseUrl }) };
  }),
);
afterAll(() => Promise.all(opened.map(({ gateway }) => gateway.stop())));

describe.each(opened)('$name: an answer about something else', ({ name, vendor, gateway }) => {
  let target: Subscription;
  let other: Subscription;
  beforeAll(async () => {
    gateway.mix = null;
    const { readings } = await syncAll(vendor);
    [target, other] = await pairOf(
      vendor,
      readings.map(({ subscription }) => subscription),
    );
  });

  const mix = (how: MixName) => mixOf(how, target, other);
  const able = Object.entries(reads).flatMap(([ability, of]) => {
    const read = of(vendor);
    return read === null ? [] : [{ ability, read }];
  });

  it.each(able)('$ability reads what was asked for through an unchanged gateway', async ({ read }) => {
    gateway.mix = null;
    await read(vendor, target);
  });

  it.each(able)('$ability of A answered with B is unreachable and sends nothing', async ({ read, ability }) => {
    await refuses(gateway, () => read(vendor, target), mix('another subscription'), ability);
  });

  const whole = able.filter(({ ability }) => !parts.includes(ability));
  it.each(whole)('$ability of A answered without an id is unreachable', async ({ read, ability }) => {
    await refuses(gateway, () => read(vendor, target), mix('no id'), ability);
  });

  const namesOrganization = ['cloudmore-reseller', 'lineworks', 'cloudcockpit'].includes(name);
  it.each(namesOrganization ? whole : [])(
    '$ability of A answered from another organization is unreachable',
    async ({ read, ability }) => {
      await refuses(gateway, () => read(vendor, target), mix('another organization'), ability);
    },
  );

  it('a read by id alone never returns another subscription', async () => {
    const { read } = vendor.abilities;
    if (!can(read)) throw new Error('The vendor cannot read.');
    gateway.mix = mix('another subscription');
    const found = await read({ id: target.id, known: null }).catch((error: unknown) => error);
    if (found instanceof Error) expect((await faultOf(Promise.reject(found))).kind).toBe('unreachable');
    else if (found !== null) expect(found).toMatchObject({ subscription: { id: target.id } });
  });

  it('every step of every draft names only the requested subscription', () => {
    gateway.mix = null;
    for (const draft of draftsOf(vendor, target)) {
      const said = draft.steps.map(({ path, body }) => `${decodeURIComponent(path)} ${JSON.stringify(body ?? null)}`);
      expect(said.join(' ')).toContain(target.id);
      expect(said.join(' ')).not.toContain(other.id);
    }
  });
});

describe('request polling at interworks', () => {
  const { vendor, gateway } = opened.find(({ name }) => name === 'interworks') ?? never('interworks');
  let rows: readonly Subscription[];
  beforeAll(async () => {
    gateway.mix = null;
    const { readings } = await syncAll(vendor);
    const all = readings.map(({ subscription }) => subscription);
    rows = all.filter(({ status, quantity }) => status === 'active' && (quantity ?? 0) > 2);
  });

  // Each case uses its own row: a running request would refuse the next one on its row.
  it.each([
    ['another request', 0, (body: object) => ({ ...body, requestId: 'rq-other' })],
    ['another subscription', 1, (body: object) => ({ ...body, subscriptionId: 'sub-other' })],
    ['no request', 2, ({ requestId: _, ...body }: { requestId?: string }) => body],
  ])('an answer about %s is unreachable', async (_, at, changed) => {
    gateway.mix = null;
    const { lowerQuantity, follow } = vendor.abilities;
    if (!can(lowerQuantity) || !can(follow)) throw new Error('interworks lacks the ability.');
    const row = rows[at] ?? never('row');
    const answer = await lowerQuantity(row, { quantity: 1 }).steps[0].send({}, unlimitedPermit);
    if (answer.outcome !== 'accepted') throw new Error(JSON.stringify(answer));
    const id = answer.vendorRequestId ?? never('request');
    expect((await follow({ target: row, vendorRequestId: id })).state).not.toBe('unknown');
    gateway.mix = { change: (body) => changed(Object(body)) };
    expect(await faultOf(follow({ target: row, vendorRequestId: id }))).toMatchObject({
      kind: expect.stringMatching(/unreachable|missing/),
    });
  });
});

describe('the answer to a write', () => {
  const rows = new Map<string, readonly Subscription[]>();
  beforeAll(async () => {
    for (const { name, vendor, gateway } of opened) {
      gateway.mix = null;
      rows.set(
        name,
        (await syncAll(vendor)).readings.map(({ subscription }) => subscription),
      );
    }
  });
  const rowOf = (name: string, at: number): Subscription => {
    const active = (rows.get(name) ?? []).filter(
      ({ status, quantity, isAddon, isTrial }) => status === 'active' && (quantity ?? 0) > 3 && !isAddon && !isTrial,
    );
    const counted = name === 'lineworks' ? active.filter(({ billing }) => /LICENSE/.test(billing ?? '')) : active;
    return counted[at % counted.length] ?? never(name);
  };

  const writes: readonly (readonly [string, string, (vendor: Vendor, row: Subscription) => Draft])[] = [
    [
      'cloudmore-reseller',
      'an update',
      ({ abilities }, row) => made(abilities.update)(row, { changes: { name: 'X' } }),
    ],
    ['cloudmore-reseller', 'a quantity', ({ abilities }, row) => made(abilities.raiseQuantity)(row, { quantity: 50 })],
    ['interworks', 'a decrease', ({ abilities }, row) => made(abilities.lowerQuantity)(row, { quantity: 1 })],
    [
      'lineworks',
      'a renewal',
      ({ abilities }, row) => made(abilities.setRenewal)(row, { changes: { type: 'cancel' } }),
    ],
    ['lineworks', 'a reservation', ({ abilities }, row) => made(abilities.raiseQuantity)(row, { quantity: 999 })],
  ];

  it.each(writes)('at %s, %s whose body names another subscription is unknown', async (name, _, draftOf) => {
    const { vendor, gateway } = opened.find((one) => one.name === name) ?? never(name);
    gateway.mix = null;
    const draft = draftOf(vendor, rowOf(name, 5));
    const field = name === 'cloudmore-reseller' ? 'id' : 'subscriptionId';
    const before = gateway.writes.length;
    // Only the answer to a write is changed; the reads before it pass unchanged.
    gateway.mix = {
      change: (body) => (gateway.writes.length > before ? { ...Object(body), [field]: 'sub-other' } : body),
    };
    const answer = await draft.steps[0].send({}, unlimitedPermit);
    expect(answer).toMatchObject({
      outcome: 'unknown',
      fault: { kind: 'unknown', sent: true, message: expect.stringContaining('sub-other') },
    });
  });

  it.each([
    ['the draft order is of another account', 1, 0, { account: { id: 4711 } }],
    ['the item went into another order', 2, 1, { orderId: 4711 }],
    ['the item is of another subscription', 3, 1, { subscriptionId: 'sub-other' }],
    ['another order was checked out', 4, 2, { id: 4711 }],
    [
      'the order that was checked out holds another subscription',
      5,
      2,
      { items: [{ id: 1, subscriptionId: 'sub-other' }] },
    ],
  ])('at interworks, %s: unknown, and no further step is sent', async (_, nth, at, said) => {
    const { vendor, gateway } = opened.find((one) => one.name === 'interworks') ?? never('interworks');
    gateway.mix = null;
    const row = rowOf('interworks', 7 + nth);
    const draft = made(vendor.abilities.raiseQuantity)(row, { quantity: (row.quantity ?? 0) + 1 });
    const before = gateway.writes.length;
    gateway.mix = {
      change: (body) => (gateway.writes.length === before + at + 1 ? { ...Object(body), ...said } : body),
    };
    const answers: Answer[] = [];
    let notes = {};
    for (const step of draft.steps) {
      const answer = await step.send(notes, unlimitedPermit);
      answers.push(answer);
      if (answer.outcome !== 'done') break;
      notes = { ...notes, ...answer.notes };
    }
    expect(answers.map(({ outcome }) => outcome)).toEqual([...Array.from({ length: at }, () => 'done'), 'unknown']);
    expect(gateway.writes.length - before).toBe(at + 1);
  });

  it('at Cloudmore, a create answered from another organization is unknown', async () => {
    const { vendor, gateway } = opened.find((one) => one.name === 'cloudmore-reseller') ?? never('cloudmore');
    gateway.mix = null;
    const { organization, services } = rowOf('cloudmore-reseller', 3);
    const service = services[0] ?? never('service');
    const { create, products } = vendor.abilities;
    if (!can(create) || !can(products) || organization === null) throw new Error('The reseller lacks the ability.');
    const [product] = await products({ organization: organization.id, service: service.id, reseller: null });
    const writeRequest = {
      reseller: null,
      organization,
      service,
      product: product ?? never('product'),
      quantity: 2,
      name: null,
    };
    gateway.mix = { change: (body) => ({ ...Object(body), organizationId: 'org-other' }) };
    expect(await create(writeRequest).steps[0].send({}, unlimitedPermit)).toMatchObject({
      outcome: 'unknown',
      fault: { sent: true },
    });
  });
});

describe('lists of a subscription', () => {
  it('refuses history, price list and add-ons of another subscription', async () => {
    const { vendor, gateway } = opened.find((one) => one.name === 'cloudmore-reseller') ?? never('cloudmore');
    gateway.mix = null;
    const { readings } = await syncAll(vendor);
    const target = readings.find(({ subscription }) => subscription.status === 'active')?.subscription ?? never('row');
    const { history, products, addons } = vendor.abilities;
    if (!can(history) || !can(products) || !can(addons)) throw new Error('The reseller lacks the ability.');
    const [service, organization] = [target.services[0] ?? never('service'), target.organization ?? never('org')];
    const where = { organization: organization.id, service: service.id, reseller: null };
    const withItems = (more: object) => (body: unknown) =>
      Array.isArray(body)
        ? body.map((item) => ({ ...item, ...more }))
        : { ...Object(body), addons: [{ id: 'x', ...more }] };
    for (const [read, more] of [
      [() => history(target), { subscriptionId: 'sub-other' }],
      [() => products(where), { serviceId: 'service-other' }],
      [() => products(where), { organizationId: 'org-other' }],
      [() => addons(target), { parentSubscriptionId: 'sub-other' }],
    ] as const) {
      await read();
      gateway.mix = { change: withItems(more) };
      expect((await faultOf(read())).kind).toBe('unreachable');
      gateway.mix = null;
    }
  });
});

async function refuses(
  gateway: MixingGateway,
  read: () => Promise<unknown>,
  mix: MixingGateway['mix'],
  ability: string,
) {
  const [mixed, writes] = [gateway.mixed.length, gateway.writes.length];
  gateway.mix = mix;
  const fault = await faultOf(read());
  gateway.mix = null;
  expect(gateway.mixed.length, `${ability} was never mixed`).toBeGreaterThan(mixed);
  expect(fault).toMatchObject({ kind: 'unreachable', sent: false });
  expect(gateway.writes.length).toBe(writes);
}

function mixOf(how: MixName, target: Subscription, other: Subscription): MixingGateway['mix'] {
  const names = (path: string) => path.split('/').includes(target.id);
  if (how === 'another subscription') return aboutAnother(target, other);
  const pattern = how === 'no id' ? ownIds : organizationIds;
  return {
    change: (body, path) => {
      if (!names(path) || typeof body !== 'object' || body === null || Array.isArray(body)) return body;
      const entries = Object.entries(body);
      return how === 'no id'
        ? Object.fromEntries(entries.filter(([field]) => !pattern.test(field)))
        : Object.fromEntries(entries.map(([field, value]) => [field, pattern.test(field) ? '4711' : value]));
    },
  };
}

/** Two subscriptions of different organizations for which every read finds something. */
async function pairOf(vendor: Vendor, rows: readonly Subscription[]): Promise<[Subscription, Subscription]> {
  const { reservation, renewal } = vendor.abilities;
  const good: Subscription[] = [];
  for (const row of rows) {
    if (row.organization === null || row.services.length === 0 || row.status !== 'active' || row.isTrial) continue;
    if (good.some(({ organization }) => organization?.id === row.organization?.id)) continue;
    if (can(reservation) && (await reservation(row)) === null && !(await reserved(vendor, row))) continue;
    if (can(renewal) && (await renewal(row)) === null) continue;
    good.push(row);
    if (good.length === 2) break;
  }
  return [good[0] ?? never('first row'), good[1] ?? never('second row')];
}

/** Most rows of the sandbox have no reservation, so one is created. */
async function reserved({ abilities: { createReservation } }: Vendor, row: Subscription): Promise<boolean> {
  if (!can(createReservation)) return false;
  const [step] = createReservation(row, { changes: { type: 'cancel' } }).steps;
  return (await step.send({}, unlimitedPermit)).outcome === 'done';
}

function draftsOf({ abilities }: Vendor, row: Subscription): readonly Draft[] {
  const drafts: Draft[] = [];
  const draft = (make: () => Draft) => {
    try {
      drafts.push(make());
    } catch {
      // The vendor's rules forbid this write for this row.
    }
  };
  for (const name of ['cancel', 'delete', 'suspend', 'reactivate', 'withdrawReservation'] as const) {
    const ability = abilities[name];
    if (can(ability)) draft(() => ability(row, {}));
  }
  for (const name of ['lowerQuantity', 'raiseQuantity'] as const) {
    const ability = abilities[name];
    const quantity = (row.quantity ?? 0) + (name === 'lowerQuantity' ? -1 : 1);
    if (can(ability)) draft(() => ability(row, { quantity }));
  }
  const { update, setLicense, setRenewal } = abilities;
  if (can(update)) draft(() => update(row, { changes: { name: 'New' } }));
  if (can(setLicense)) draft(() => setLicense(row, { licenseKey: 'AAAA-BBBB' }));
  if (can(setRenewal)) draft(() => setRenewal(row, { changes: { type: 'cancel' } }));
  return drafts;
}

function made<F>(ability: F): Extract<F, (...args: never[]) => unknown> {
  if (typeof ability === 'function') return ability as Extract<F, (...args: never[]) => unknown>;
  throw new Error('The connection lacks the ability.');
}

function never(what: string): never {
  throw new Error(`The sandbox has no ${what}.`);
}
