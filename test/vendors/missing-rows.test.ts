import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CachedSubscription } from '../../src/model/subscription.ts';
import { troubled } from '../../src/state/layout.ts';
import { makeConsole } from '../state/console.ts';
import { concurrencies } from './concurrencies.ts';
import { type Home, openHome } from './home.ts';

const connections = [
  ...(['cloudmore-seller', 'cloudmore-reseller', 'interworks', 'interworks-free'] as const),
  ...(['vmware', 'lineworks', 'cloudcockpit'] as const),
];

describe.each(concurrencies)('concurrency %s', (concurrency) => {
  let home: Home;
  beforeAll(async () => {
    home = await openHome({ concurrency });
  });
  afterAll(() => home.close());

  async function rowsOf(name: string, ...flags: readonly string[]): Promise<readonly CachedSubscription[]> {
    const list = await home.words('subscription', 'list', '--connection', name, '--json', ...flags);
    return list.json<readonly CachedSubscription[]>();
  }

  function vendorOf(name: string) {
    const found = home.sandbox.connections.find((one) => one.name === name);
    if (found === undefined) throw new Error(`The sandbox has no ${name}.`);
    return found.vendor;
  }

  /** Lists omit these rows, and count only what they send. */
  async function leftOut(name: string, ids: readonly string[], more: { readonly gone?: string } = {}): Promise<void> {
    const vendor = vendorOf(name);
    await home.sandbox.clearFaults();
    const gone = more.gone === undefined ? [] : [{ vendor, path: more.gone, do: 'status', status: 404 } as const];
    await home.sandbox.addFaults([...gone, { vendor, do: 'leave-out', ids, uncounted: true }]);
  }

  describe.each(connections)('[fault 130, 127] rows missing from the list of %s', (name) => {
    it('are read by id: one stays while it exists and goes when it does not', async () => {
      const rows = await rowsOf(name);
      const row = rows.find(({ organization, services }) => organization !== null && services.length > 0);
      if (row === undefined) throw new Error(`${name} has no row.`);
      await leftOut(name, [row.id]);
      await home.served(row.vendor);
      const sync = await home.words('sync', name, '--json');
      expect(sync).toMatchObject({ code: 0, stderr: '' });
      const byId = (await home.served(row.vendor)).filter(({ path }) =>
        decodeURIComponent(path).endsWith(`/${row.id}`),
      );
      expect(byId).toMatchObject([{ status: 200 }]);
      const kept = (await rowsOf(name, '--offline')).find(({ id }) => id === row.id);
      expect(kept).toMatchObject({ ref: row.ref, quantity: row.quantity, missingSince: null });

      await leftOut(name, [row.id], { gone: byId[0]?.path ?? '' });
      expect(await home.words('sync', name, '--json')).toMatchObject({ code: 0, stderr: '' });
      expect((await rowsOf(name, '--offline')).length).toBe(rows.length - 1);
      await home.sandbox.clearFaults();
      expect((await home.words('sync', name, '--json')).code).toBe(0);
      expect((await rowsOf(name, '--offline')).length).toBe(rows.length);
    });
  });

  // What is decided about them depends on the answers, not on how many are asked for at once.
  if (concurrency === '1') return;

  // The free edition has only a few.
  describe.each(connections.filter((name) => name !== 'interworks-free'))(
    '[fault 130, 127] most rows missing from the list of %s',
    (name) => {
      it('are kept, and reported offline and in the console', async () => {
        const rows = await rowsOf(name);
        expect(rows.length).toBeGreaterThan(20);
        await leftOut(
          name,
          rows.slice(0, Math.floor(rows.length * 0.8)).map(({ id }) => id),
        );
        const sync = await home.words('sync', name, '--json');
        expect(sync.code).toBe(9);
        expect(sync.json()).toMatchObject([{ connection: name, complete: false }]);
        const accept = `subdeck sync ${name} --accept-removals`;
        expect(sync.stderr).toContain(accept);

        await home.served(vendorOf(name));
        for (const flags of [['--offline'], []]) {
          const list = await home.words('subscription', 'list', '--connection', name, '--json', ...flags);
          expect(list).toMatchObject({ code: 9, stderr: expect.stringContaining(accept) });
          const listed = list.json<readonly CachedSubscription[]>();
          expect(listed).toHaveLength(rows.length);
          expect(listed.filter(({ missingSince }) => missingSince !== null).length).toBeGreaterThan(rows.length / 2);
        }
        expect(await home.served(vendorOf(name))).toEqual([]);

        const app = home.openApp();
        try {
          const console = makeConsole({ context: app.context });
          await console.until(({ connections }) => connections.length > 0);
          const said = troubled(console.state()).find((view) => view.name === name)?.freshness.lastFault;
          expect(said?.next).toContain(accept);
          console.stop();
        } finally {
          app.close();
        }

        // By id they all exist: neither a second sync nor accepting removals removes what the vendor has.
        await home.sandbox.clearFaults();
        expect(await home.inConsole('sync', name, '--accept-removals')).toMatchObject({ faults: [] });
        const again = await home.words('subscription', 'list', '--connection', name, '--json');
        expect(again).toMatchObject({ code: 0, stderr: '' });
        expect(again.json<readonly CachedSubscription[]>().every(({ missingSince }) => missingSince === null)).toBe(
          true,
        );
      });
    },
  );

  it.each(['interworks', 'vmware', 'cloudcockpit'])(
    '[fault 128] %s counts a row it never sends: complete the second time, and not asked again',
    async (name) => {
      const other = await openHome({ concurrency });
      try {
        const [row] = (await other.words('subscription', 'list', '--connection', name, '--json')).json<
          readonly CachedSubscription[]
        >();
        if (row === undefined) throw new Error(`${name} has no row.`);
        await other.sandbox.addFaults([{ vendor: row.vendor, do: 'leave-out', ids: [row.id] }]);
        expect((await other.words('cache', 'purge', '--json')).code).toBe(0);
        const sync = () => other.words('sync', name, '--json');
        expect(await sync()).toMatchObject({ code: 9, stderr: expect.stringContaining('reports 1 more row') });
        const second = await sync();
        expect(second).toMatchObject({ code: 0, stderr: '' });
        expect(second.json()).toMatchObject([{ complete: true }]);
        await other.served(row.vendor);
        const list = await other.words('subscription', 'list', '--connection', name, '--json');
        expect(list).toMatchObject({ code: 0, stderr: '' });
        expect(await other.served(row.vendor)).toEqual([]);
        const info = (await other.words('cache', 'info', '--json')).json<{ connections: readonly object[] }>();
        expect(info.connections).toContainEqual(expect.objectContaining({ name, shortfall: 1 }));
      } finally {
        await other.close();
      }
    },
  );

  describe('[fault 129] a Cloudmore service that answers 403', () => {
    it.each(['cloudmore-seller', 'cloudmore-reseller'])(
      'is reread alone by the next sync of %s while the rest is fresh, later with it',
      async (name) => {
        let late = 0;
        const now = () => Date.now() + late;
        const { systemClock } = await import('../../src/app/clock.ts');
        const other = await openHome({ concurrency, clock: { ...systemClock, now } });
        try {
          await other.words('sync', name, '--json');
          const lists = (await other.served('cloudmore')).filter(({ path }) =>
            /\/subscriptions\/service\/[^/]+$|\/services\/[^/]+\/subscriptions$/.test(path),
          );
          expect(lists.length).toBeGreaterThan(1);
          await other.words('cache', 'purge', '--json');
          const closed = { vendor: 'cloudmore', path: lists[1]?.path ?? '', do: 'status', status: 403 } as const;
          await other.sandbox.addFaults([closed]);
          const sync = async () => {
            await other.served('cloudmore');
            const end = await other.words('sync', name, '--json');
            const paths = (await other.served('cloudmore')).map(({ path }) => path);
            return { code: end.code, read: lists.filter(({ path }) => paths.includes(path)).length, end };
          };
          expect(await sync()).toMatchObject({ code: 9, read: lists.length });
          expect(await sync()).toMatchObject({ code: 9, read: 1 });
          late = 3 * 3_600_000;
          await other.sandbox.clearFaults();
          const whole = await sync();
          expect(whole).toMatchObject({ code: 0, read: lists.length });
          expect(whole.end.json()).toMatchObject([{ complete: true }]);
          const list = await other.words('subscription', 'list', '--connection', name, '--json', '--offline');
          const ages = list.json<readonly CachedSubscription[]>().map(({ readAt }) => now() - Date.parse(readAt));
          expect(Math.max(...ages)).toBeLessThan(3_600_000);
        } finally {
          await other.close();
        }
      },
    );
  });
});
