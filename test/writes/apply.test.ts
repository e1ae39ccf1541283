import { expect, test } from 'vitest';
import { fault } from '../../src/model/fault.ts';
import { createWrites } from '../../src/writes/create-writes.ts';
import { receipt } from '../../src/writes/receipt.ts';
import type { FastClock } from '../fault-server/clocks.ts';
import type { Act } from '../fault-server/shop.ts';
import { openWriteFixture } from '../fault-server/write-fixture.ts';

const lower = { verb: 'set-quantity', ref: 'nordic/s1', quantity: 20 } as const;

test.each<[Act, string, string, number]>([
  ['fair', 'done', 'done', 1],
  ['refuse', 'refused', 'refused', 0],
  ['apply-then-reset', 'unknown', 'unknown', 1],
  ['reset-before-read', 'unknown', 'unknown', 0],
  ['apply-then-500', 'unknown', 'unknown', 1],
  ['only-500', 'unknown', 'unknown', 0],
  ['truncate', 'unknown', 'unknown', 1],
  ['bad-json', 'unknown', 'unknown', 1],
  ['redirect', 'unknown', 'unknown', 0],
])('a vendor that does "%s" gives %s, sent once', async (act, outcome, state, effects) => {
  const { shop, send, journal } = await openWriteFixture();
  shop.add('s1');
  shop.act = () => act;
  const result = await send(lower);
  expect(result.outcome).toBe(outcome);
  expect(journal.entry(result.journalId ?? '')?.state).toBe(state);
  expect(shop.ledger).toHaveLength(effects);
  expect(shop.calls.filter((call) => call.startsWith('PATCH'))).toHaveLength(1);
});

test('a done write is journalled with its steps, and its row is refreshed', async () => {
  const { shop, send, journal, cache } = await openWriteFixture();
  shop.add('s1');
  const { journalId } = await send(lower);
  const id = journalId ?? '';
  expect(journal.entry(id)).toMatchObject({
    ref: 'nordic/s1',
    verb: 'set-quantity',
    state: 'done',
    before: { quantity: 25 },
    after: { quantity: 20 },
    vendor: { status: 200 },
    by: 'tester',
  });
  expect(journal.steps(id)).toMatchObject([{ name: 'set quantity', method: 'PATCH', answer: { outcome: 'done' } }]);
  expect(cache.kept.get('nordic/s1')?.quantity).toBe(20);
});

test('a write to an unreachable vendor is unsent, and journalled as such', async () => {
  const { shop, plan, writes, journal } = await openWriteFixture();
  shop.add('s1');
  const ready = await plan(lower);
  await shop.stop();
  const result = await writes.apply(ready, { reason: null });
  expect(result).toMatchObject({ outcome: 'unsent', fault: { kind: 'unreachable', sent: false } });
  expect(journal.entry(result.journalId ?? '')).toMatchObject({ state: 'refused' });
  expect(journal.entry(result.journalId ?? '')?.reason).toMatch(/^Nothing was sent: /);
});

test('refuses a second write on a target while the first may have happened', async () => {
  const { shop, send, writes } = await openWriteFixture();
  shop.add('s1');
  shop.add('s2');
  shop.act = ({ nth }) => (nth === 1 ? 'apply-then-reset' : 'fair');
  const { journalId } = await send(lower);
  const second = await writes.plan({ verb: 'cancel', ref: 'nordic/s1', mode: 'cancel' }, null);
  expect(second).toMatchObject({ kind: 'fault', fault: { kind: 'refused', sent: false } });
  expect(JSON.stringify(second)).toContain(journalId);
  expect((await send({ ...lower, ref: 'nordic/s2' })).outcome).toBe('done');
});

test('of two plans for one target the second is refused while the first is open', async () => {
  const { shop, plan, writes } = await openWriteFixture({ requests: true });
  shop.add('s1');
  const [one, two] = [await plan(lower), await plan({ ...lower, quantity: 10 })];
  expect((await writes.apply(one, { reason: null })).outcome).toBe('accepted');
  expect(await writes.apply(two, { reason: null })).toMatchObject({ outcome: 'unsent', fault: { kind: 'refused' } });
  expect(shop.requests.size).toBe(1);
});

test.each<[string, (clock: FastClock) => void]>([
  ['for a minute', (clock) => clock.advance(60_000)],
  ['for a minute that the clock was set back by', (clock) => [clock.advance(60_000), clock.setWall(-60_000)]],
  ['while the computer slept', (clock) => clock.sleep(60_000)],
  ['while the clock was set ahead', (clock) => clock.setWall(60_000)],
])('[fault 70] does not send a plan left open %s if the subscription changed', async (_, happens) => {
  const { shop, plan, writes, clock } = await openWriteFixture();
  const row = shop.add('s1');
  const ready = await plan(lower);
  row.quantity = 30;
  happens(clock);
  const result = await writes.apply(ready, { reason: null });
  expect(result).toMatchObject({ outcome: 'unsent', journalId: null, fault: { kind: 'refused', sent: false } });
  expect(result.fault?.message).toContain('seats 25 → 30');
  expect(shop.ledger).toEqual([]);
});

test.each(['readOnly', 'offline'] as const)('[fault 72] %s mode: no write opens a socket', async (switched) => {
  const { shop, plan, writes, mode } = await openWriteFixture();
  shop.add('s1', { addons: [{ id: 'a1', ends: false }] });
  const ref = 'nordic/s1';
  const plans = [
    await plan(lower),
    await plan({ ...lower, quantity: 30 }),
    await plan({ verb: 'cancel', ref, mode: 'cancel' }),
    await plan({ verb: 'cancel', ref, mode: 'delete' }),
    await plan({ verb: 'set-license', ref, licenseKey: 'K-1' }),
    await plan({ verb: 'update', ref, changes: { name: 'x' } }),
    await plan({ verb: 'suspend', ref }),
    await plan({ verb: 'addon-cancel', ref, addonId: 'a1' }),
  ];
  mode[switched] = true;
  const calls = shop.calls.length;
  for (const ready of plans) {
    const result = await writes.apply(ready, { reason: null });
    expect(result).toMatchObject({ outcome: 'unsent', journalId: null, fault: { kind: 'denied', sent: false } });
  }
  expect(shop.calls).toHaveLength(calls);
});

test('[fault 74] sends an order step by step, each with the result of the one before', async () => {
  const { shop, plan, writes, journal } = await openWriteFixture({ orders: true });
  shop.add('s1');
  const told: string[] = [];
  const raise = await plan({ ...lower, quantity: 35 });
  const result = await writes.apply(raise, {
    reason: null,
    onStep: ({ name, state }) => told.push(`${name} ${state}`),
  });
  expect(result.outcome).toBe('done');
  expect(shop.calls.filter((call) => call.startsWith('POST'))).toEqual([
    'POST /orders',
    'POST /orders/or-1/items',
    'POST /orders/or-1/checkout',
  ]);
  expect(told.filter((line) => line.endsWith('done'))).toEqual(['draft order done', 'add item done', 'checkout done']);
  expect(journal.steps(result.journalId ?? '')).toHaveLength(3);
});

test('[fault 74] an order that fails midway says what was done and sends no more', async () => {
  const { shop, send, journal } = await openWriteFixture({ orders: true });
  shop.add('s1');
  shop.act = ({ path }) => (path.endsWith('/items') ? 'refuse' : 'fair');
  const { outcome, journalId } = await send({ ...lower, quantity: 35 });
  expect(outcome).toBe('refused');
  expect(journal.entry(journalId ?? '')?.reason).toContain('draft order (orderId or-1)');
  expect(shop.calls.some((call) => call.endsWith('/checkout'))).toBe(false);
});

test('an order reported as done with another quantity is unknown', async () => {
  const { shop, send, journal, clock, writes } = await openWriteFixture({ orders: true });
  const row = shop.add('s1');
  shop.act = ({ path }) => {
    if (path.endsWith('/checkout')) row.quantity += 10;
    return 'fair';
  };
  const { outcome, fault, journalId } = await send({ ...lower, quantity: 35 });
  expect(outcome).toBe('unknown');
  expect(fault?.message).toContain('The vendor shows quantity 45, but quantity 35 was requested.');
  expect(journal.entry(journalId ?? '')?.state).toBe('unknown');
  clock.advance(5 * 60_000);
  expect((await writes.settle(journalId ?? '')).state).toBe('needs-person');
});

test('[fault 9] a licence key is nowhere in the journal, even if the vendor echoes it', async () => {
  const key = 'KEY/ß-42 "x"';
  const { shop, plan, writes, journal } = await openWriteFixture({
    vendor: (vendor) => ({
      ...vendor,
      abilities: {
        ...vendor.abilities,
        setLicense: (target, { licenseKey }) => ({
          sentence: `Set ${licenseKey} on ${target.name}`,
          irreversible: false,
          rule: `The key ${licenseKey} replaces the old one.`,
          before: { licenseKey: 'old-key' },
          after: { licenseKey },
          newQuantity: null,
          steps: [
            {
              name: 'set',
              method: 'PUT',
              path: `/SetLicenseKey/${encodeURIComponent(licenseKey)}`,
              send: async () => ({
                outcome: 'refused',
                fault: {
                  kind: 'refused',
                  message: `${licenseKey} is not valid`,
                  next: '',
                  connection: null,
                  sent: true,
                  vendor: null,
                },
              }),
            },
          ],
        }),
      },
    }),
  });
  shop.add('s1');
  const ready = await plan({ verb: 'set-license', ref: 'nordic/s1', licenseKey: key });
  const { writeRequest: _, draft: __, ...shown } = ready;
  expect(shown).toMatchObject({ irreversible: true, before: { licenseKey: 'none' }, after: { licenseKey: 'set' } });
  const result = await writes.apply(ready, { reason: null });
  const id = result.journalId ?? '';
  const everything = JSON.stringify([shown, result, journal.entry(id), journal.steps(id), receipt(journal, id)]);
  for (const form of [key, encodeURIComponent(key), 'ß-42', 'old-key']) expect(everything).not.toContain(form);
});

test('a done answer that the journal cannot store is unknown', async () => {
  const { shop, plan, journal, cache, connections, vendor, clock, mode } = await openWriteFixture();
  shop.add('s1');
  const ready = await plan(lower);
  const full = {
    ...journal,
    answered: () => {
      throw fault('broken', 'The disk is full.', 'Make room.');
    },
  };
  const parts = { journal: full, cache, connections, vendorOf: async () => vendor, clock, mode, by: 'tester' };
  const result = await createWrites(parts).apply(ready, { reason: null });
  expect(result).toMatchObject({ outcome: 'unknown', fault: { kind: 'unknown', sent: true } });
  expect(result.fault?.message).toContain('the outcome was: done');
});

test('an end that the journal cannot store needs nobody, and says whether it was sent', async () => {
  const { shop, plan, journal, cache, connections, vendor, clock, mode } = await openWriteFixture();
  shop.add('s1');
  shop.add('s2');
  const away = () => {
    throw fault('unreachable', 'The store is away.', 'Wait.', { sent: false });
  };
  const applyWith = async (ref: string, lacking: Partial<typeof journal>) => {
    const ready = await plan({ ...lower, ref });
    const parts = { cache, connections, vendorOf: async () => vendor, clock, mode, by: 'tester' };
    return createWrites({ ...parts, journal: { ...journal, ...lacking } }).apply(ready, { reason: null });
  };
  const unsent = await applyWith('nordic/s1', { sending: away, close: away });
  expect(unsent).toMatchObject({ outcome: 'unsent', fault: { kind: 'unreachable', sent: false } });
  expect(shop.ledger).toEqual([]);
  const sent = await applyWith('nordic/s2', { close: away, accepted: away });
  expect(sent).toMatchObject({ outcome: 'unknown', fault: { kind: 'unknown', sent: true } });
  for (const { fault: wrong } of [unsent, sent])
    expect(wrong?.next).toMatch(/^Wait\. The journal makes up for it by itself/);
});

test('a done write is taken back by a plan of its own, which shows what was before', async () => {
  const { shop, plan, writes } = await openWriteFixture();
  shop.add('s1');
  const done = await writes.apply(await plan({ verb: 'set-quantity', ref: 'nordic/s1', quantity: 20 }), {
    reason: null,
  });
  const words = 'subdeck subscription set-quantity nordic/s1 25';
  expect(done.wayBack).toMatchObject({ kind: 'offered', words, short: 'set-quantity 25' });
  if (done.wayBack?.kind !== 'offered') throw new Error('Nothing takes it back.');
  const back = await writes.apply(await plan(done.wayBack.writeRequest), { reason: null });
  expect([back.outcome, shop.rows.get('s1')?.quantity]).toEqual(['done', 25]);
});
