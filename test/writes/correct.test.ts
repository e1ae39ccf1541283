import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { exactWords } from '../../src/model/date-words.ts';
import type { JournalState } from '../../src/model/journal-entry.ts';
import { news } from '../../src/writes/news.ts';
import { receipt } from '../../src/writes/receipt.ts';
import type { Act } from '../fault-server/shop.ts';
import { openWriteFixture } from '../fault-server/write-fixture.ts';

const ref = 'nordic/s1';
const lower = { verb: 'set-quantity', ref, quantity: 20 } as const;
const minute = 60_000;

/** A finished write. */
async function ended(state: JournalState) {
  const acts: Partial<Record<JournalState, Act>> = {
    refused: 'refuse',
    'settled-applied': 'apply-then-reset',
    'settled-not-applied': 'reset-before-read',
  };
  const fixture = await openWriteFixture();
  fixture.shop.add('s1');
  fixture.shop.act = () => acts[state] ?? 'fair';
  const { journalId } = await fixture.send(lower);
  const id = journalId ?? '';
  fixture.shop.act = () => 'fair';
  fixture.clock.advance(6 * minute);
  if (fixture.journal.entry(id)?.state === 'unknown') await fixture.writes.settle(id);
  expect(fixture.journal.entry(id)?.state).toBe(state);
  return { ...fixture, id };
}

test.each([
  ['done', 'not-applied', 'answer'],
  ['refused', 'applied', 'answer'],
  ['settled-applied', 'not-applied', 'evidence'],
  ['settled-not-applied', 'applied', 'evidence'],
] as const)('a person corrects %s to %s; both verdicts are kept', async (state, as, basis) => {
  const { writes, journal, open, id, clock } = await ended(state);
  const before = journal.verdicts(id);
  expect(before.at(-1)).toMatchObject({ state, basis, by: null });
  clock.advance(minute);
  const entry = await writes.settleByPerson(id, as);
  expect(entry).toMatchObject({ state: `settled-${as}`, basis: 'person', corrects: state });
  const verdicts = open().journal.verdicts(id);
  expect(verdicts.slice(0, -1)).toEqual(before);
  expect(verdicts.at(-1)).toEqual({
    state: `settled-${as}`,
    at: new Date(clock.now()).toISOString(),
    basis: 'person',
    by: 'tester',
    reason: `tester checked it at the vendor and recorded it as ${as === 'applied' ? 'applied' : 'not applied'}.`,
  });
  const text = receipt(journal, id) ?? '';
  expect(text).toContain('**Corrects:**');
  for (const verdict of verdicts) expect(text).toContain(exactWords(verdict.at));
});

test('repeating the current verdict changes nothing', async () => {
  const { writes, journal, id } = await ended('done');
  const before = journal.verdicts(id);
  await expect(writes.settleByPerson(id, 'applied')).rejects.toThrow('already has this outcome');
  await writes.settleByPerson(id, 'not-applied');
  await expect(writes.settleByPerson(id, 'not-applied')).rejects.toThrow('already has this outcome');
  await writes.settleByPerson(id, 'applied');
  expect(journal.verdicts(id)).toHaveLength(before.length + 2);
  expect(journal.entry(id)).toMatchObject({ state: 'settled-applied', corrects: 'settled-not-applied' });
});

test('a correction changes no lock and is not reported as news', async () => {
  const { writes, journal, send, id, shop } = await ended('done');
  await writes.settleByPerson(id, 'not-applied');
  expect(await journal.openOn({ ref, account: 'shop' })).toBeNull();
  expect(await journal.due()).toEqual([]);
  expect((await news(journal)).sentence).toBeNull();
  // Another write with a lost answer keeps the subscription blocked, whatever is said of the earlier one.
  shop.act = () => 'apply-then-reset';
  const lost = await send({ ...lower, quantity: 10 });
  expect(lost.outcome).toBe('unknown');
  await writes.settleByPerson(id, 'applied');
  const planned = await writes.plan({ ...lower, quantity: 5 }, null);
  expect(planned).toMatchObject({ kind: 'fault', fault: { kind: 'refused' } });
});

test('a sent row is not resent after a person settles it as not applied', async () => {
  const { shop, plan, writes, journal } = await openWriteFixture();
  shop.add('s1');
  const part = { plan: 'p-1', row: 1 };
  const { journalId } = await writes.apply(await plan(lower), { reason: null, part });
  await writes.settleByPerson(journalId ?? '', 'not-applied');
  const again = await writes.apply(await plan({ ...lower, quantity: 10 }), { reason: null, part });
  expect(again).toMatchObject({ outcome: 'unsent', fault: { kind: 'refused' } });
  expect((await journal.partsOf('p-1')).get(1)).toMatchObject({ left: true, entry: { state: 'settled-not-applied' } });
});

test('a poll in flight does not override the verdict of a person', async () => {
  const { writes, journal, id } = await ended('settled-applied');
  await writes.settleByPerson(id, 'not-applied');
  expect(await journal.close(id, { state: 'settled-applied', reason: 'late', vendor: null, basis: 'evidence' })).toBe(
    false,
  );
  expect(journal.entry(id)?.state).toBe('settled-not-applied');
});

test('the verdict of an entry of 0.1.0 is kept before the correction', async () => {
  const { writes, journal, id, path } = await ended('done');
  const database = new DatabaseSync(path);
  database.exec('DELETE FROM verdict');
  database.close();
  expect(journal.verdicts(id)).toMatchObject([{ state: 'done', basis: null, by: null }]);
  await writes.settleByPerson(id, 'not-applied');
  expect(journal.verdicts(id)).toMatchObject([
    { state: 'done', basis: null },
    { state: 'settled-not-applied', basis: 'person', by: 'tester' },
  ]);
});

test('a verdict changed on disk is detected, stops writes and needs a person', async () => {
  const { writes, open, id, path } = await ended('done');
  await writes.settleByPerson(id, 'not-applied');
  const database = new DatabaseSync(path);
  database.exec(`UPDATE verdict SET body = replace(body, 'tester', 'nobody') WHERE number = 1`);
  const next = open();
  expect(next.journal.health()?.message).toContain('damaged');
  await next.writes.settleByPerson(id, 'not-applied');
  expect(next.journal.health()).toBeNull();
  expect(next.journal.verdicts(id).map(({ state }) => state)).toEqual(['done', 'settled-not-applied']);
  expect(String(database.prepare('SELECT row FROM wreck').get()?.row)).toContain('nobody');
  database.close();
});

test('every verdict says what it is based on', async () => {
  const { send, shop, journal, clock, writes } = await openWriteFixture({ requests: true });
  shop.add('s1');
  shop.act = () => 'apply-then-reset';
  const { journalId } = await send(lower);
  const id = journalId ?? '';
  clock.advance(6 * minute);
  await writes.settle(id);
  await writes.settle(id);
  await writes.settleByPerson(id, 'applied');
  expect(journal.verdicts(id).map(({ state, basis, by }) => [state, basis, by])).toEqual([
    ['unknown', 'answer', null],
    ['needs-person', 'evidence', null],
    ['settled-applied', 'person', 'tester'],
  ]);
});
