import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import type { WriteResult } from '../../src/writes/contract.ts';
import { createWrites } from '../../src/writes/create-writes.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { type Act, openShop, type ShopRow } from '../fault-server/shop.ts';
import { connectionsTo } from '../fault-server/shop-vendor.ts';
import { openWriteFixture, temporaryDirectory } from '../fault-server/write-fixture.ts';
import { addSubscription, everyCache, everyVendor, type Kind, kindNamed, kinds } from '../torture/every-write.ts';

const minute = 60_000;

/** A shop that answers every write as told, and one write of this kind sent to it. */
async function sent(kind: Kind, act: Act, meanwhile: (row: ShopRow) => void = () => undefined) {
  const clock = fastClock();
  const shop = await openShop(clock.now);
  const path = join(temporaryDirectory(), 'journal.db');
  const journal = openJournal(path, { clock });
  const mode = { offline: false, readOnly: false };
  const vendor = everyVendor(shop.origin, clock, kind.isAsync);
  const parts = {
    journal,
    cache: everyCache(),
    connections: connectionsTo(vendor),
    vendorOf: async () => vendor,
    clock,
    mode,
    by: 'tester',
  };
  const writes = createWrites(parts);
  onTestFinished(async () => {
    writes.follower.stop();
    journal.dispose();
    await shop.stop();
  });
  addSubscription(shop, kind, 's1');
  const planned = await writes.plan(kind.writeRequest(kind.creates ? 's1' : 'nordic/s1'), null);
  if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
  const steps = planned.plan.draft.steps.length;
  const rest = vendorRow(shop.rows.get('s1'));
  shop.act = ({ nth }) => {
    if (nth < steps) return 'fair';
    meanwhile(rest);
    return act;
  };
  const result = await writes.apply(planned.plan, { reason: null });
  shop.act = () => 'fair';
  const id = result.journalId ?? '';
  return {
    clock,
    shop,
    journal,
    writes,
    result,
    id,
    entry: () => journal.entry(id),
    request: () => journal.request(id),
  };
}

function vendorRow(row: ShopRow | undefined): ShopRow {
  if (row === undefined) throw new Error('The shop has no such row.');
  return row;
}

const titled = kinds.map((kind) => [kind.name, kind] as const);
/** A request has its own state; a create here is answered without the new id. */
const plain = titled.filter(([name, { creates }]) => !creates && name !== 'lower by request');

describe('a success answer without an effect', () => {
  test.each(plain)('%s is accepted and followed, and then needs a person', async (_, kind) => {
    const { result, entry, request, writes, clock, id, shop } = await sent(kind, 'no-effect');
    expect(result).toMatchObject({ outcome: 'accepted', fault: null, request: { answeredDone: true } });
    expect(entry()).toMatchObject({ state: 'sent' });
    expect((await writes.follower.pollNow(id)).state).toBe('running');
    clock.advance(4 * minute);
    expect((await writes.follower.pollNow(id)).state).toBe('running');
    clock.advance(2 * minute);
    expect((await writes.follower.pollNow(id)).state).toBe('unknown');
    expect(entry()).toMatchObject({ state: 'needs-person' });
    expect(entry()?.reason).toMatch(/^The vendor reported it done but does not show it after 5 minutes\./);
    expect(request()).toMatchObject({ state: 'unknown', nextCheckAt: null });
    expect(shop.ledger).toEqual([]);
  });

  test.each(plain)('%s is done by one poll once the vendor shows it, however late', async (_, kind) => {
    const { writes, clock, id, shop, entry } = await sent(kind, 'lag');
    shop.lateness = 0;
    clock.advance(10 * minute);
    await writes.follower.pollNow(id);
    expect(entry()?.state).toBe('done');
  });
});

describe('a success answer with a lag', () => {
  test.each(plain)('%s is accepted, and done by itself once the vendor shows it', async (_, kind) => {
    const { result, entry, request, writes, id, shop } = await sent(kind, 'lag');
    expect(result.outcome).toBe('accepted');
    expect(request()).toMatchObject({ state: 'pending', vendorRequestId: null, answeredDone: true });
    const last = await writes.follower.settled(id);
    expect(last.state).toBe('done');
    expect(entry()).toMatchObject({ state: 'done', reason: null });
    expect(shop.ledger).toHaveLength(1);
    expect(shop.calls.filter((call) => !call.startsWith('GET') && !call.startsWith('POST /orders'))).toHaveLength(
      kind.name === 'raise by order' ? 0 : 1,
    );
  });

  test('a second write on the same subscription waits for the first', async () => {
    const { writes } = await sent(kinds[0], 'lag');
    const second = await writes.plan({ verb: 'cancel', ref: 'nordic/s1', mode: 'cancel' }, null);
    expect(second).toMatchObject({ kind: 'fault', fault: { kind: 'refused' } });
  });

  test('a vendor that is down right after is polled until it shows the change', async () => {
    const { shop, plan, writes, journal } = await openWriteFixture();
    shop.add('s1');
    const ready = await plan({ verb: 'cancel', ref: 'nordic/s1', mode: 'cancel' });
    let isAway = false;
    shop.act = () => {
      isAway = true;
      return 'fair';
    };
    shop.readsFail = () => isAway;
    const { outcome, journalId } = await writes.apply(ready, { reason: null });
    expect(outcome).toBe('accepted');
    isAway = false;
    expect((await writes.follower.pollNow(journalId ?? '')).state).toBe('done');
    expect(journal.entry(journalId ?? '')?.state).toBe('done');
  });
});

/** Effects other than the requested one that a vendor may have, if it shows them. */
const otherEffects: Readonly<Record<string, (row: ShopRow & Record<string, unknown>) => void>> = {
  lower: (row) => Object.assign(row, { quantity: 99 }),
  raise: (row) => Object.assign(row, { quantity: 99 }),
  'raise by order': (row) => Object.assign(row, { quantity: 99 }),
  delete: (row) => Object.assign(row, { status: 'Cancelled' }),
  'addon-cancel': (row) => Object.assign(row, { addons: [] }),
  update: (row) => Object.assign(row, { name: 'another name' }),
  suspend: (row) => Object.assign(row, { status: 'Cancelled' }),
  reactivate: (row) => Object.assign(row, { status: 'Cancelled' }),
  cancel: (row) => Object.assign(row, { status: 'Suspended' }),
  'renewal-set': (row) => Object.assign(row, { renewal: 'change' }),
  'reservation-create': (row) => Object.assign(row, { reservation: 'ADD_LICENSE' }),
  'set-po-number': (row) => Object.assign(row, { poNumber: 'another number' }),
};
const contradicted = titled.flatMap(([name, kind]) => {
  const effect = otherEffects[name];
  return effect === undefined ? [] : [[name, kind, effect] as const];
});

test.each(contradicted)('%s with a success answer and another effect is unknown', async (_, kind, effect) => {
  const { result, entry, writes, id, clock } = await sent(kind, 'no-effect', effect as (row: ShopRow) => void);
  expect(result).toMatchObject({ outcome: 'unknown', fault: { kind: 'unknown', sent: true } });
  expect(result.fault?.message).toMatch(/^The vendor reports it done but does not show it\./);
  expect(entry()).toMatchObject({ state: 'unknown', reason: result.fault?.message });
  clock.advance(6 * minute);
  expect((await writes.settle(id)).state).toBe('needs-person');
});

test('a subscription that is missing after a cancellation is unknown', async () => {
  const cancel = kindNamed('cancel');
  const { shop, plan, writes, journal } = await openWriteFixture();
  shop.add('s1');
  const ready = await plan(cancel.writeRequest('nordic/s1'));
  shop.act = () => {
    shop.rows.delete('s1');
    return 'no-effect';
  };
  const { outcome, fault, journalId } = await writes.apply(ready, { reason: null });
  expect(outcome).toBe('unknown');
  expect(fault?.message).toContain('although a cancellation keeps it: it may have been deleted');
  expect(journal.entry(journalId ?? '')?.state).toBe('unknown');
});

describe('a success answer whose body reports a failure', () => {
  test.each(plain)('%s is unknown, and later found not applied', async (_, kind) => {
    const { result, entry, writes, id, clock } = await sent(kind, 'report-failure');
    expect(result).toMatchObject({ outcome: 'unknown', fault: { kind: 'unknown', sent: true } });
    expect(entry()?.reason).toContain('but its body reports a failure');
    expect((await writes.settle(id)).state).toBe('unknown');
    clock.advance(6 * minute);
    expect((await writes.settle(id)).state).toBe('settled-not-applied');
  });

  test.each(plain)('%s is done if the vendor shows it anyway, and both are reported', async (_, kind) => {
    const { result, entry, shop } = await sent(kind, 'apply-then-report-failure');
    expect(result).toMatchObject({ outcome: 'done', fault: null });
    expect(entry()).toMatchObject({ state: 'done' });
    expect(entry()?.reason).toContain('but its body reports a failure');
    expect(shop.ledger).toHaveLength(1);
  });
});

test('a change that the vendor cannot show is done only with a note', async () => {
  const setLicense = kindNamed('set-license');
  const { shop, plan, writes, journal } = await openWriteFixture();
  shop.add('s1', { hasLicenseKey: true });
  const made: WriteResult = await writes.apply(await plan(setLicense.writeRequest('nordic/s1')), { reason: null });
  expect(made).toMatchObject({ outcome: 'done', left: expect.stringContaining('There already was a licence key') });
  const entry = journal.entry(made.journalId ?? '');
  expect(entry).toMatchObject({ state: 'done', reason: expect.stringContaining('There already was a licence key') });
});

test('a create whose answer names no new subscription is unknown', async () => {
  const create = kindNamed('create');
  const { result, entry } = await sent(create, 'no-effect');
  expect(result).toMatchObject({ outcome: 'unknown', fault: { kind: 'unknown', sent: true } });
  expect(entry()).toMatchObject({
    state: 'unknown',
    reason: expect.stringContaining('did not name the new subscription'),
  });
});
