import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vendors } from '../../src/api/registry.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import type { VendorId } from '../../src/model/vendor.ts';
import type { SandboxConnection } from '../../src/sandbox/start.ts';
import { concurrencies } from './concurrencies.ts';
import { type Home, openHome } from './home.ts';

/** A port of this machine without a listener. */
const nowhere = 'http://127.0.0.1:9';

function copyOf(found: readonly SandboxConnection[], name: string, settings: Readonly<Record<string, string>> = {}) {
  const one = found.find((connection) => connection.name === name);
  if (!one) throw new Error(`The sandbox has no ${name}.`);
  return { vendor: one.vendor, settings: { ...one.settings, ...settings }, secrets: one.secrets };
}

describe.each(concurrencies)('concurrency %s', (concurrency) => {
  let home: Home;
  beforeAll(async () => {
    home = await openHome({
      concurrency,
      connections: (found) => ({
        'vmware-too': copyOf(found, 'vmware', { title: 'Another tenant' }),
        'line-down': copyOf(found, 'lineworks', { baseUrl: nowhere, tokenUrl: nowhere }),
        'cc-locked': { ...copyOf(found, 'cloudcockpit'), secrets: { clientSecret: 'wrong' } },
      }),
    });
  });
  afterAll(() => home.close());

  const tokenCalls = async (vendor: VendorId) =>
    (await home.served(vendor, { tokens: true })).filter(({ path, status }) => /token/i.test(path) && status < 400)
      .length;

  const vendorIds = [...vendors.keys()];

  describe('ten connections, one of which is down and one signed out', () => {
    it('list the rows of all others, name what is missing and exit 9', async () => {
      const list = await home.words('subscription', 'list', '--json');
      expect(list.code).toBe(9);
      const rows = list.json<readonly Subscription[]>();
      const counts = Object.fromEntries([...Map.groupBy(rows, (row) => row.connection)].map(([k, v]) => [k, v.length]));
      expect(Object.keys(counts).sort()).toEqual([
        ...['cloudcockpit', 'cloudmore-reseller', 'cloudmore-seller', 'interworks', 'interworks-free', 'lineworks'],
        ...['vmware', 'vmware-too'],
      ]);
      expect(counts['vmware-too']).toBe(counts.vmware);
      const errors = list.stderr
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).error);
      expect(errors.map(({ connection, kind }) => `${connection} ${kind}`).sort()).toEqual([
        'cc-locked signed-out',
        'line-down unreachable',
      ]);
      for (const { message, next } of errors) expect([message, next]).not.toContain('');
    });

    it('fetched one token each, however many calls needed it at once', async () => {
      const fetched = await Promise.all(vendorIds.map(tokenCalls));
      expect(Object.fromEntries(vendorIds.map((vendor, at) => [vendor, fetched[at]]))).toEqual({
        cloudmore: 2,
        interworks: 2,
        vmware: 2,
        lineworks: 1,
        cloudcockpit: 1,
      });
    });

    it('print one line each to stderr, and the rows stay intact', async () => {
      const list = await home.words('subscription', 'list', '--csv');
      expect(list.code).toBe(9);
      expect(list.stderr.trim().split('\n')).toHaveLength(2);
      expect(list.stderr).toMatch(/^subdeck: line-down \(127\.0\.0\.1:9\) .+\n/m);
      expect(list.stdout).not.toMatch(/subdeck:/);
    });

    it('are read in parallel: no vendor waits for another', async () => {
      await Promise.all(vendorIds.map((vendor) => home.served(vendor)));
      await home.words('sync');
      const spans = await Promise.all(
        vendorIds.map(async (vendor) => {
          const times = (await home.served(vendor)).map(({ at }) => Date.parse(at));
          return { from: Math.min(...times), to: Math.max(...times) };
        }),
      );
      const lastBegin = Math.max(...spans.map(({ from }) => from));
      expect(spans.filter(({ to }) => to >= lastBegin).length).toBeGreaterThan(1);
    });

    it('keep showing cached rows of one that went down, with their age', async () => {
      const before = (await home.words('subscription', 'list', '--connection', 'vmware-too', '--json')).json<[]>()
        .length;
      await home.sandbox.addFaults([{ vendor: 'vmware', path: '/cphub/api/seller/*', do: 'status', status: 503 }]);
      const live = await home.words('subscription', 'list', '--connection', 'vmware-too', '--live', '--json');
      expect(live.code).toBe(9);
      expect(live.json<[]>()).toHaveLength(before);
      expect(live.stderr).toContain('"connection":"vmware-too"');
    });
  });
});
