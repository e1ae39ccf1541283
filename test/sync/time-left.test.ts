import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CallLimits } from '../../src/api/call-limits.ts';
import type { Page } from '../../src/api/contract.ts';
import { createCallPace } from '../../src/api/http/call-pace.ts';
import { createCallQueue } from '../../src/api/http/call-queue.ts';
import { pagesByNumber } from '../../src/api/http/paging.ts';
import { lineworksLimits } from '../../src/api/lineworks/limits.ts';
import { readAhead } from '../../src/api/read-ahead.ts';
import { createRecentCalls } from '../../src/app/recent-calls.ts';
import type { Clock } from '../../src/model/clock.ts';
import type { SafeText } from '../../src/model/text.ts';
import { openCache } from '../../src/query/open-cache.ts';
import { writePagesHere } from '../../src/sync/page-writer.ts';
import { createSyncScheduler } from '../../src/sync/sync-scheduler.ts';
import { createTimeLeft } from '../../src/sync/time-left.ts';
import { heldTime } from '../fault-server/clocks.ts';
import { fill, page, row, scratch, standingClock } from '../store/rows.ts';
import { vendorThat } from './vendor.ts';

/** A sync with slow answers, on a clock that jumps to the next awaited time. */
interface Run {
  readonly pages: number;
  readonly rowsPerPage?: (page: number) => number;
  readonly concurrency: number;
  /** Milliseconds for an answer and for storing a page. */
  readonly delay: number;
  readonly keeping?: number;
  readonly limits?: CallLimits;
  /** Who counted the list. */
  readonly counted: 'by the vendor' | 'at the last sync' | 'by nobody';
}

/** More turns of the event loop than storing a page takes. */
const idleTurns = 40;

/** A clock that jumps to the next awaited time once all other work is done, so that work itself takes no time. */
function jumpingClock(): Clock {
  const time = heldTime();
  const waiting: { readonly at: number; readonly go: () => void }[] = [];
  let round = 0;

  function restart(): void {
    round += 1;
    const mine = round;
    const turn = (left: number): void => {
      if (mine !== round) return;
      if (left > 0) return void setImmediate(turn, left - 1);
      const at = Math.min(...waiting.map((one) => one.at));
      if (at === Number.POSITIVE_INFINITY) return;
      time.advance(at - time.monotonic());
      for (const one of waiting.filter((each) => each.at <= at)) {
        waiting.splice(waiting.indexOf(one), 1);
        one.go();
      }
      restart();
    };
    turn(idleTurns);
  }

  return {
    ...time,
    wait: (milliseconds) =>
      new Promise((resolve) => {
        waiting.push({ at: time.monotonic() + milliseconds, go: resolve });
        restart();
      }),
  };
}

interface Estimate {
  readonly share: number;
  readonly left: number | null;
  readonly really: number;
}

async function progressOf(run: Run): Promise<readonly Estimate[]> {
  const { pages, rowsPerPage = () => 3, concurrency, delay, keeping = 0, counted } = run;
  const clock = jumpingClock();
  const calls = createRecentCalls(clock);
  const connection = 'nordic';
  const pace = createCallPace(run.limits ?? { kind: 'unknown', source: 'a test' }, clock, (wait) =>
    calls.onWait({ connection, why: 'limit', ...wait }),
  );
  const queue = createCallQueue(concurrency, clock, pace);
  const sizes = Array.from({ length: pages }, (_, number) => rowsPerPage(number));
  const rowsOf = (number: number) =>
    Array.from({ length: sizes[number] ?? 0 }, (_, index) => row({ id: `${number}-${index}` }));
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  const fetch = async (number: number) => {
    const turn = await queue.turn({ urgency: 'background' });
    await clock.wait(delay);
    const call = { connection, method: 'GET', path: '/' as SafeText, status: 200, milliseconds: delay };
    calls.onCall({ ...call, correlationId: null, limitLeft: null, at: '' });
    turn.answered('good', {});
    turn.end();
    return rowsOf(number);
  };
  async function* numbered(): AsyncGenerator<Page> {
    const size = sizes[0] ?? 1;
    const list = pagesByNumber(
      async (number) => ({ items: await fetch(number - 1), total: rows, size, hasNext: null }),
      { connection, keyOf: ({ id }) => id, size, ahead: queue.width, onIncomplete: () => undefined },
    );
    for await (const { items, done, total, next } of list) {
      yield page(items, { progress: { done, total }, complete: next === null });
    }
  }
  async function* uncounted(): AsyncGenerator<Page> {
    let done = 0;
    for await (const items of readAhead(sizes.keys(), queue.width, fetch)) {
      done += 1;
      yield page(items, { progress: { done, total: null }, complete: done === pages });
    }
  }
  // Not compacted after each page.
  const cache = openCache(join(scratch(), 'cache.db'), { clock: standingClock() });
  if (counted === 'at the last sync')
    fill(
      cache,
      sizes.flatMap((_, number) => rowsOf(number)),
    );
  const here = writePagesHere(cache);
  const syncs = createSyncScheduler({
    freshFor: 300,
    cache,
    clock,
    totals: calls.totals,
    pageWriter: {
      ...here,
      keepPage: async (...kept) => {
        if (keeping > 0) await clock.wait(keeping);
        await here.keepPage(...kept);
      },
    },
    vendorOf: async () => ({
      ...vendorThat({ sync: counted === 'by the vendor' ? numbered : uncounted }),
      timeFor: pace.timeFor,
    }),
  });
  const events: { readonly at: number; readonly share: number; readonly left: number | null }[] = [];
  syncs.subscribe(() => {
    for (const progress of syncs.running())
      events.push({ at: clock.monotonic(), share: progress.rows / rows, left: progress.left });
  });
  const end = await syncs.run(connection, {});
  expect(end).toMatchObject({ complete: true, rows });
  const ended = clock.monotonic();
  return events.filter(({ share }) => share > 0).map(({ at, share, left }) => ({ share, left, really: ended - at }));
}

const evenly = { delay: 1_000, counted: 'by the vendor' } as const;
const rateLimited = { ...lineworksLimits, calls: { untilAnswered: 60, unlessNamed: 60 } };
const runs: readonly (readonly [string, Run])[] = [
  ['sequential calls', { ...evenly, pages: 60, concurrency: 1 }],
  ['four parallel calls', { ...evenly, pages: 60, concurrency: 4 }],
  ['eight parallel calls', { ...evenly, pages: 100, concurrency: 8 }],
  ['sixteen parallel calls', { ...evenly, pages: 200, concurrency: 16 }],
  ['pages that are slow to store', { ...evenly, pages: 60, concurrency: 4, keeping: 800 }],
  ['a list counted by the last sync only', { ...evenly, pages: 80, concurrency: 4, counted: 'at the last sync' }],
  [
    'pages of different sizes',
    { ...evenly, pages: 120, concurrency: 4, rowsPerPage: (at) => 1 + (at % 7), counted: 'at the last sync' },
  ],
  [
    'a limit of 60 calls a minute',
    { ...evenly, delay: 200, pages: 300, concurrency: 4, limits: rateLimited, counted: 'at the last sync' },
  ],
];

describe('the estimated time left', () => {
  it.each(runs)('for %s is within a factor of two after the first tenth', async (_, run) => {
    const events = (await progressOf(run)).filter(({ share }) => share >= 0.1);
    expect(events.length).toBeGreaterThan(20);
    // Shortly before the end a single answer is most of the time left.
    const wrong = events.filter(
      ({ left, really }) =>
        left === null || (Math.abs(left - really) > run.delay && (left > really * 2 || left < really / 2)),
    );
    expect(wrong).toEqual([]);
  });

  it('is unknown for a list of unknown length', async () => {
    const events = await progressOf({ ...evenly, pages: 30, concurrency: 4, counted: 'by nobody' });
    expect(events.map(({ left }) => left).filter((left) => left !== null)).toEqual([]);
  });

  it('is unknown once there are more rows than at the last sync', () => {
    const timeLeft = createTimeLeft(100, () => 0);
    const at = (rows: number, at: number) => timeLeft({ at, waited: 0, done: rows, total: null, rows, calls: 0 });
    expect([at(20, 0), at(60, 2_000), at(101, 4_000)]).toEqual([null, 2_000, null]);
  });
});
