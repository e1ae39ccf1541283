import { expect, test } from 'vitest';
import { startFollowing } from '../../src/commands/keys/effects/start-following.ts';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import type { Request } from '../../src/model/request.ts';
import { makeConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { safe, subscription } from '../state/rows.ts';

const request: Request = {
  ...{ id: 'j', ref: 'nordic/a', state: 'running', vendorState: null, vendorRequestId: null, from: 25, to: 20 },
  ...{ startedAt: '2026-11-21T11:59:18Z', checkedAt: null, nextCheckAt: null, answeredDone: false },
};
const entry: JournalEntry = {
  ...{ id: 'j', at: '2026-11-21T11:59:18Z', ref: 'nordic/a', verb: 'set-quantity', sentence: safe('Lower') },
  ...{ account: null, state: 'done', reason: null, basis: null, corrects: null },
  ...{ before: {}, after: {}, vendor: null, by: 'tester' },
};
const settled = { kind: 'settled', request: { ...request, state: 'done' }, entry } as const;

function started() {
  const fixture = makeFixture([subscription({ id: 'a', name: safe('Mail') })]);
  fixture.requests.push(request);
  const console = makeConsole(fixture);
  const news = Promise.withResolvers<readonly JournalEntry[]>();
  const { journal, writes } = fixture.context;
  Object.assign(journal, { takeNews: () => news.promise });
  Object.assign(writes, {
    recover: async () => undefined,
    pollOpenRequests: async () => ({ settled: [], rejected: [], sentence: null }),
  });
  const following = startFollowing(console.store, fixture.context, new AbortController().signal);
  const status = () => console.store.getState().status?.text ?? '';
  return { ...fixture, news, following, status, stop: console.stop };
}

/** Runs everything that waits for a promise only. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('counts an outcome that arrives while the journal is being read', async () => {
  const { emit, news, following, status, stop } = started();
  await turn();
  emit(settled);
  news.resolve([]);
  await following;
  expect(status()).toContain('1 settled while you were away');
  stop();
});

test('counts an outcome reported as event and as news once', async () => {
  const { emit, news, following, status, stop } = started();
  await turn();
  emit(settled);
  const heard = status();
  news.resolve([entry]);
  await following;
  expect(status()).toBe(heard);
  stop();
});
