import { expect, test } from 'vitest';
import { wayBackCommand, wayBackNow, wayBackText } from '../../src/writes/way-back.ts';
import { openWriteFixture } from '../fault-server/write-fixture.ts';

const lower = { verb: 'set-quantity', ref: 'nordic/s1', quantity: 20 } as const;
const words = 'subdeck subscription set-quantity nordic/s1 25';

test('an accepted write is taken back once its request is done, by a plan read fresh', async () => {
  const { shop, plan, send, journal, writes } = await openWriteFixture({ requests: true });
  shop.add('s1');
  const { outcome, journalId } = await send(lower);
  expect(outcome).toBe('accepted');
  const now = () => {
    const record = journal.record(journalId ?? '');
    if (record === null) throw new Error('The write is not in the journal.');
    return wayBackNow(record);
  };
  const text = () => wayBackText(journal.record(journalId ?? ''));
  expect(now()).toMatchObject({
    kind: 'offered',
    words,
    short: 'set-quantity 25',
    whyNot: expect.stringContaining('not finished it'),
  });
  expect(text()).toBe(`${words} – later: the vendor has not finished it yet; once it is done, it can be taken back.`);
  expect(wayBackCommand(journal.record(journalId ?? ''))).toBeNull();
  await writes.follower.settled(journalId ?? '');
  const back = now();
  expect([back.whyNot, text(), wayBackCommand(journal.record(journalId ?? ''))]).toEqual([null, words, words]);
  if (back.kind !== 'offered') throw new Error('Nothing takes it back.');
  const planned = await plan(back.writeRequest);
  expect(planned).toMatchObject({ before: { quantity: 20 }, after: { quantity: 25 } });
});

test('a write that was not applied, or whose outcome is unknown, is not taken back', async () => {
  const { shop, send, journal, writes } = await openWriteFixture();
  shop.add('s1');
  const { journalId } = await send(lower);
  const now = () => {
    const record = journal.record(journalId ?? '');
    if (record === null) throw new Error('The write is not in the journal.');
    return wayBackNow(record);
  };
  expect(now()).toMatchObject({ kind: 'offered', whyNot: null });
  await writes.settleByPerson(journalId ?? '', 'not-applied');
  expect(now()).toMatchObject({ kind: 'none', why: 'It was not applied, so there is nothing to take back.' });
  const record = journal.record(journalId ?? '');
  if (record === null) throw new Error('The write is not in the journal.');
  const entry = { ...record.entry, state: 'unknown' } as const;
  expect(wayBackNow({ entry, wayBack: record.wayBack }).whyNot).toBe('Its outcome is not known: settle it first.');
});

test('a write without a way back that this version knows says so', async () => {
  const { shop, send, journal } = await openWriteFixture();
  shop.add('s1');
  const { journalId } = await send(lower);
  const record = journal.record(journalId ?? '');
  if (record === null) throw new Error('The write is not in the journal.');
  const { entry } = record;
  const why = (wayBack: typeof record.wayBack) => {
    const back = wayBackNow({ entry, wayBack });
    return back.kind === 'none' ? back.why : back.words;
  };
  expect(why(null)).toBe('What takes it back was not recorded.');
  expect(why({ no: 'It is gone.' })).toBe('It is gone.');
  expect(why({ operation: 'teleport', given: {} })).toBe('This version of Subdeck has no teleport.');
  expect(why({ operation: 'set-quantity', given: { quantity: 'many' } })).not.toContain('subdeck ');
});
