import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDetailsAhead } from '../../src/commands/details-ahead.ts';
import type { CachedSubscription } from '../../src/model/subscription.ts';
import { noon, standingClock } from '../store/rows.ts';
import { concurrencies } from './concurrencies.ts';
import { type Home, openHome } from './home.ts';

describe.each(concurrencies)('concurrency %s', (concurrency) => {
  const clock = standingClock();
  let home: Home;
  beforeEach(async () => {
    clock.set(noon);
    home = await openHome({
      concurrency,
      sandbox: { scale: 60, today: '2026-11-21' },
      clock,
      connections: (found) =>
        Object.fromEntries(
          found.filter(({ name }) => !['interworks', 'lineworks'].includes(name)).map(({ name }) => [name, null]),
        ),
    });
  });
  afterEach(() => home.close());

  interface End {
    readonly connection: string;
    readonly details: { readonly read: number; readonly fresh: number; readonly failed: number };
  }

  async function ahead(...argv: readonly string[]) {
    const spoken = await home.words('sync', '--details', '--json', ...argv);
    const ends = spoken.json<End[]>();
    return { ...spoken, ends, of: (name: string) => ends.find(({ connection }) => connection === name)?.details };
  }

  async function rowsOf(...flags: readonly string[]): Promise<readonly CachedSubscription[]> {
    return (await home.words('subscription', 'list', '--offline', '--json', ...flags)).json();
  }

  /** The data of `interworks` beside its rows: details and add-ons for each, and one list of products. */
  const readsOf = (rows: readonly unknown[]) => rows.length * 2 + 1;

  describe('sync --details', () => {
    it('reads everything about each subscription in the place, and no others', async () => {
      await home.words('sync');
      const rows = await rowsOf('--connection', 'interworks');
      const organization = rows[0]?.organization?.id ?? '';
      const inside = rows.filter((row) => row.organization?.id === organization);
      expect(inside.length).toBeLessThan(rows.length);
      const { code, of } = await ahead('--within', `organization=interworks/${organization}`);
      expect(code).toBe(0);
      expect(of('interworks')).toEqual({ read: readsOf(inside), fresh: 0, failed: 0 });
      await home.served('interworks');
      for (const { ref, organization: own } of rows) {
        const shown = await home.words('subscription', 'details', ref, '--offline', '--json');
        expect([ref, shown.code]).toEqual([ref, own?.id === organization ? 0 : 5]);
      }
      expect((await home.words('product', 'list', '--connection', 'interworks', '--offline')).code).toBe(0);
      expect(await home.served('interworks')).toEqual([]);
    });

    it('reads again only what is older than freshFor', async () => {
      const first = await ahead();
      const rows = await rowsOf('--connection', 'interworks');
      expect(first.of('interworks')).toEqual({ read: readsOf(rows), fresh: 0, failed: 0 });
      expect(first.of('lineworks')?.read).toBeGreaterThan(0);
      expect((await ahead()).of('interworks')).toEqual({ read: 0, fresh: readsOf(rows), failed: 0 });
      clock.set(noon + 200_000);
      await home.words('subscription', 'details', rows[0]?.ref ?? '');
      clock.set(noon + 400_000);
      expect((await ahead()).of('interworks')).toEqual({ read: readsOf(rows) - 1, fresh: 1, failed: 0 });
    });

    it('reads again after a write', async () => {
      await ahead('interworks');
      const [row] = await rowsOf('--connection', 'interworks', '--filter', 'status=active qty>3');
      if (row === undefined) throw new Error('interworks has no such subscription.');
      clock.set(noon + 1_000);
      const sent = await home.words('subscription', 'set-quantity', row.ref, String((row.quantity ?? 0) - 1), '--yes');
      expect(sent).toMatchObject({ code: 0 });
      const offline = await home.words('subscription', 'details', row.ref, '--offline');
      expect(offline.stderr).toContain('before the last change was sent');
      clock.set(noon + 2_000);
      expect((await ahead('interworks')).of('interworks')).toMatchObject({ read: 2, failed: 0 });
      const again = await home.words('subscription', 'details', row.ref, '--offline');
      expect(again.stderr).not.toContain('before the last change');
    });

    it('resumes after an interrupt with what is missing', async () => {
      await home.words('sync', 'interworks');
      const rows = await rowsOf('--connection', 'interworks');
      const stop = new AbortController();
      let steps = 0;
      const input = {
        ...{ args: {}, rest: [], flags: {}, ask: null, say: () => {}, stdin: async () => '', signal: stop.signal },
        progress: () => {
          steps += 1;
          if (steps === 2) stop.abort();
        },
      };
      const app = home.openApp();
      // So much time passes between two looks at the clock that progress is told after every read.
      let time = 0;
      const monotonic = () => (time += 1_000);
      const context = Object.create(app.context, { clock: { value: { ...clock, monotonic } } });
      const [end] = await readDetailsAhead(context, input, ['interworks'], null).finally(() => app.close());
      expect(end?.read).toBeGreaterThan(0);
      expect(end?.read).toBeLessThan(readsOf(rows));
      expect(end?.faults).toEqual([]);
      const { of } = await ahead('interworks');
      expect(of('interworks')).toEqual({ read: readsOf(rows) - (end?.read ?? 0), fresh: end?.read, failed: 0 });
    });

    it('exits 9, says what could not be read, and reads only that the next time', async () => {
      await home.words('sync', 'interworks');
      const rows = await rowsOf('--connection', 'interworks');
      const path = `/api/subscriptions/${rows[1]?.id}/characteristics`;
      await home.sandbox.addFaults([{ vendor: 'interworks', path, do: 'status', status: 409 }]);
      const failed = await ahead('interworks');
      expect(failed.code).toBe(9);
      expect(failed.of('interworks')).toEqual({ read: readsOf(rows) - 1, fresh: 0, failed: 1 });
      expect(failed.stderr).toContain('One read of details failed');
      await home.sandbox.clearFaults();
      expect(await ahead('interworks')).toMatchObject({ code: 0, stderr: '' });
      expect((await home.words('subscription', 'details', rows[1]?.ref ?? '', '--offline')).code).toBe(0);
    });

    it('stops requesting what fails repeatedly', async () => {
      await home.words('sync', 'interworks');
      const rows = await rowsOf('--connection', 'interworks');
      await home.sandbox.addFaults([{ vendor: 'interworks', path: '/api/subscriptions/*', do: 'status', status: 409 }]);
      await home.served('interworks');
      const failed = await ahead('interworks');
      expect(failed.code).toBe(9);
      expect(failed.of('interworks')).toEqual({ read: 1, fresh: 0, failed: readsOf(rows) - 1 });
      expect(failed.stderr).toContain('further reads were skipped');
      const asked = (await home.served('interworks')).filter(({ path }) => path.startsWith('/api/subscriptions/'));
      expect(asked.length).toBeLessThan(60);
    });

    it('reads nothing offline', async () => {
      expect(await home.words('sync', '--details', '--offline')).toMatchObject({ code: 5, stdout: '' });
    });
  });
});
