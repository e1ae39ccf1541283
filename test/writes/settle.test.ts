import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import { entriesOf } from '../../src/journal/sqlite/entries-table.ts';
import { unpackEntry } from '../../src/journal/sqlite/entry-row.ts';
import type { HistoryEntry } from '../../src/model/subscription.ts';
import type { WriteRequest } from '../../src/operations/registry.ts';
import type { FastClock } from '../fault-server/clocks.ts';
import type { Act } from '../fault-server/shop.ts';
import { openWriteFixture } from '../fault-server/write-fixture.ts';
import { loseSender } from './lose-sender.ts';

const ref = 'nordic/s1';
const writeRequests: readonly WriteRequest[] = [
  { verb: 'set-quantity', ref, quantity: 20 },
  { verb: 'set-quantity', ref, quantity: 30 },
  { verb: 'cancel', ref, mode: 'cancel' },
  { verb: 'cancel', ref, mode: 'delete' },
  { verb: 'suspend', ref },
  { verb: 'set-license', ref, licenseKey: 'K-1' },
  { verb: 'update', ref, changes: { name: 'Backup for all' } },
  { verb: 'addon-cancel', ref, addonId: 'a1' },
];
const cases = writeRequests.map(
  (writeRequest) =>
    [writeRequest.verb === 'cancel' ? `${writeRequest.mode}` : writeRequest.verb, writeRequest] as const,
);
const minute = 60_000;

/** Removes a field from the body of every entry, as in entries of a Subdeck that did not write it. */
function forget(path: string, field: string): void {
  const database = new DatabaseSync(path);
  for (const row of database.prepare('SELECT * FROM entry').all()) {
    const columns = unpackEntry(row);
    if (columns === null) throw new Error('a damaged entry');
    const { [field]: _, ...body }: Record<string, unknown> = { ...columns.body };
    entriesOf(database).replace({ ...columns, body: body as unknown as typeof columns.body });
  }
  database.close();
}

async function lost(writeRequest: WriteRequest, act: Act) {
  const fixture = await openWriteFixture();
  fixture.shop.add('s1', { addons: [{ id: 'a1', ends: false }] });
  fixture.shop.act = () => act;
  const { outcome, journalId } = await fixture.send(writeRequest);
  expect(outcome).toBe('unknown');
  fixture.shop.act = () => 'fair';
  const id = journalId ?? '';
  return { ...fixture, id, state: () => fixture.journal.entry(id)?.state };
}

test.each(cases)(
  '[fault 60] %s: applied with a lost answer, settled as applied by one poll',
  async (_, writeRequest) => {
    const { writes: own, id, shop } = await lost(writeRequest, 'apply-then-reset');
    expect(await own.settle(id)).toMatchObject({ state: 'settled-applied' });
    expect(shop.ledger).toHaveLength(1);
  },
);

test.each(cases)(
  '[fault 61] %s: never applied, settled as not applied only after the waiting time',
  async (_, writeRequest) => {
    const { writes: own, id, clock, shop } = await lost(writeRequest, 'reset-before-read');
    clock.advance(4 * minute);
    expect((await own.settle(id)).state).toBe('unknown');
    clock.advance(2 * minute);
    expect((await own.settle(id)).state).toBe('settled-not-applied');
    expect(shop.ledger).toHaveLength(0);
  },
);

test('an unchanged row proves nothing while the sender may still send it', async () => {
  const { writes: own, id, clock, path } = await lost({ verb: 'set-quantity', ref, quantity: 20 }, 'reset-before-read');
  loseSender(path, id);
  clock.advance(60 * minute);
  expect((await own.settle(id)).state).toBe('needs-person');
  expect((await own.settleByPerson(id, 'not-applied')).state).toBe('settled-not-applied');
});

test('[fault 63] finds a late effect when it appears', async () => {
  const { writes: own, id, clock } = await lost({ verb: 'set-quantity', ref, quantity: 20 }, 'late');
  expect((await own.settle(id)).state).toBe('unknown');
  clock.advance(2 * minute);
  expect((await own.settle(id)).state).toBe('settled-applied');
});

const disturbances: readonly (readonly [string, (clock: FastClock) => void])[] = [
  ['the clock set six minutes ahead', (clock) => clock.setWall(6 * minute)],
  ['the clock set back by an hour', (clock) => clock.setWall(-60 * minute)],
  ['the computer restarted with its clock ahead', (clock) => [clock.restart(), clock.setWall(6 * minute)]],
];

test.each(disturbances)(
  'a lost write with a late effect is never called not applied: %s meanwhile',
  async (_, happens) => {
    const { writes: own, id, clock, shop } = await lost({ verb: 'set-quantity', ref, quantity: 20 }, 'late');
    shop.lateness = 8000;
    clock.advance(2000);
    happens(clock);
    expect((await own.settle(id)).state).toBe('unknown');
    clock.advance(4 * minute);
    expect((await own.settle(id)).state).toBe('settled-applied');
  },
);

test.each(disturbances)('the waiting time starts over and does not end early: %s', async (_, happens) => {
  const { writes: own, id, clock } = await lost({ verb: 'set-quantity', ref, quantity: 20 }, 'reset-before-read');
  clock.advance(4 * minute);
  happens(clock);
  for (const pause of [2, 2, 0.9]) {
    expect((await own.settle(id)).state).toBe('unknown');
    clock.advance(pause * minute);
  }
  expect((await own.settle(id)).state).toBe('unknown');
  clock.advance(minute);
  expect((await own.settle(id)).state).toBe('settled-not-applied');
});

test('hours asleep count as waiting time', async () => {
  const { writes: own, id, clock } = await lost({ verb: 'set-quantity', ref, quantity: 20 }, 'reset-before-read');
  clock.sleep(60 * minute);
  expect((await own.settle(id)).state).toBe('settled-not-applied');
});

test('time before a call was sent proves nothing', async () => {
  const fixture = await openWriteFixture();
  fixture.shop.add('s1');
  fixture.shop.act = () => {
    // Between the journal's record of the call and the call itself.
    fixture.clock.advance(10 * minute);
    return 'late';
  };
  fixture.shop.lateness = 8000;
  const { outcome, journalId } = await fixture.send({ verb: 'set-quantity', ref, quantity: 20 });
  expect(outcome).toBe('unknown');
  expect((await fixture.writes.settle(journalId ?? '')).state).toBe('unknown');
  fixture.clock.advance(minute);
  expect((await fixture.writes.settle(journalId ?? '')).state).toBe('settled-applied');
});

test('for an entry of 0.1.0 the waiting time starts at the first poll', async () => {
  const { writes: own, id, clock, path } = await lost({ verb: 'set-quantity', ref, quantity: 20 }, 'reset-before-read');
  forget(path, 'evidenceFrom');
  clock.advance(10 * minute);
  expect((await own.settle(id)).state).toBe('unknown');
  clock.advance(6 * minute);
  expect((await own.settle(id)).state).toBe('settled-not-applied');
});

test('the follower settles a lost answer by itself within seconds', async () => {
  const { writes: own, id, clock, state } = await lost({ verb: 'set-quantity', ref, quantity: 20 }, 'apply-then-reset');
  const began = clock.now();
  const settled = new Promise((resolve) => own.follower.subscribe((event) => resolve(event)));
  own.follower.start();
  expect(await settled).toMatchObject({ kind: 'reconciled', entry: { id, state: 'settled-applied' } });
  expect(state()).toBe('settled-applied');
  expect(clock.now() - began).toBeLessThan(minute);
});

test('where an unchanged row proves nothing, the verdict of a person counts', async () => {
  const fixture = await openWriteFixture({ requests: true });
  fixture.shop.add('s1');
  fixture.shop.act = () => 'apply-then-reset';
  const { journalId } = await fixture.send({ verb: 'set-quantity', ref, quantity: 20 });
  const id = journalId ?? '';
  fixture.clock.advance(6 * minute);
  expect((await fixture.writes.settle(id)).state).toBe('needs-person');
  expect(fixture.journal.unsettled()).toMatchObject([{ id }]);
  expect(await fixture.writes.settleByPerson(id, 'not-applied')).toMatchObject({
    state: 'settled-not-applied',
    reason: 'tester checked it at the vendor and recorded it as not applied.',
  });
  await expect(fixture.writes.settleByPerson(id, 'not-applied')).rejects.toThrow('already has this outcome');
});

test('a quantity that is neither the old nor the requested one proves nothing', async () => {
  const { writes: own, id, clock, shop } = await lost({ verb: 'set-quantity', ref, quantity: 20 }, 'reset-before-read');
  const row = shop.rows.get('s1');
  if (row !== undefined) row.quantity = 99;
  clock.advance(10 * minute);
  const entry = await own.settle(id);
  expect(entry.state).toBe('needs-person');
  expect(entry.reason).toContain('99');
});

test('an order whose answer was lost midway was not applied: no checkout was sent', async () => {
  const { shop, send, writes: own } = await openWriteFixture({ orders: true });
  shop.add('s1');
  shop.act = ({ path }) => (path.endsWith('/items') ? 'apply-then-reset' : 'fair');
  const { outcome, journalId } = await send({ verb: 'set-quantity', ref, quantity: 30 });
  expect(outcome).toBe('unknown');
  expect((await own.settle(journalId ?? '')).state).toBe('settled-not-applied');
  expect(shop.ledger).toEqual([]);
});

test('a vendor that cannot be read leaves the write unknown', async () => {
  const { writes: own, id, shop, state } = await lost({ verb: 'set-quantity', ref, quantity: 20 }, 'apply-then-reset');
  await shop.stop();
  await expect(own.settle(id)).rejects.toMatchObject({ fault: { kind: 'unreachable' } });
  expect(state()).toBe('unknown');
});

test('a licence key that was set before is no proof, at any time', async () => {
  const lines: HistoryEntry[] = [];
  const fixture = await openWriteFixture({
    vendor: (vendor) => ({ ...vendor, abilities: { ...vendor.abilities, history: async () => [...lines] } }),
  });
  const { clock, shop, writes: own } = fixture;
  const keySet = () => {
    const nobody = { by: null, field: null, from: null, to: null };
    lines.unshift({ at: new Date(clock.really()).toISOString(), action: safeText('License key changed'), ...nobody });
  };
  shop.add('s1', { hasLicenseKey: true });
  keySet();
  clock.advance(10 * minute);
  clock.setWall(-60 * minute);
  shop.act = () => 'late';
  const { outcome, journalId } = await fixture.send({ verb: 'set-license', ref, licenseKey: 'K-2' });
  expect(outcome).toBe('unknown');
  expect((await own.settle(journalId ?? '')).state).toBe('unknown');
  clock.advance(minute);
  keySet();
  expect((await own.settle(journalId ?? '')).state).toBe('settled-applied');
});
