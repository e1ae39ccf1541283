import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CachedSubscription } from '../../src/model/subscription.ts';
import { standingClock } from '../store/rows.ts';
import { type Home, openHome } from './home.ts';

/**
 * Connections that see the same subscriptions: a seller and its reseller, and two connections for every other vendor.
 * The sandbox's two users of interworks share a platform, but no subscription.
 */
const second = ['interworks', 'vmware', 'lineworks', 'cloudcockpit'];
const shared = [['cloudmore-seller', 'cloudmore-reseller'], ...second.map((name) => [name, `${name}-again`])];
const pairs = Object.fromEntries(
  shared.flatMap(([one = '', other = '']) => [
    [one, other],
    [other, one],
  ]),
);
const firsts = shared.map(([one]) => one);

let home: Home;
let rows: readonly CachedSubscription[];
beforeAll(async () => {
  home = await openHome({
    // A day on which a shared subscription ends within 48 hours: the sandbox's data follows the clock.
    clock: standingClock(Date.parse('2026-11-29T12:00:00Z')),
    connections: (found) =>
      Object.fromEntries(
        found.flatMap(({ name, ...rest }) => (second.includes(name) ? [[`${name}-again`, rest] as const] : [])),
      ),
  });
  expect((await home.words('sync')).code).toBe(0);
  rows = await list('--offline');
});
afterAll(() => home.close());

async function list(...flags: readonly string[]): Promise<readonly CachedSubscription[]> {
  const result = await home.words('subscription', 'list', '--json', ...flags);
  expect(result.stderr).toBe('');
  return result.json();
}

/** The rows with the same id under the other connection, found by a full scan. */
function duplicatesOf({ connection, id }: CachedSubscription): readonly string[] {
  return rows.filter((row) => row.connection === pairs[connection] && row.id === id).map(({ ref }) => ref);
}

const someDuplicate = (connection: string) => {
  const found = rows.find((row) => row.connection === connection && row.sameAs.length > 0);
  if (found === undefined) throw new Error(`${connection} shares no subscription.`);
  return found;
};

describe('a subscription that two connections see', () => {
  it('is two rows in a list, each with the REF of the other', () => {
    expect(rows.map(({ ref, sameAs }) => [ref, sameAs])).toEqual(rows.map((row) => [row.ref, duplicatesOf(row)]));
    for (const connection of Object.keys(pairs)) {
      expect(rows.filter((row) => row.connection === connection && row.sameAs.length > 0)).not.toEqual([]);
    }
    expect(rows.filter((row) => row.sameAs.length > 0 && !(row.connection in pairs))).toEqual([]);
  });

  it('is marked in the field order of the JSON', () => {
    const keys = Object.keys(rows[0] ?? {});
    expect(keys.slice(keys.indexOf('prices'))).toEqual([
      ...['prices', 'sameAs', 'hasLicenseKey', 'externalIds', 'segment', 'missingSince', 'readAt'],
    ]);
  });

  it('is marked live, as NDJSON and as CSV', async () => {
    const filter = ['--connection', 'cloudmore-reseller', '--filter', `id=${someDuplicate('cloudmore-reseller').id}`];
    const { ref, sameAs } = someDuplicate('cloudmore-reseller');
    expect((await list(...filter, '--live')).map((row) => [row.ref, row.sameAs])).toEqual([[ref, sameAs]]);
    const lines = await home.words('subscription', 'list', '--ndjson', '--offline', ...filter);
    expect(JSON.parse(lines.stdout)).toMatchObject({ ref, sameAs });
    const [header = '', line = ''] = (
      await home.words('subscription', 'list', '--csv', '--offline', ...filter)
    ).stdout.split('\r\n');
    const names = header.split(',');
    expect(names).toContain('sameAs');
    expect(line.split(',').at(names.indexOf('sameAs') - names.length)).toBe(sameAs[0]);
  });

  it('is shown with the REF of the other, cached and live', async () => {
    for (const connection of Object.keys(pairs)) {
      const { ref, sameAs } = someDuplicate(connection);
      for (const flag of ['--offline', '--live']) {
        const shown = await home.words('subscription', 'show', ref, flag, '--json');
        expect(shown.json<CachedSubscription>().sameAs).toEqual(sameAs);
        const text = (await home.words('subscription', 'show', ref, flag)).stdout;
        expect(text).toMatch(new RegExp(`Same as +${sameAs[0]}`));
      }
    }
    const alone = rows.find(({ sameAs }) => sameAs.length === 0);
    const shown = await home.words('subscription', 'show', alone?.ref ?? '', '--offline', '--json');
    expect(shown.json<CachedSubscription>().sameAs).toEqual([]);
  });

  it('is one line in Today, of its first connection', async () => {
    const { items } = (await home.words('today', '--offline', '--limit', '1000', '--json')).json<{
      readonly items: readonly { readonly kind: string; readonly ref: string }[];
    }>();
    const bySubscription = new Map(rows.map((row) => [row.ref, row]));
    const twice = items.filter(({ kind, ref }) => {
      const { sameAs = [] } = bySubscription.get(ref) ?? {};
      return items.some((other) => other.kind === kind && sameAs.includes(other.ref));
    });
    expect(twice).toEqual([]);
    const shared = items.filter(({ ref }) => (bySubscription.get(ref)?.sameAs.length ?? 0) > 0);
    expect(new Set(shared.map(({ ref }) => ref.split('/')[0]))).toEqual(new Set(firsts));
  });

  it('is one line in the handover', async () => {
    const { stdout } = await home.words('handover', '--offline');
    const deadlines = stdout.split('## Deadlines in 48 hours')[1]?.split('## ')[0] ?? '';
    const shared = rows.filter(({ ref, sameAs }) => sameAs.length > 0 && deadlines.includes(`\`${ref}\``));
    expect(shared).not.toEqual([]);
    expect(shared.filter(({ sameAs }) => deadlines.includes(`\`${sameAs[0]}\``))).toEqual([]);
  });
});
