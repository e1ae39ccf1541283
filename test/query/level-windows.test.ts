import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import { levelRow } from '../../src/commands/words/levels.ts';
import type { LevelNode, Pin, Scope } from '../../src/model/scope.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { type Level, levels } from '../../src/model/vendor.ts';
import type { LevelQuery } from '../../src/query/cache-reader.ts';
import {
  type Cache,
  everything,
  fill,
  named,
  noon,
  openScratch,
  page,
  row,
  scratch,
  standingClock,
  tidyAll,
} from '../store/rows.ts';
import { someRow } from '../store/some-rows.ts';

const list = (level: Level, scope: Scope = [], over: Partial<LevelQuery> = {}): LevelQuery => ({
  level,
  scope,
  connections: null,
  search: null,
  sort: null,
  offset: 0,
  limit: 1000,
  ...over,
});
const pin = (level: Level, id: string | null, connection = 'nordic'): Pin => ({ level, connection, id });
const names = (nodes: readonly LevelNode[]) => nodes.map(({ id, name }) => (id === null ? null : String(name)));

const acme = { reseller: named('r1', 'Helsinki IT'), organization: named('o1', 'Acme') };
const zed = { reseller: named('r1', 'Helsinki IT'), organization: named('o2', 'Zed') };
const direct = { reseller: null, organization: named('o3', 'Direct') };
const [mail, backup] = [named('v1', 'Mail'), named('v2', 'Backup')];
const rows = [
  row({ id: '1', ...acme, services: [mail, backup], quantity: 10, endsAt: '2026-12-01' }),
  row({ id: '2', ...acme, services: [mail], quantity: 5 }),
  row({ id: '3', ...zed, services: [backup], quantity: null, endsAt: '2027-12-01' }),
  row({ id: '4', ...direct, services: [], quantity: 1, endsAt: '2026-11-20' }),
];

describe('a level', () => {
  let cache: Cache;
  beforeEach(() => {
    cache = openScratch();
    fill(cache, rows, {
      nodes: [
        { level: 'reseller', id: 'r2', name: safeText('Empty Partner'), domain: null, parents: [] },
        {
          level: 'organization',
          id: 'o9',
          name: safeText('New Org'),
          domain: safeText('köln.example'),
          parents: [pin('reseller', 'r2')],
        },
      ],
    });
  });

  it('counts a subscription under each of its services and once in every total', () => {
    const services = cache.levelWindow(list('service')).rows;
    expect(services.map(({ id, counts }) => [id, counts.subscriptions, counts.seats])).toEqual([
      ['v2', 2, 10],
      ['v1', 2, 15],
      [null, 1, 1],
    ]);
    expect(cache.totals(everything)).toEqual({
      ...{ resellers: 2, organizations: 4, services: 2 },
      ...{ subscriptions: 4, seats: 16, endingSoon: 1 },
    });
  });

  it('finds an organization by its domain, until the vendor no longer gives it', () => {
    const found = (search: string) =>
      cache.levelWindow({ ...list('organization'), search }).rows.map(({ name, domain }) => [name, domain]);
    expect([found('KOLN.ex'), found('koln.ex')]).toEqual([
      [['New Org', 'köln.example']],
      [['New Org', 'köln.example']],
    ]);
    const node = { level: 'organization', id: 'o9', name: safeText('New Org'), parents: [] } as const;
    fill(cache, rows, { nodes: [{ ...node, domain: safeText('other.example') }] });
    expect([found('köln'), found('other.ex')]).toEqual([[], [['New Org', 'other.example']]]);
    fill(cache, rows, { nodes: [{ ...node, domain: null }] });
    expect([found('other.ex'), found('new org')]).toEqual([[], [['New Org', null]]]);
  });

  it('puts rows without that level under a node without an id, last', () => {
    const resellers = cache.levelWindow(list('reseller')).rows;
    expect(names(resellers)).toEqual(['Empty Partner', 'Helsinki IT', null]);
    const [direct, none] = [resellers, cache.levelWindow(list('service')).rows].map((rows) => rows.at(-1));
    expect([direct, none].map((node) => node && [node.name, levelRow(node).json])).toEqual([
      ['direct', expect.objectContaining({ id: null, name: null })],
      ['none', expect.objectContaining({ id: null, name: null })],
    ]);
    expect(names(cache.levelWindow(list('organization', [pin('reseller', null)])).rows)).toEqual(['Direct']);
    expect(
      cache.subscriptionWindow({ ...everything, scope: [pin('reseller', null)] }).rows.map(({ id }) => id),
    ).toEqual(['4']);
    expect(cache.subscriptionWindow({ ...everything, scope: [pin('service', null)] }).total).toBe(1);
  });

  it('contains nodes without subscriptions, with zeros, in the right place', () => {
    expect(names(cache.levelWindow(list('organization')).rows)).toEqual(['Acme', 'Direct', 'New Org', 'Zed']);
    expect(names(cache.levelWindow(list('organization', [pin('reseller', 'r2')])).rows)).toEqual(['New Org']);
    expect(names(cache.levelWindow(list('organization', [pin('reseller', 'r1')])).rows)).toEqual(['Acme', 'Zed']);
    const [empty] = cache.levelWindow(list('reseller')).rows;
    expect(empty?.counts).toMatchObject({ organizations: 1, subscriptions: 0, seats: 0 });
  });

  it('counts everything below each node', () => {
    expect(cache.node(pin('reseller', 'r1'))?.counts).toEqual({
      ...{ resellers: 1, organizations: 2, services: 2 },
      ...{ subscriptions: 3, seats: 15, endingSoon: 1 },
    });
    expect(cache.node(pin('reseller', 'nobody'))).toBeNull();
  });

  it.each([
    [{ field: 'name', descending: true }, ['Zed', 'New Org', 'Direct', 'Acme']],
    [{ field: 'seats', descending: true }, ['Acme', 'Direct', 'New Org', 'Zed']],
    [{ field: 'subscriptions', descending: false }, ['New Org', 'Direct', 'Zed', 'Acme']],
    [{ field: 'services', descending: true }, ['Acme', 'Zed', 'Direct', 'New Org']],
    [{ field: 'endingSoon', descending: true }, ['Acme', 'Direct', 'New Org', 'Zed']],
  ] as const)('sorts by %j', (sort, expected) => {
    expect(names(cache.levelWindow(list('organization', [], { sort })).rows)).toEqual(expected);
  });

  it('is searched by name and id and knows the position of a node', () => {
    const query = list('organization', [], { search: 'E' });
    expect(names(cache.levelWindow(query).rows)).toEqual(['Acme', 'Direct', 'New Org', 'Zed']);
    expect(names(cache.levelWindow({ ...query, search: 'o9' }).rows)).toEqual(['New Org']);
    expect(cache.levelPositionOf(query, pin('organization', 'o9'))).toBe(2);
    expect(cache.levelPositionOf({ ...query, search: 'zed' }, pin('organization', 'o9'))).toBeNull();
    expect(cache.levelWindow({ ...query, offset: 1, limit: 2 })).toMatchObject({ offset: 1, total: 4 });
  });

  it('drops what the vendor no longer lists after a complete sync', () => {
    fill(cache, rows);
    expect(names(cache.levelWindow(list('organization')).rows)).toEqual(['Acme', 'Direct', 'Zed']);
  });

  it('shows an implied level as one node named after the connection', () => {
    const asahi = { connection: 'asahi', vendor: 'lineworks' } as const;
    cache.declareConnections([
      {
        name: 'asahi',
        title: 'Asahi Works',
        vendor: 'lineworks',
        impliedLevels: ['seller', 'reseller'],
        account: null,
      },
    ]);
    const whole = pin('reseller', 'asahi', 'asahi');
    expect(cache.levelWindow(list('reseller', [], { connections: ['asahi'] })).rows).toMatchObject([
      { id: 'asahi', name: 'Asahi Works', implied: true, counts: { subscriptions: 0 } },
    ]);
    fill(cache, [row({ ...asahi, id: '1', organization: named('c1', '東京商事') })], {}, 'asahi');
    expect(cache.node(whole)).toMatchObject({ implied: true, counts: { organizations: 1, subscriptions: 1 } });
    expect(names(cache.levelWindow(list('organization', [whole])).rows)).toEqual(['東京商事']);
    expect(cache.subscriptionWindow({ ...everything, scope: [whole] }).total).toBe(1);
  });
});

describe('the counts of generated caches', () => {
  const below = (level: Level, of: Subscription): readonly string[] => {
    const nodes = level === 'service' ? of.services : [of[level]].filter((node) => node !== null);
    return nodes.map(({ id }) => id);
  };

  it('match the rows at every level and below every pin, kept or not', () => {
    const cache = openScratch();
    const places = fc.array(
      fc.constantFrom(pin('reseller', 'reseller-1'), pin('organization', null), pin('service', 'service-0')),
      { maxLength: 2 },
    );
    fc.assert(
      fc.property(
        fc.array(someRow(['nordic']), { maxLength: 50 }),
        fc.boolean(),
        places,
        (generated, tidied, place) => {
          cache.purge();
          fill(cache, generated);
          if (tidied) tidyAll(cache);
          const whole = [...new Map(generated.map((each) => [each.id, each])).values()];
          const inside = whole.filter((each) =>
            place.every(({ level, id }) =>
              id === null ? below(level, each).length === 0 : below(level, each).includes(id),
            ),
          );
          for (const level of levels) {
            for (const node of cache.levelWindow(list(level, place)).rows) {
              const mine = inside.filter((each) => {
                const above = below(level, each);
                return node.id === null ? above.length === 0 : above.includes(node.id);
              });
              const different = (of: Level) => new Set(mine.flatMap((each) => below(of, each))).size;
              expect(node.counts).toEqual({
                resellers: different('reseller'),
                organizations: different('organization'),
                services: different('service'),
                subscriptions: mine.length,
                seats: mine.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0),
                endingSoon: cache.subscriptionWindow({
                  ...everything,
                  scope: [...place, pin(level, node.id)],
                  filter: [
                    { negated: false, kind: 'date', field: 'ends', comparison: '<', when: { kind: 'days', days: 30 } },
                  ],
                }).total,
              });
              expect(mine.length).toBeGreaterThan(0);
            }
          }
          expect(cache.totals({ ...everything, scope: place }).subscriptions).toBe(inside.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('cached counts', () => {
  it('of endings soon follow the clock without a rebuild', () => {
    const path = `${scratch()}/cache.db`;
    const clock = standingClock();
    const writing = openScratch(path, clock);
    const ends = ['2026-11-21T13:00:00Z', '2026-12-21T12:30:00Z', '2026-12-24T00:00:00Z', '2027-06-01'];
    fill(
      writing,
      ends.map((endsAt, index) =>
        row({ id: String(index), endsAt, organization: named('o1', 'Acme'), services: [mail, backup] }),
      ),
    );
    tidyAll(writing);
    const soonAt = (hours: number) => {
      clock.set(noon + hours * 3_600_000);
      const reading = openScratch(path, clock);
      const counted = levels.map((level) => reading.levelWindow(list(level)).rows[0]?.counts.endingSoon);
      return [...counted, reading.totals(everything).endingSoon];
    };
    expect(soonAt(0)).toEqual([1, 1, 1, 1, 1]);
    expect(soonAt(0.75)).toEqual([2, 2, 2, 2, 2]);
    expect(soonAt(2)).toEqual([1, 1, 1, 1, 1]);
    expect(soonAt(72)).toEqual([2, 2, 2, 2, 2]);
    expect(soonAt(24 * 60)).toEqual([0, 0, 0, 0, 0]);
  });

  it('of money are exact, one sum per currency and kind', () => {
    const all = { period: null, covers: 'all' };
    const cache = openScratch();
    const price = (kind: 'list' | 'unit', amount: string, currency: string | null) => ({
      kind,
      amount,
      currency: currency === null ? null : safeText(currency),
    });
    const prices = [
      price('list', '0.1', 'EUR'),
      price('list', '0.2', 'EUR'),
      price('list', '9007199254740993.01', 'EUR'),
      price('list', '0.0000001', 'EUR'),
      price('unit', '5', 'JPY'),
      price('list', '-1.50', null),
      price('list', 'on request', 'EUR'),
    ];
    fill(
      cache,
      prices.map((each, index) => row({ id: String(index), prices: [each] })),
    );
    expect(cache.costs(everything, { nordic: 'total' })).toEqual([
      { ...all, kind: 'list', currency: 'EUR', amount: '9007199254740993.3100001', subscriptions: 4 },
      { ...all, kind: 'list', currency: null, amount: '-1.50', subscriptions: 1 },
      { ...all, covers: 'unit', kind: 'unit', currency: 'JPY', amount: '5.00', subscriptions: 1 },
    ]);
  });

  it('include the newest rows of every process', () => {
    const path = `${scratch()}/cache.db`;
    const [mine, other] = [openScratch(path), openScratch(path)];
    fill(mine, rows);
    tidyAll(mine);
    expect(other.totals(everything).subscriptions).toBe(4);
    const before = mine.revision();
    const run = other.beginRun({ connection: 'nordic', vendor: 'cloudmore', within: null, freshSince: 0 });
    run.keepPage(page([row({ id: '5', quantity: 100 })]));
    expect(mine.revision()).toBeGreaterThan(before);
    expect(mine.totals(everything)).toMatchObject({ subscriptions: 5, seats: 116 });
  });
});
