import { afterEach, describe, expect, it } from 'vitest';
import { workWhenIdle } from '../../src/commands/keys/effects/idle.ts';
import { createSyncs } from '../../src/sync/sync-scheduler.ts';
import { makeConsole, type TestConsole } from './console.ts';
import { type Desk, makeDesk } from './fixture.ts';
import { manyRows } from './rows.ts';

let stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops) stop();
  stops = [];
});

interface Idle {
  readonly desk: Desk;
  readonly console: TestConsole;
  readonly done: string[];
  /** Lets so many milliseconds go by, and then the pause end. */
  pass(milliseconds: number): Promise<void>;
}

/** A cache with so many slices left to warm and to tidy, and a clock whose pauses end when the test says so. */
function idle(slices: { warm: number; tidy: number }): Idle {
  const desk = makeDesk(manyRows(3));
  const console = makeConsole(desk);
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
    ...desk.context.clock,
    wait: () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  };
  const book = Object.assign(Object.create(desk.context.book), { warm: slice('warm'), tidy: slice('tidy') });
  const syncs = createSyncs({ book, vendorOf: () => Promise.reject(new Error('Nothing is read here.')), clock });
  const sync = { ...desk.context.sync, tidy: syncs.tidy, isTidying: syncs.isTidying };
  stops.push(workWhenIdle(console.store, { ...desk.context, clock, book, sync }), () => console.stop());
  const pass = async (milliseconds: number) => {
    desk.advance(milliseconds);
    end();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { desk, console, done, pass };
}

describe('while nobody presses a key', () => {
  it('the cache is warmed and then made tight, slice by slice', async () => {
    const { done, pass } = idle({ warm: 2, tidy: 1 });
    for (let turn = 0; turn < 8; turn += 1) await pass(300);
    expect(done).toEqual(['warm', 'warm', 'tidy']);
  });

  it('and not right after a key', async () => {
    const { console, done, pass } = idle({ warm: 9, tidy: 0 });
    await pass(300);
    expect(done).toHaveLength(1);
    console.type('j');
    await pass(20);
    expect(done).toHaveLength(1);
    await pass(300);
    expect(done).toHaveLength(2);
  });

  it('and not while a connection is read', async () => {
    const { desk, done, pass } = idle({ warm: 9, tidy: 0 });
    desk.syncing.push({ connection: 'nordic', done: 1, total: 2, rowsPerSecond: 1, left: null });
    await pass(300);
    expect(done).toEqual([]);
  });
});
