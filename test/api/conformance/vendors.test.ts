import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import own from '../../../package.json' with { type: 'json' };
import {
  type Answer,
  can,
  type Draft,
  type Notes,
  type Reading,
  type Vendor,
  type WriteAbilityName,
} from '../../../src/api/contract.ts';
import { FaultError } from '../../../src/model/fault.ts';
import { unlimitedPermit } from '../../../src/model/send-permit.ts';
import type { Subscription } from '../../../src/model/subscription.ts';
import { operations } from '../../../src/operations/registry.ts';
import { concurrencies } from '../../vendors/concurrencies.ts';
import { sandboxVendors, syncAll } from './sandbox-vendors.ts';

const all = await sandboxVendors(300);
afterAll(() => all.stop());

/** Opened before the tests are declared, so that only existing abilities are tested. */
const connections = await Promise.all(all.names.map(async (name) => ({ name, vendor: await all.open(name) })));

/** Every write that an operation needs. A newly registered one is tested here too: `draftOf` does not compile without it. */
const writeNames = operations.flatMap(({ abilities }) => Object.keys(abilities)) as readonly WriteAbilityName[];

describe.each(connections)('$name', ({ name, vendor }) => {
  let readings: readonly Reading[];
  beforeAll(async () => {
    readings = (await syncAll(vendor)).readings;
    // What the tests below check for every row must occur in some row.
    expect(readings.length).toBeGreaterThan(5);
  });

  it.each(concurrencies)(
    'syncs its list with concurrency %s: last page complete, no id repeats',
    async (concurrency) => {
      const { pages, readings: again } = await syncAll(await all.open(name, { concurrency }));
      expect(pages.map(({ complete }) => complete)).toEqual([...pages.slice(1).map(() => false), true]);
      expect(pages.flatMap(({ missing }) => missing)).toEqual([]);
      const ids = again.map(({ subscription }) => subscription.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBeGreaterThan(5);
    },
  );

  it('tells the vendor its name and version in every call, sign-in included', async () => {
    const names: unknown[] = [];
    const began = (message: unknown) =>
      names.push((message as { request: ClientRequest }).request.getHeader('user-agent'));
    subscribe('http.client.request.start', began);
    await syncAll(await all.open(name)).finally(() => unsubscribe('http.client.request.start', began));
    expect(names.length).toBeGreaterThan(1);
    expect(new Set(names)).toEqual(new Set([`subdeck/${own.version}`]));
  });

  it('gives every row its connection and reference, and reports no surprises', () => {
    for (const { subscription } of readings) {
      expect(subscription).toMatchObject({ connection: name, vendor: vendor.id, ref: `${name}/${subscription.id}` });
      expect(subscription.surprises).toEqual([]);
      expect(Number.isNaN(Date.parse(subscription.readAt))).toBe(false);
    }
  });

  it.each(concurrencies)('resumes after every resume mark and reads the rest, concurrency %s', async (concurrency) => {
    const own = await all.open(name, { concurrency });
    const { sync } = own.abilities;
    if (!can(sync)) throw new Error('The vendor cannot sync.');
    const { pages } = await syncAll(own);
    const whole = new Set(readings.map(({ subscription }) => subscription.id));
    for (const [index, { resume }] of pages.entries()) {
      if (resume === null) continue;
      const before = pages.slice(0, index + 1).flatMap(({ rows }) => rows.map(({ subscription }) => subscription.id));
      const after: string[] = [];
      for await (const page of sync({ resume })) after.push(...page.rows.map(({ subscription }) => subscription.id));
      expect(new Set([...before, ...after])).toEqual(whole);
    }
  });

  it('reads one subscription as its list has it, with more fields at most', async () => {
    const { read } = vendor.abilities;
    if (!can(read)) throw new Error('The vendor cannot read.');
    for (const { subscription } of sample(readings, 12)) {
      const fresh = await read({ id: subscription.id, known: subscription });
      expect(fresh?.subscription).toMatchObject(known(subscription));
    }
  });

  it('reads one subscription by id alone', async () => {
    const { read } = vendor.abilities;
    if (!can(read)) throw new Error('The vendor cannot read.');
    const { subscription } = readings[readings.length - 1] ?? { subscription: null };
    const fresh = await read({ id: subscription?.id ?? '', known: null });
    expect(fresh?.subscription).toMatchObject({ id: subscription?.id, status: subscription?.status });
  });

  it('reports a missing subscription as missing', async () => {
    const { read } = vendor.abilities;
    if (!can(read)) throw new Error('The vendor cannot read.');
    const known = readings[0]?.subscription ?? null;
    const id = '00000000-0000-4000-8000-000000000000';
    expect(await read({ id, known: known === null ? null : { ...known, id, ref: `${name}/${id}` } })).toBeNull();
  });

  it('gives a full sentence as the reason for every missing ability', () => {
    for (const [ability, value] of Object.entries(vendor.abilities)) {
      if (typeof value === 'function') continue;
      expect(value.no, ability).toMatch(/^\S.{10,}[^.]\.$/);
    }
  });

  it('reads details, add-ons and renewal of its rows where it has the ability', async () => {
    const { details, addons, renewal } = vendor.abilities;
    let sections = 0;
    for (const { subscription } of sample(readings, 5)) {
      if (can(details))
        for (const section of await details(subscription)) {
          sections += 1;
          expect(section.title).not.toBe('');
          expect(section.fields.length > 0 || 'empty' in section).toBe(true);
        }
      if (can(addons))
        for (const addon of await addons(subscription))
          expect(addon).toMatchObject({ id: expect.stringMatching(/./), name: expect.stringMatching(/./) });
      if (can(renewal)) expect(Object.keys((await renewal(subscription)) ?? { none: null })).not.toEqual([]);
    }
    expect(sections > 0).toBe(can(details));
  });

  it.each(concurrencies)('syncs one organization alone, concurrency %s', async (concurrency) => {
    const { sync } = (await all.open(name, { concurrency })).abilities;
    const organization = readings.find(({ subscription }) => subscription.organization)?.subscription.organization;
    if (!can(sync) || !organization) throw new Error('The vendor has no organization.');
    const rows: Subscription[] = [];
    let isComplete = false;
    for await (const page of sync({ within: { level: 'organization', connection: name, id: organization.id } })) {
      rows.push(...page.rows.map(({ subscription }) => subscription));
      isComplete = page.complete;
    }
    const wanted = readings.filter(({ subscription }) => subscription.organization?.id === organization.id);
    expect(rows.map(({ id }) => id).sort()).toEqual(wanted.map(({ subscription }) => subscription.id).sort());
    expect(isComplete).toBe(true);
  });

  it.each(writeNames.filter((write) => can(vendor.abilities[write])))(
    'sends each step of %s once, by the method and path shown in the plan',
    async (write) => {
      const draft = await draftOf(
        vendor,
        write,
        readings.map(({ subscription }) => subscription),
      );
      if (draft === null) throw new Error(`the sandbox of ${name} has no row for ${write}`);
      await all.served(name);
      const sent = await sendAll(draft);
      const writes = (await all.served(name)).filter(({ method, path }) => method !== 'GET' && !/\/search$/.test(path));
      expect(writes.map(({ method, path, query }) => `${method} ${decodeURI(path)}${queryText(query)}`)).toEqual(
        sent.map(({ shown }) => decodeURI(shown)),
      );
      expect(['done', 'accepted']).toContain(sent[sent.length - 1]?.answer.outcome);
    },
  );

  const { update } = vendor.abilities;
  if (can(update)) {
    it('refuses to send a step a second time', async () => {
      const target = readings.find(({ subscription }) => subscription.status === 'active')?.subscription;
      if (!target) throw new Error(`the sandbox of ${name} has no active row`);
      const [step] = update(target, { changes: { name: 'Twice' } }).steps;
      await step.send({}, unlimitedPermit);
      await all.served(name);
      expect(await step.send({}, unlimitedPermit)).toMatchObject({ outcome: 'unsent' });
      expect(await all.served(name)).toEqual([]);
    });
  }
});

/** The fields that a fresh read must agree on: those the list had, except the time of reading. */
function known({ readAt: _readAt, externalIds, ...row }: Subscription): object {
  const said = Object.entries(row).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return { ...Object.fromEntries(said), externalIds: expect.objectContaining({ ...externalIds }) };
}

function sample<Item>(items: readonly Item[], count: number): readonly Item[] {
  const stride = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, index) => index % stride === 0).slice(0, count);
}

async function sendAll(draft: Draft): Promise<readonly { readonly shown: string; readonly answer: Answer }[]> {
  const sent: { shown: string; answer: Answer }[] = [];
  let notes: Notes = {};
  for (const step of draft.steps) {
    const answer = await step.send(notes, unlimitedPermit);
    if (answer.outcome === 'done' || answer.outcome === 'accepted') notes = { ...notes, ...answer.notes };
    const path = step.path.replace(/\{[^}]+\}/g, () => String(notes.orderId ?? ''));
    sent.push({ shown: `${step.method} ${path}`, answer });
  }
  return sent;
}

function queryText(query: unknown): string {
  if (typeof query === 'string') return query === '' ? '' : `?${query.replace(/^\?/, '')}`;
  const words = new URLSearchParams(Object.entries(query ?? {}).map(([key, value]) => [key, String(value)])).toString();
  return words === '' ? '' : `?${words}`;
}

/** A draft on a row for which the vendor should accept it; null if there is no such row. Each write has its own row. */
async function draftOf(vendor: Vendor, write: WriteAbilityName, rows: readonly Subscription[]): Promise<Draft | null> {
  const { abilities } = vendor;
  const active = rows.filter((row) => row.status === 'active' && !row.isTrial && !row.isAddon && !row.parentId);
  const isCounted = (row: Subscription) => (row.quantity ?? 0) > 2 && mayChangeQuantity(vendor, row);
  const counted = active.filter(isCounted);
  const row = counted[writeNames.indexOf(write) % counted.length];
  if (row === undefined) return null;
  const quantity = row.quantity ?? 0;
  switch (write) {
    case 'cancel':
      return can(abilities.cancel) ? abilities.cancel(lateWindow(active) ?? row, {}) : null;
    case 'delete':
      return can(abilities.delete) ? abilities.delete(row, {}) : null;
    case 'lowerQuantity':
      return can(abilities.lowerQuantity) ? abilities.lowerQuantity(row, { quantity: quantity - 1 }) : null;
    case 'raiseQuantity':
      return can(abilities.raiseQuantity) ? abilities.raiseQuantity(row, { quantity: quantity + 2 }) : null;
    case 'setLicense': {
      const keyed = active.findLast(({ hasLicenseKey }) => hasLicenseKey);
      return can(abilities.setLicense) && keyed ? abilities.setLicense(keyed, { licenseKey: 'AAAA-BBBB-CCCC' }) : null;
    }
    case 'update':
      return can(abilities.update) ? abilities.update(row, { changes: { name: 'Renamed 日本' } }) : null;
    case 'setPoNumber':
      return can(abilities.setPoNumber) ? abilities.setPoNumber(row, { poNumber: 'PO 4711', present: null }) : null;
    case 'suspend':
      return can(abilities.suspend) ? abilities.suspend(row, {}) : null;
    case 'reactivate': {
      if (!can(abilities.reactivate)) return null;
      const suspended = rows.find(({ vendorStatus }) => vendorStatus === 'Suspended');
      if (suspended !== undefined) return abilities.reactivate(suspended, {});
      if (can(abilities.suspend)) await sendAll(abilities.suspend(row, {}));
      await vi.waitUntil(async () => (await freshStatus(vendor, row)) === 'suspended', 20_000);
      return abilities.reactivate(row, {});
    }
    case 'create':
      return createDraft(vendor, row);
    case 'cancelAddon':
      return addonDraft(vendor, active);
    case 'setRenewal':
      return can(abilities.setRenewal) ? abilities.setRenewal(row, { changes: { type: 'cancel' } }) : null;
    case 'createReservation': {
      const changes = { type: 'add_license', quantity: '3' };
      return can(abilities.createReservation) ? abilities.createReservation(row, { changes }) : null;
    }
    case 'withdrawReservation':
      return reservedDraft(vendor, counted);
  }
}

/** Whether the vendor treats the shown number as this row's quantity, if it changes quantities at all. */
function mayChangeQuantity({ abilities: { raiseQuantity } }: Vendor, row: Subscription): boolean {
  if (!can(raiseQuantity)) return true;
  try {
    return raiseQuantity(row, { quantity: (row.quantity ?? 0) + 1 }).steps.length > 0;
  } catch (error) {
    if (error instanceof FaultError) return false;
    throw error;
  }
}

async function createDraft(
  { abilities }: Vendor,
  { organization, reseller, services }: Subscription,
): Promise<Draft | null> {
  const service = services[0];
  if (!can(abilities.create) || !can(abilities.products) || !organization || !service) return null;
  const [product] = await abilities.products({
    organization: organization.id,
    service: service.id,
    reseller: reseller?.id ?? null,
  });
  return product ? abilities.create({ reseller: null, organization, service, product, quantity: 2, name: null }) : null;
}

async function addonDraft({ abilities }: Vendor, rows: readonly Subscription[]): Promise<Draft | null> {
  if (!can(abilities.cancelAddon) || !can(abilities.addons)) return null;
  for (const row of rows) {
    const addon = (await abilities.addons(row)).find((one) => one.status === 'active' && !one.cancelAtPeriodEnd);
    if (addon) return abilities.cancelAddon(row, { addon });
  }
  return null;
}

async function reservedDraft({ abilities }: Vendor, rows: readonly Subscription[]): Promise<Draft | null> {
  if (!can(abilities.withdrawReservation) || !can(abilities.reservation)) return null;
  for (const row of rows) {
    if ((await abilities.reservation(row)) !== null) return abilities.withdrawReservation(row, {});
  }
  return null;
}

function lateWindow(rows: readonly Subscription[]): Subscription | undefined {
  return rows.find(({ cancellableUntil }) => cancellableUntil !== null && Date.parse(cancellableUntil) > Date.now());
}

async function freshStatus({ abilities }: Vendor, row: Subscription): Promise<Subscription['status'] | null> {
  const reading = can(abilities.read) ? await abilities.read({ id: row.id, known: row }) : null;
  return reading?.subscription.status ?? null;
}
