import { beforeAll, describe, expect, test } from 'vitest';
import { can } from '../../src/api/contract.ts';
import { vendors } from '../../src/api/registry.ts';
import { vendorIn } from '../../src/api/vendor-kind.ts';
import { systemClock } from '../../src/app/clock.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { type SandboxConnection, startSandbox } from '../../src/sandbox/start.ts';
import { todayLines, usualView } from '../../src/state/today-lines.ts';
import { today } from '../../src/today/today.ts';
import { testSetup } from '../api/fixtures/setup.ts';
import { fill } from '../store/rows.ts';
import { openToday } from '../today/fixture.ts';
import { given } from './running.ts';
import { heldClock, type Visitor, visitor } from './visitor.ts';

/** Every subscription of the default dataset once, as the adapters read it. */
async function defaultRows(day: string): Promise<readonly Subscription[]> {
  const sandbox = await startSandbox({ today: day, rateLimits: false });
  try {
    const own = sandbox.connections.filter(({ name }) => name !== 'cloudmore-reseller');
    return (await Promise.all(own.map(rowsOf))).flat();
  } finally {
    await sandbox.stop();
  }
}

async function rowsOf({ name, vendor, settings, secrets }: SandboxConnection): Promise<readonly Subscription[]> {
  const setup = { ...testSetup({ name, settings, secrets: async () => secrets }), clock: systemClock };
  const { sync } = (await vendorIn(vendors, vendor).create(setup)).abilities;
  if (!can(sync)) throw new Error(`${name} cannot be synced.`);
  const rows: Subscription[] = [];
  for await (const page of sync({})) rows.push(...page.rows.map(({ subscription }) => subscription));
  return rows;
}

function todayOn(day: string, rows: readonly Subscription[]) {
  const now = Date.parse(`${day}T12:00:00Z`);
  const fixture = openToday();
  fixture.clock.set(now);
  const byConnection = Map.groupBy(rows, ({ connection }) => connection);
  for (const [connection, own] of byConnection) fill(fixture.cache, own, {}, connection);
  return { now, items: today({ ...fixture, connections: [...byConnection.keys()] }, { now, limit: 2_000 }).items };
}

describe.each([
  ['a working day', '2026-11-24', 6, 20],
  ['a Saturday', '2026-11-21', 3, 15],
])('the default dataset on %s', (_, day, fewest, most) => {
  let rows: readonly Subscription[];
  beforeAll(async () => {
    rows = await defaultRows(day);
  });

  test('has a few deadlines within a day, some dozens within a week, and fits 40 lines', () => {
    const { now, items } = todayOn(day, rows);
    const urgent = items.filter(({ urgency }) => urgency === 'now');
    expect(urgent.length).toBeGreaterThanOrEqual(fewest);
    expect(urgent.length).toBeLessThanOrEqual(most);
    expect(urgent.every(({ deadline }) => deadline !== null)).toBe(true);
    const soon = items.filter(({ urgency }) => urgency === 'soon');
    expect(soon.length).toBeGreaterThan(24);
    expect(soon.length).toBeLessThan(90);
    expect(todayLines(items, usualView, now).length).toBeLessThanOrEqual(40);
  });

  test('no three subscriptions end in the same minute, and most end on working days', () => {
    const ends = rows.flatMap(({ endsAt, vendor }) => (vendor === 'lineworks' || !endsAt ? [] : [Date.parse(endsAt)]));
    const ahead = ends.filter((end) => end > Date.parse(day));
    const counts = [...Map.groupBy(ahead, (end) => Math.floor(end / 60_000)).values()].map(({ length }) => length);
    expect(Math.max(...counts)).toBeLessThan(4);
    const weekend = ahead.filter((end) => [0, 6].includes(new Date(end).getUTCDay()));
    expect(weekend.length / ahead.length).toBeLessThan(0.2);
  });

  test('most subscriptions have up to 25 seats, few more than 500', () => {
    const seats = rows.flatMap(({ quantity }) => (quantity === null ? [] : [quantity]));
    const share = (holds: (count: number) => boolean) => seats.filter(holds).length / seats.length;
    expect(share((count) => count <= 25)).toBeGreaterThan(0.7);
    expect(share((count) => count > 500)).toBeLessThan(0.01);
    expect(share((count) => count > 25 && count <= 500)).toBeGreaterThan(0.1);
    expect(Math.max(...seats)).toBeLessThan(3_000);
  });

  test('some customers are at several vendors by one name; few rows have hostile texts', () => {
    const names = Map.groupBy(rows, ({ organization }) => String(organization?.name ?? ''));
    const vendorsOf = (name: string) => new Set(names.get(name)?.map(({ vendor }) => vendor));
    expect(vendorsOf('Acme Oy')).toEqual(new Set(vendors.keys()));
    expect([...vendorsOf('Kuusela Logistics Oy')].toSorted()).toEqual(['cloudcockpit', 'cloudmore', 'interworks']);
    const long = rows.filter(({ name }) => name.length > 200);
    expect(long.length).toBeGreaterThan(0);
    expect(long.length).toBeLessThan(10);
  });
});

interface Row {
  readonly id: string;
  readonly quantity: number | null;
  readonly status: unknown;
  readonly endDate: string | null;
  readonly resellerId: string;
  readonly organizationId: string;
  readonly serviceId: string;
}

test('as the day passes, others change seats, and terms that end are renewed or expire', async () => {
  const clock = heldClock(Date.parse('2026-11-24T06:00:00Z'));
  const sandbox = await startSandbox({ rateLimits: false }, clock);
  const [seller, broker] = [await visitor(sandbox, 'cloudmore-seller'), await visitor(sandbox, 'cloudmore-reseller')];
  const read = async ({ get, settings }: Visitor) => get<Row[]>(`/api/sellers/${settings.sellerId}/subscriptions`);
  const morning = await read(seller);
  clock.advance(13 * 3_600_000);
  const evening = new Map((await read(seller)).map((row) => [row.id, row]));
  const later = (row: Row) => given(evening.get(row.id));
  expect(evening.size).toBe(morning.length);

  const grown = morning.filter((row) => later(row).quantity !== row.quantity);
  expect(grown.length).toBeGreaterThan(3);
  expect(grown.length).toBeLessThan(40);
  const own = given(grown.find(({ resellerId }) => resellerId === broker.settings.resellerId));
  const place = `/api/resellers/${own.resellerId}/organizations/${own.organizationId}/services/${own.serviceId}`;
  const [newest] = await broker.get<unknown[]>(`${place}/subscriptionshistory/${own.id}`);
  const to = String(later(own).quantity);
  expect(newest).toMatchObject({ property: 'Quantity', oldValue: String(own.quantity), newValue: to });

  const ended = morning.filter(
    ({ status, endDate }) => status === 'Active' && (endDate ?? '').startsWith('2026-11-24'),
  );
  expect(ended.length).toBeGreaterThan(0);
  for (const row of ended) {
    const after = later(row);
    const isRenewed = (after.endDate ?? '') > '2026-12';
    expect(after.status).toBe(isRenewed ? 'Active' : 'Expired');
  }
  await sandbox.stop();
});
