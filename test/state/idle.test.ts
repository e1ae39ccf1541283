import { afterEach, describe, expect, it } from 'vitest';
import { workWhenIdle } from '../../src/commands/keys/effects/idle.ts';
import { createSyncScheduler } from '../../src/sync/sync-scheduler.ts';
import { noProgress, noTraffic } from '../sync/traffic.ts';
import { makeConsole, type TestConsole } from './console.ts';
import { type ConsoleFixture, makeFixture } from './fixture.ts';
import { manyRows } from './rows.ts';

let stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops) stop();
  stops = [];
});

interface Idle {
  readonly fixture: ConsoleFixture;
  readonly console: TestConsole;
  readonly done: string[];
  /** Lets this many milliseconds pass, then ends the pause. */
  pass(milliseconds: number): Promise<void>;
}

/** A cache with this many slices left to preload and compact, and a clock whose pauses end when the test says so. */
function idle(slices: { warm: number; tidy: number }): Idle {
  const fixture = makeFixture(manyRows(3));
  const console = makeConsole(fixture);
  const done: string[] = [];
  const left = { ...slices };
  const slice = (what: 'warm' | 'tidy') => () => {
    if (left[what] === 0) return false;
    left[what] -= 1;
    done.push(what);
    return true;
  };
  let end: () => void = () => undefined;
  const clock = {
    ...fixture.context.clock,
    wait: () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  };
  const cache = Object.assign(Object.create(fixture.context.cache), { warm: slice('warm'), tidy: slice('tidy') });
  const syncs = createSyncScheduler({
    freshFor: 300,
    cache,
    vendorOf: () => Promise.reject(new Error('Nothing is read here.')),
    clock,
    totals: () => noTraffic,
  });
  const sync = { ...fixture.context.sync, tidy: syncs.tidy, isTidying: syncs.isTidying };
  stops.push(workWhenIdle(console.store, { ...fixture.context, clock, cache, sync }), () => console.stop());
  const pass = async (milliseconds: number) => {
    fixture.advance(milliseconds);
    end();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { fixture, console, done, pass };
}

describe('while no key is pressed', () => {
  it('warms the cache and then tidies it, slice by slice', async () => {
    const { done, pass } = idle({ warm: 2, tidy: 1 });
    for (let turn = 0; turn < 8; turn += 1) await pass(300);
    expect(done).toEqual(['warm', 'warm', 'tidy']);
  });

  it('pauses right after a key', async () => {
    const { console, done, pass } = idle({ warm: 9, tidy: 0 });
    await pass(300);
    expect(done).toHaveLength(1);
    console.type('j');
    await pass(20);
    expect(done).toHaveLength(1);
    await pass(300);
    expect(done).toHaveLength(2);
  });

  it('pauses while a connection is read', async () => {
    const { fixture, done, pass } = idle({ warm: 9, tidy: 0 });
    fixture.syncing.push({ ...noProgress, connection: 'nordic', done: 1, total: 2, rowsPerSecond: 1 });
    await pass(300);
    expect(done).toEqual([]);
  });
});
