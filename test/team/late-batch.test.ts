import { expect, test } from 'vitest';
import { fault } from '../../src/model/fault.ts';
import { PostgresError } from '../../src/postgres/postgres-error.ts';
import type { Published } from '../../src/store/cache-writer.ts';
import { followAccount } from '../../src/team/follow-account.ts';
import { changesAtOnce, type PublishedChange, type ScopeState } from '../../src/team/sync-store.ts';
import { fastClock } from '../fault-server/clocks.ts';

const last = changesAtOnce + 1;
const state: ScopeState = {
  ...{ id: 7, line: 'server/generation', last, forgotten: 0, endedAge: null, readAge: null },
  ...{ ended: null, endedBy: null, isComplete: true },
};
const place = {
  connection: 'nordic',
  title: 'Nordic',
  vendor: 'acme',
  account: 'acme 1',
  view: 'v',
  impliedLevels: [],
};
const gone = (number: number): PublishedChange => ({
  ...{ number, kind: 'row', id: Buffer.from(`s${number}`), body: null, isGone: true, isMine: false },
  ...{ age: 0, missingAge: null },
});

/** Copies an account of two batches; the second fails `failing` times. */
async function copy(kind: 'unreachable' | 'denied', failing: number) {
  const asked: number[] = [];
  const positions: Published['position'][] = [];
  const changes = async (_scope: number, { after }: { readonly after: number }) => {
    asked.push(after);
    if (after === 0) return Array.from({ length: changesAtOnce }, (_, at) => gone(at + 1));
    if (asked.length <= failing + 1) {
      throw new PostgresError(fault(kind, 'It failed.', 'Wait.').fault, { state: null, outcome: 'unknown' });
    }
    return [gone(last)];
  };
  const cache = {
    takePublished: ({ position }: Published) => void positions.push(position),
    publishedUpTo: () => null,
  };
  const copied = followAccount(place, state, { store: { changes }, cache, clock: fastClock(), process: null });
  const failed = await copied.then(
    () => null,
    (error: PostgresError) => error.fault.kind,
  );
  return { asked, failed, end: positions.at(-1)?.number };
}

test('a first copy asks again for a batch that was late, and does not start over', async () => {
  expect(await copy('unreachable', 2)).toEqual({
    asked: [0, changesAtOnce, changesAtOnce, changesAtOnce],
    failed: null,
    end: last,
  });
});

test('a first copy gives up after three tries, and at once where it may not read', async () => {
  expect(await copy('unreachable', 3)).toMatchObject({ failed: 'unreachable', end: undefined });
  expect(await copy('denied', 1)).toMatchObject({ asked: [0, changesAtOnce], failed: 'denied', end: undefined });
});
