import { afterEach, describe, expect, it } from 'vitest';
import { keepFresh } from '../../src/commands/keys/effects/keep-fresh.ts';
import { noteInput } from '../../src/commands/keys/hasty-keys.ts';
import { type Fault, FaultError, fault } from '../../src/model/fault.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import type { LastRead } from '../../src/model/sync-progress.ts';
import { type BulkScreen, bulkScreen } from '../../src/state/today-screens.ts';
import { push } from '../../src/state/updates/navigate.ts';
import { makeConsole, type TestConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { type HeldClock, heldClock } from './held-clock.ts';
import { connections, manyRows, noon, safe, subscription } from './rows.ts';

let stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops) stop();
  stops = [];
});

interface Fresh {
  readonly console: TestConsole;
  readonly clock: HeldClock;
  /** The reads: a connection with the nodes it was limited to, or a REF. */
  readonly asked: string[];
  /** The rows of the vendors from now on. */
  change(rows: (before: readonly Subscription[]) => readonly Subscription[]): void;
  fail(fault: Fault | null): void;
}

/** A console on rows that were read two minutes ago; a read returns the rows of the vendors. */
function fresh(rows = manyRows(120), refresh: 'auto' | 'off' = 'auto'): Fresh {
  const fixture = makeFixture(rows);
  const { cache, context } = fixture;
  const clock = heldClock(noon);
  const asked: string[] = [];
  const reads: LastRead[] = [];
  let now: readonly Subscription[] = rows;
  let failure: Fault | null = null;
  const read = () => {
    const readAt = new Date(clock.now()).toISOString();
    cache.change(now.map((row) => ({ ...row, readAt })));
    return readAt;
  };
  Object.assign(context, { clock, settings: { ...context.settings, refresh } });
  Object.assign(context.sync, {
    lastReads: () => reads,
    async readPlace(connection: string, below: readonly { readonly id: string | null }[]) {
      asked.push([connection, ...below.map(({ id }) => id)].join(' '));
      const place = { connection, within: null, endedAt: clock.monotonic(), took: 10 };
      if (failure !== null) cache.noteFault(connection, failure);
      reads.push({ ...place, readAt: failure === null ? read() : null, fault: failure?.kind ?? null });
      return { connection, rows: 0, complete: failure === null, missing: [], fault: failure, notes: [] };
    },
    async refreshOne(ref: string, { isRefresh = false }: { readonly isRefresh?: boolean } = {}) {
      asked.push(isRefresh ? ref : `${ref} for a person`);
      if (failure !== null) throw new FaultError(failure);
      read();
    },
  });
  const console = makeConsole(fixture);
  stops.push(keepFresh(console.store, console.deps), () => console.stop());
  return {
    console,
    clock,
    asked,
    change: (how) => {
      now = how(now);
    },
    fail: (found) => {
      failure = found;
    },
  };
}

/** The list of subscriptions, opened above a bulk plan. */
function openAbove(console: TestConsole, plan: Partial<BulkScreen>): void {
  const facts = { format: 'subdeck-plan', version: 1, id: 'plan-0001', createdAt: '2026-01-01T00:00:00Z' } as const;
  const empty = { ...facts, by: 'ada', source: 'marked rows', rows: [], unknownRows: [] };
  console.store.update((state) => push(state, { ...bulkScreen(empty, { leftOut: [], outside: new Set() }), ...plan }));
  console.type(':subscriptions<enter>');
}

/** Lets seconds pass one by one. */
async function pass(clock: HeldClock, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) await clock.pass(1_000);
}

describe('an idle console', () => {
  it('refreshes what is on screen at freshFor, and again after the next', async () => {
    const { clock, asked } = fresh();
    await pass(clock, 179);
    expect(asked).toEqual([]);
    await pass(clock, 1);
    expect(asked).toEqual(['nordic', 'bss', 'line']);
    await pass(clock, 299);
    expect(asked).toHaveLength(3);
    await pass(clock, 1);
    expect(asked).toHaveLength(6);
  });

  it('waits for 5 s without a key', async () => {
    const { console, clock, asked } = fresh();
    await pass(clock, 178);
    console.type('j');
    await pass(clock, 4);
    expect(asked).toEqual([]);
    await pass(clock, 1);
    expect(asked).toHaveLength(3);
  });

  it.each([
    ['the connection that is open', '<enter>', ['bss']],
    ['the organization that is open', '<enter>j<enter>', ['bss o1']],
    ['every connection on Today', 'T', ['nordic', 'bss', 'line']],
    ['nothing on the journal', 'J', []],
  ])('refreshes %s', async (_, keys, places) => {
    const { console, clock, asked } = fresh();
    console.type(keys);
    await pass(clock, 181);
    expect(asked).toEqual(places);
  });

  it('refreshes only the open subscription', async () => {
    const { console, clock, asked } = fresh();
    console.type('S<enter>');
    const screen = console.screen();
    await pass(clock, 181);
    expect(asked).toEqual([screen.kind === 'subscription' ? screen.ref : null]);
  });

  it.each<[string, (open: Fresh) => void | Promise<void>]>([
    ['offline', ({ console }) => console.type('o')],
    [
      'with a plan open',
      async ({ console }) => {
        console.type('S<enter>a');
        await console.until(({ overlay }) => overlay?.kind === 'menu');
        console.type('<enter>');
        await console.until(({ overlay }) => overlay?.kind === 'form');
        console.type('3<enter>');
        await console.until(({ overlay }) => overlay?.kind === 'plan');
      },
    ],
    ['above a bulk plan that was not run yet', ({ console }) => openAbove(console, {})],
    ['while a bulk plan is sent', ({ console }) => openAbove(console, { running: true, since: noon })],
    [
      'while a bulk plan is sent whose screen was left',
      ({ console }) => {
        openAbove(console, { running: true, since: noon });
        console.type('<escape><escape>');
      },
    ],
  ])('refreshes nothing %s', async (_, prepare) => {
    const open = fresh();
    await prepare(open);
    await pass(open.clock, 400);
    expect(open.asked).toEqual([]);
  });

  it('refreshes again after a bulk plan was run', async () => {
    const { console, clock, asked } = fresh();
    openAbove(console, { since: noon });
    await pass(clock, 181);
    expect(asked).toEqual(['nordic', 'bss', 'line']);
  });

  it('refreshes nothing with refresh off', async () => {
    const { clock, asked } = fresh(undefined, 'off');
    await pass(clock, 400);
    expect(asked).toEqual([]);
  });
});

describe('an automatic refresh', () => {
  const news = (before: readonly Subscription[]) => [
    ...Array.from({ length: 30 }, (_, index) => subscription({ id: `new-${index}`, name: safe(`Aardvark ${index}`) })),
    ...before.map((row) => ({ ...row, quantity: (row.quantity ?? 0) + 1 })),
  ];

  it('keeps the cursor, its line, marks and filter', async () => {
    const { console, clock, change } = fresh();
    console.type('S/qty>5<enter>');
    console.type('j'.repeat(40));
    console.type(' jj ');
    const before = console.screen();
    if (before.kind !== 'subscriptions') throw new Error('This is no list.');
    change(news);
    await pass(clock, 190);
    const after = console.screen();
    if (after.kind !== 'subscriptions') throw new Error('This is no list any more.');
    expect(after.list.total).toBeGreaterThan(before.list.total);
    expect(after.list.cursor).toBe(before.list.cursor);
    expect(after.list.index - after.list.top).toBe(before.list.index - before.list.top);
    expect(after.list.index).toBeGreaterThan(before.list.index);
    expect(after.marks).toEqual(before.marks);
    expect(after.filterText).toBe('qty>5');
    expect(after.list.rows[after.list.index - after.list.offset]?.readAt).not.toBe('2026-11-21T11:58:00.000Z');
  });

  it('keeps a form unchanged', async () => {
    const { console, clock, asked, change } = fresh();
    console.type('S<enter>a');
    await console.until(({ overlay }) => overlay?.kind === 'menu');
    console.type('<enter>');
    await console.until(({ overlay }) => overlay?.kind === 'form');
    console.type('12');
    const before = console.overlay();
    change(news);
    await pass(clock, 190);
    expect(asked).toHaveLength(1);
    expect(console.overlay()).toBe(before);
  });

  it('keeps the selected entry of the palette for Enter', async () => {
    const { console, clock, change } = fresh();
    console.type(':Backup<down><down>');
    const before = console.overlay();
    change((rows) => [...rows, subscription({ id: 'Backup', name: safe('Backup') })]);
    await pass(clock, 190);
    expect(console.overlay()).toEqual(before);
  });

  it('scrolls no text', async () => {
    const { console, clock, asked, change } = fresh();
    console.type('S<enter><tab><tab>');
    const before = console.screen();
    change(news);
    await pass(clock, 190);
    expect(asked).toHaveLength(1);
    const tabAndScroll = (screen: typeof before) => screen.kind === 'subscription' && [screen.tab, screen.scroll];
    expect(tabAndScroll(console.screen())).toEqual(tabAndScroll(before));
  });

  it.each([
    ['another customer', { id: 'o99', name: safe('New Oy') }, 'item', 3],
    ['the customer under the cursor', { id: 'o1', name: safe('Organization 1') }, 'group', 0],
  ])('updates Today and keeps its cursor: an urgent item of %s', async (_, organization, kind, index) => {
    const { console, clock, change } = fresh(manyRows(30));
    console.type('Tjj');
    const before = console.screen();
    if (before.kind !== 'today') throw new Error('This is not Today.');
    expect(before.list.rows[2]).toMatchObject({ kind: 'item', item: { ref: 'nordic/sub-15' } });
    const urgent = subscription({ id: 'urgent', organization, cancellableUntil: '2026-11-21T13:00:00Z' });
    change((rows) => [urgent, ...rows]);
    await pass(clock, 190);
    const after = console.screen();
    if (after.kind !== 'today') throw new Error('This is not Today any more.');
    expect(after.found?.items.map(({ ref }) => ref)).toContain('nordic/urgent');
    expect(after.list.cursor).toBe(before.list.cursor);
    expect(after.list.index).toBe(index);
    expect(after.list.rows[index]).toMatchObject({ kind, id: before.list.cursor });
  });
});

describe('a lost network', () => {
  const silent = fault('unreachable', 'No answer.', 'Check the network.').fault;

  it('is retried every minute, and the console goes online again by itself', async () => {
    const { console, clock, asked, fail } = fresh();
    fail(silent);
    console.type('r');
    await console.until(({ offline }) => offline);
    expect(console.state().status?.text).toContain('No vendor can be reached');
    asked.length = 0;
    await pass(clock, 179);
    expect(asked).toEqual([]);
    await pass(clock, 1);
    expect(asked).toEqual(connections.map(({ name }) => name));
    expect(console.state()).toMatchObject({ offline: true, isNetworkLost: true });
    await pass(clock, 59);
    expect(asked).toHaveLength(3);
    fail(null);
    await pass(clock, 1);
    expect(asked).toHaveLength(6);
    expect(console.state()).toMatchObject({ offline: false, isNetworkLost: false, status: null });
  });

  it('is not retried if a person chose offline', async () => {
    const { console, clock, asked, fail } = fresh();
    fail(silent);
    console.type('r');
    await console.until(({ offline }) => offline);
    console.type('oo');
    asked.length = 0;
    await pass(clock, 600);
    expect(asked).toEqual([]);
  });
});

it('does not sign in with a wrong password again, whatever is opened', async () => {
  const { console, clock, asked, fail } = fresh(manyRows(3));
  fail(fault('signed-out', 'The password is wrong.', 'Set it.').fault);
  console.type('S<enter>');
  await pass(clock, 181);
  const [first = ''] = asked;
  const [connection = ''] = first.split('/');
  expect(asked).toEqual([expect.stringMatching(/^(nordic|bss|line)\/sub-/)]);
  for (const keys of ['<tab>', '<escape><escape>', 'T']) {
    console.type(keys);
    await pass(clock, 100);
  }
  expect(asked.filter((each) => each.startsWith(connection))).toEqual([first]);
  expect(asked).toHaveLength(3);
});

it('scrolling counts as a key', async () => {
  const { console, clock, asked } = fresh();
  await pass(clock, 178);
  noteInput(console.store, clock.monotonic());
  await pass(clock, 4);
  expect(asked).toEqual([]);
});
