import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app/open-app.ts';
import type { Context } from '../../src/commands/context.ts';
import { workBesideKeys } from '../../src/commands/keys/effects/work-beside-keys.ts';
import { createSyncScheduler } from '../../src/sync/sync-scheduler.ts';
import { makeConsole, type TestConsole } from '../state/console.ts';
import { type HeldClock, heldClock } from '../state/held-clock.ts';
import { concurrencies } from './concurrencies.ts';
import { type Home, openHome } from './home.ts';

const freshFor = 300_000;
/** A step of the held clock: a read begins and ends within one. */
const step = 10_000;

describe.each(concurrencies)('concurrency %s', (concurrency) => {
  let clock: HeldClock;
  let home: Home;
  let app: App;
  let context: Context;
  let console: TestConsole;
  let stops: readonly (() => void)[] = [];

  beforeAll(async () => {
    clock = heldClock();
    home = await openHome({
      concurrency,
      clock,
      sandbox: { scale: 70 },
      connections: () => ({
        'cloudmore-seller': null,
        'cloudmore-reseller': null,
        interworks: null,
        'interworks-free': null,
      }),
    });
    app = home.openApp();
    const { cache, calls, connections, settings } = app.context;
    // Pages are written in this thread, by the held clock.
    const sync = createSyncScheduler({
      cache,
      clock,
      totals: calls.totals,
      freshFor: settings.freshFor,
      vendorOf: connections.vendor,
    });
    context = Object.create(app.context, { sync: { value: sync } });
    console = makeConsole({ context });
    stops = workBesideKeys(console.store, console.deps);
    await Promise.all(connections.list.map(({ name }) => sync.run(name, {})));
  });
  afterAll(async () => {
    for (const stop of [...stops, console.stop]) stop();
    app.close();
    await home.close();
  });

  /** Lets time pass step by step, with all answers in between. Returns the maximum age of the oldest row. */
  async function left(milliseconds: number, connection: string | null): Promise<number> {
    let most = 0;
    for (let passed = 0; passed < milliseconds; passed += step) {
      await clock.pass(step);
      while (context.sync.running().length > 0) await turn();
      most = Math.max(most, oldest(connection));
    }
    return most;
  }

  /** Milliseconds since the oldest row was read. */
  function oldest(connection: string | null): number {
    const query = {
      scope: [],
      connections: connection === null ? null : [connection],
      filter: [],
      search: null,
      sort: [],
    };
    const readAt = [...context.cache.eachSubscription(query)].map((row) => Date.parse(row.readAt));
    return clock.now() - Math.min(...readAt);
  }

  describe('a console left open for an hour', () => {
    it('shows no row older than freshFor plus a sync, on all connections', async () => {
      expect(context.connections.list).toHaveLength(3);
      await home.served('vmware');
      expect(await left(3_600_000, null)).toBeLessThan(freshFor + step);
      // Nor is it read more often.
      const lists = (await home.served('vmware')).filter(({ path }) => path.endsWith('/subscriptions/search'));
      expect(lists).toHaveLength(12);
    });

    it('leaves the other connections alone, on one connection', async () => {
      console.type('G');
      const screen = console.screen();
      if (screen.kind !== 'level' || screen.list.cursor === null) throw new Error('This is no list of sellers.');
      console.type('<enter>');
      const [connection = ''] = JSON.parse(screen.list.cursor) as readonly string[];
      expect(await left(900_000, connection)).toBeLessThan(freshFor + step);
      const others = context.connections.list.map(({ name }) => name).filter((name) => name !== connection);
      for (const other of others) expect(oldest(other)).toBeGreaterThan(600_000);
    });
  });

  it('the key o switches offline mode on and off', () => {
    console.type('o');
    expect(context.mode.offline).toBe(true);
    console.type('o');
    expect(context.mode.offline).toBe(false);
  });
});
