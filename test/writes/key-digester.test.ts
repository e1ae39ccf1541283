import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { Vendor } from '../../src/api/contract.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { createWrites } from '../../src/writes/create-writes.ts';
import { keyDigester } from '../../src/writes/key-digester.ts';
import { receipt } from '../../src/writes/receipt.ts';
import { openWriteFixture } from '../fault-server/write-fixture.ts';

const secret = Buffer.alloc(32, 7);
const minute = 60_000;

/** A shop that shows its licence keys, with a key already set. */
async function keyed(digestSecret: Buffer | null = secret) {
  let held: string | null = 'OLD-KEY-1';
  const licenseKey: Vendor['licenseKey'] = async (_, is) => (held === null ? null : is(held));
  const fixture = await openWriteFixture({ vendor: (vendor) => ({ ...vendor, licenseKey }) });
  fixture.shop.add('s1', { hasLicenseKey: true });
  const journal = openJournal(fixture.path, { clock: fixture.clock });
  onTestFinished(() => journal.dispose());
  const digester = async () => (digestSecret === null ? null : keyDigester(digestSecret));
  const { cache, clock, connections, mode, vendor } = fixture;
  const parts = { journal, cache, clock, connections, mode, by: 'tester', vendorOf: async () => vendor };
  const writes = createWrites({ ...parts, digester });
  const settleWith = (other: Buffer) => createWrites({ ...parts, digester: async () => keyDigester(other) });
  const lose = async (now: string) => {
    fixture.shop.act = () => 'apply-then-reset';
    const planned = await writes.plan({ verb: 'set-license', ref: 'nordic/s1', licenseKey: 'NEW-KEY-2' }, null);
    if (planned.kind !== 'plan') throw new Error(planned.kind);
    const { journalId } = await writes.apply(planned.plan, { reason: null });
    held = now;
    fixture.clock.advance(6 * minute);
    return journalId ?? '';
  };
  return { ...fixture, journal, writes, lose, settleWith };
}

test.each([
  ['NEW-KEY-2', 'settled-applied'],
  ['OLD-KEY-1', 'settled-not-applied'],
  ['THIRD-KEY', 'needs-person'],
])('a lost answer with %s at the vendor is %s', async (now, state) => {
  const { writes, lose, journal } = await keyed();
  const id = await lose(now);
  expect((await writes.settle(id)).state).toBe(state);
  const kept = JSON.stringify([journal.record(id), journal.steps(id), receipt(journal, id)]);
  for (const key of ['NEW-KEY-2', 'OLD-KEY-1', 'THIRD-KEY']) expect(kept).not.toContain(key);
});

test('without a keychain, or with another secret, a person settles', async () => {
  const none = await keyed(null);
  const unkeyed = await none.lose('NEW-KEY-2');
  expect(none.journal.record(unkeyed)?.keyDigest).toBeNull();
  expect((await none.writes.settle(unkeyed)).state).toBe('needs-person');
  const { lose, settleWith } = await keyed();
  expect((await settleWith(randomBytes(32)).settle(await lose('OLD-KEY-1'))).state).toBe('needs-person');
});

test('does not send the current key', async () => {
  const { writes, shop } = await keyed();
  const planned = await writes.plan({ verb: 'set-license', ref: 'nordic/s1', licenseKey: 'OLD-KEY-1' }, null);
  expect(planned).toMatchObject({ kind: 'nothing' });
  expect(shop.ledger).toEqual([]);
});

test('a digest reveals nothing without its secret', () => {
  const [one, other] = [keyDigester(secret), keyDigester(randomBytes(32))];
  expect(one.matches('A-1', one.of('A-1'))).toBe(true);
  expect(one.matches('A-2', one.of('A-1'))).toBe(false);
  expect(other.matches('A-1', one.of('A-1'))).toBeNull();
});
