import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import type { App } from '../../src/app/open-app.ts';
import { readOpenedFirst } from '../../src/commands/keys/effects/read-opened.ts';
import { refreshStale } from '../../src/commands/keys/effects/refresh.ts';
import type { CachedSubscription } from '../../src/model/subscription.ts';
import type { VendorId } from '../../src/model/vendor.ts';
import { subscriptionsScreen } from '../../src/state/new-screens.ts';
import { push } from '../../src/state/updates/navigate.ts';
import { makeConsole, type TestConsole } from '../state/console.ts';
import { type Home, openHome, type Served } from './home.ts';

let home: Home;
beforeAll(async () => {
  // One call at a time, so that the log shows their order.
  home = await openHome({
    sandbox: { scale: 1_400, delay: 25 },
    connections: (found) =>
      Object.fromEntries(
        found.map(({ name, settings, ...rest }) => [name, { ...rest, settings: { ...settings, concurrency: '1' } }]),
      ),
  });
});
afterAll(() => home.close());

/** A console on an empty cache, as the console mode opens it. */
async function onEmptyCache<Result>(
  work: (console: TestConsole, app: App) => Promise<Result>,
  names: readonly string[],
): Promise<Result> {
  await home.words('cache', 'purge');
  const app = home.openApp();
  const { context } = app;
  const console = makeConsole({
    context: Object.assign(Object.create(context), {
      connections: {
        ...context.connections,
        list: context.connections.list.filter(({ name }) => names.includes(name)),
      },
    }),
  });
  const stop = readOpenedFirst(console.store, console.deps);
  try {
    refreshStale(console.store, console.deps);
    return await work(console, app);
  } finally {
    await Promise.all(names.map((name) => context.sync.run(name, {})));
    stop();
    console.stop();
    app.close();
  }
}

function callOf({ method, path, query, body }: Served): string {
  return JSON.stringify([method, path, query, body]);
}

async function allRows(connection: string): Promise<readonly CachedSubscription[]> {
  const list = await home.words('subscription', 'list', '--connection', connection, '--json');
  return list.json<readonly CachedSubscription[]>();
}

describe.each<[string, VendorId, 'organization' | 'service']>([
  ['cloudmore-seller', 'cloudmore', 'service'],
  ['cloudmore-reseller', 'cloudmore', 'organization'],
  ['cloudmore-reseller', 'cloudmore', 'service'],
  ['interworks', 'interworks', 'organization'],
  ['interworks', 'interworks', 'service'],
  ['vmware', 'vmware', 'organization'],
  ['lineworks', 'lineworks', 'organization'],
  ['cloudcockpit', 'cloudcockpit', 'organization'],
])('%s, during its first sync', (connection, vendor, level) => {
  it(`reads the opened ${level} before the rest`, async () => {
    await home.words('cache', 'purge');
    await home.served(vendor);
    const rows = await allRows(connection);
    const placeOf = (row: CachedSubscription) =>
      level === 'organization' ? row.organization : (row.services[0] ?? null);
    const place = rows.map(placeOf).findLast((found) => found !== null);
    if (place === undefined || place === null) throw new Error(`${connection} has no ${level}.`);
    const expected = rows.filter((row) =>
      level === 'organization'
        ? row.organization?.id === place.id
        : row.services.some((service) => service.id === place.id),
    ).length;
    const alone = (await home.served(vendor)).map(callOf);

    await onEmptyCache(
      async (console) => {
        await console.until(({ connections }) => connections.some(({ sync }) => sync !== null));
        const pin = { level, connection, id: place.id } as const;
        const crumb = { pin, name: safeText(place.name), implied: false };
        console.store.update((state) => push(state, subscriptionsScreen([crumb])));
        await console.until(({ stack }) => {
          const top = stack.at(-1);
          return top?.kind === 'subscriptions' && top.list.total === expected;
        });
      },
      [connection],
    );
    const calls = (await home.served(vendor)).map(callOf);
    // The place's own call comes before calls of the rest that would have come before it.
    const early = calls.findIndex((call, at) => call !== alone[at]);
    expect(early).toBeGreaterThanOrEqual(0);
    expect(early).toBeLessThan(alone.length);
    expect((await allRows(connection)).length).toBe(rows.length);
  });
});

it('on an empty cache every connection shows rows while another is still read', async () => {
  const names = ['interworks', 'lineworks', 'cloudcockpit'];
  await onEmptyCache(async (console, { context }) => {
    await console.until(({ stack }) => {
      const top = stack.at(-1);
      const shown = top?.kind === 'level' ? top.list.rows.filter(({ counts }) => counts.subscriptions > 0) : [];
      return names.every((name) => shown.some((row) => row.connection === name));
    });
    expect(context.sync.running()).not.toEqual([]);
  }, names);
});
