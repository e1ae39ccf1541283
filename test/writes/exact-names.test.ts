import { expect, test } from 'vitest';
import { can, type Draft } from '../../src/api/contract.ts';
import { openWriteFixture, type WriteFixture } from '../fault-server/write-fixture.ts';
import { answer, intent, step } from '../journal/intent.ts';

const ref = 'nordic/s1';
const minute = 60_000;
const rename = (name: string) => ({ verb: 'update', ref, changes: { name } }) as const;

/** One rename that the vendor normalises as it likes and reports as done. */
async function renamed(from: string, to: string, kept: string) {
  const fixture = await openWriteFixture();
  const row = fixture.shop.add('s1', { name: from });
  const ready = await fixture.plan(rename(to));
  fixture.shop.act = () => {
    row.name = kept;
    return 'no-effect';
  };
  const result = await fixture.writes.apply(ready, { reason: null });
  fixture.shop.act = () => 'fair';
  return { ...fixture, row, result, ...entryOf(fixture, result.journalId) };
}

function entryOf({ journal }: Pick<WriteFixture, 'journal'>, journalId: string | null) {
  const id = journalId ?? '';
  return { id, entry: () => journal.entry(id) };
}

/** A vendor that only accepts, without a request id. */
const accepting = async (from: string) => {
  const fixture = await openWriteFixture({
    vendor: (vendor) => {
      const { update } = vendor.abilities;
      if (!can(update)) throw new Error('The shop cannot update.');
      const accepts = (draft: Draft): Draft => {
        const [step] = draft.steps;
        const answer = { outcome: 'accepted', status: 202, correlationId: null, notes: {} } as const;
        const send = async () => ({ ...answer, vendorRequestId: null, vendorState: null });
        return { ...draft, atOnce: false, steps: [{ ...step, send }] };
      };
      return { ...vendor, abilities: { ...vendor.abilities, update: (...args) => accepts(update(...args)) } };
    },
  });
  return { ...fixture, row: fixture.shop.add('s1', { name: from }) };
};

test.each(['A\u200dB', 'soft\u00adware', 'می\u200cخواهم', `Z${'\u0301'.repeat(7)}`, 'x'.repeat(5000)])(
  'a name that cannot be displayed exactly is still sent and done: %j',
  async (name) => {
    const { result, entry } = await renamed('Backup', name, name);
    expect(result).toMatchObject({ outcome: 'done', fault: null });
    expect(entry()).toMatchObject({ state: 'done', reason: null, after: { name } });
  },
);

test('a name that only looks the same on the screen is different', async () => {
  const { result } = await renamed('Backup', 'A\u200dB', 'A⟨200D⟩B');
  expect(result).toMatchObject({ outcome: 'unknown', fault: { kind: 'unknown', sent: true } });
  const marks = (mark: string) => `a${mark.repeat(7)}`;
  expect((await renamed('Backup', marks('\u0301'), marks('\u0302'))).result.outcome).toBe('unknown');
});

test('settles a lost answer by the exact name at the vendor', async () => {
  const { shop, plan, writes, journal } = await openWriteFixture();
  shop.add('s1');
  const ready = await plan(rename('A\u200dB'));
  shop.act = () => 'apply-then-reset';
  const { outcome, journalId } = await writes.apply(ready, { reason: null });
  expect(outcome).toBe('unknown');
  shop.act = () => 'fair';
  expect((await writes.settle(journalId ?? '')).state).toBe('settled-applied');
  expect(journal.entry(journalId ?? '')?.reason).toContain('A⟨200D⟩B');
});

test('setting the current name, or its exported form, sends nothing', async () => {
  const { shop, writes } = await openWriteFixture();
  shop.add('s1', { name: 'A\u200dB' });
  expect(await writes.plan(rename('A\u200dB'), null)).toMatchObject({ kind: 'nothing' });
  expect(await writes.plan(rename('A⟨200D⟩B'), null)).toMatchObject({ kind: 'nothing' });
  expect(await writes.plan(rename('AB'), null)).toMatchObject({ kind: 'plan' });
});

test.each([
  ['Backup', 'Ko\u0308ln', 'Köln'],
  ['Backup', ' Köln ', 'Köln'],
  ['Backup', 'Köln  Süd', 'Köln Süd'],
])('%j to %j, stored as %j, is done with a note', async (from, to, kept) => {
  const { result, entry } = await renamed(from, to, kept);
  expect(result).toMatchObject({ outcome: 'done', left: expect.stringContaining('in another form') });
  expect(entry()).toMatchObject({ state: 'done', reason: expect.stringContaining('in another form') });
});

test.each([
  ['Köln', 'Ko\u0308ln'],
  ['Köln', 'Köln '],
])('%j to %j is not followed forever at a vendor that normalises both', async (from, to) => {
  const { result, writes, clock, id, entry } = await renamed(from, to, from);
  expect(result.outcome).toBe('accepted');
  clock.advance(4 * minute);
  expect((await writes.follower.pollNow(id)).state).toBe('running');
  clock.advance(2 * minute);
  await writes.follower.pollNow(id);
  expect(entry()).toMatchObject({ state: 'needs-person' });
});

test('an accepted rename without a visible difference waits for a person', async () => {
  const { plan, writes, clock, journal } = await accepting('Köln');
  const { outcome, journalId } = await writes.apply(await plan(rename('Ko\u0308ln')), { reason: null });
  expect(outcome).toBe('accepted');
  const { id, entry } = entryOf({ journal }, journalId);
  expect((await writes.follower.pollNow(id)).state).toBe('running');
  clock.advance(6 * minute);
  await writes.follower.pollNow(id);
  expect(entry()?.state).toBe('needs-person');
  expect(entry()?.reason).toMatch(/^The vendor accepted it but shows no change after 5 minutes\./);
});

test('an accepted rename is followed for days and done when it is visible', async () => {
  const { plan, writes, clock, journal, row } = await accepting('Backup');
  const { journalId } = await writes.apply(await plan(rename('A\u200dB')), { reason: null });
  const { id, entry } = entryOf({ journal }, journalId);
  for (let day = 0; day < 3; day++) {
    clock.advance(24 * 60 * minute);
    expect((await writes.follower.pollNow(id)).state).toBe('running');
  }
  row.name = 'A\u200dB';
  expect((await writes.follower.pollNow(id)).state).toBe('done');
  expect(entry()).toMatchObject({ state: 'done', reason: null });
});

test('an open rename of 0.1.0 with a tab waits for a person', async () => {
  const { plan, writes, clock, journal, row } = await accepting('Backup');
  const { before, target, account } = await plan(rename('A B'));
  const on = { account, view: '' };
  const written = await journal.intend({
    ...intent,
    ...on,
    ref,
    verb: 'update',
    before,
    after: { name: 'A\tB' },
    target,
  });
  const { id, entry } = entryOf({ journal }, written.kind === 'intended' ? written.id : null);
  await journal.sending(id, step);
  await journal.answered(id, { index: 0, answer: { ...answer, outcome: 'accepted' } });
  const accepted = { vendorRequestId: null, vendorState: null, from: null, to: null, vendor: null, nextCheckIn: 0 };
  await journal.accepted(id, accepted);
  row.name = 'A\tB';
  await writes.follower.pollNow(id);
  expect(entry()).toMatchObject({ state: 'unknown', after: { name: 'A\ufffdB' } });
  clock.advance(6 * minute);
  expect((await writes.settle(id)).state).toBe('needs-person');
});
