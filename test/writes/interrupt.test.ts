import { expect, test } from 'vitest';
import { openWriteFixture } from '../fault-server/write-fixture.ts';
import type { Point } from './sender.ts';
import { startSender } from './start-sender.ts';

const ref = 'nordic/s1';
const cancel = { verb: 'cancel', ref, mode: 'cancel' } as const;

async function interrupted(at: Point, signal: NodeJS.Signals, times: number) {
  const fixture = await openWriteFixture();
  fixture.shop.add('s1');
  const { shop, path } = fixture;
  const shopOptions = { requests: false, orders: false };
  const options = { path, origin: shop.origin, writeRequest: cancel, ...shopOptions, kill: null, wait: false };
  const { ended, said } = startSender({ ...options, interrupt: { at, signal, times } });
  const [code] = await ended;
  const { journal, writes } = fixture.open();
  await writes.recover();
  const [entry] = journal.entries({ ref, state: null, since: null, limit: null });
  return { code, said: said(), state: entry?.state, effects: shop.ledger.length };
}

test.each([
  ['SIGINT', 'before intend'],
  ['SIGINT', 'after intend'],
  ['SIGHUP', 'after intend'],
  ['SIGINT', 'before sending'],
  ['SIGINT', 'after sending'],
  ['SIGINT', 'before answered'],
] as const)('a %s while a write waits %s lets it finish', async (signal, at) => {
  const { code, said, state, effects } = await interrupted(at, signal, 1);
  expect([code, JSON.parse(said).outcome, state, effects]).toEqual([0, 'done', 'done', 1]);
});

test.each([
  ['after intend', 'refused', 0],
  ['after sending', 'unknown', 0],
  ['before answered', 'unknown', 1],
] as const)('a second signal while it waits %s has the effect of a kill', async (at, found, sent) => {
  const { code, said, state, effects } = await interrupted(at, 'SIGINT', 2);
  expect([code, said, state, effects]).toEqual([130, '', found, sent]);
});
