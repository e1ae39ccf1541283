import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import { endOf } from '../../src/model/date-text.ts';
import type { Filter } from '../../src/model/filter.ts';
import { matches, matchesSearch } from '../../src/model/filter-match.ts';
import type { CachedSubscription, Subscription } from '../../src/model/subscription.ts';
import { finished } from '../../src/query/steps.ts';
import type { DeclaredConnection } from '../../src/store/connections-table.ts';
import { someFilter } from '../model/some-filters.ts';
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
} from './rows.ts';
import { runStopped } from './run-ends.ts';
import { someRow } from './some-rows.ts';

const account = 'cloudmore https://api.example.com';
const declared = (name: string, of: string | null = account): DeclaredConnection => ({
  ...{ name, title: name, vendor: 'cloudmore', impliedLevels: [], account: of },
});

/** A seller and one of its resellers: both see two subscriptions, and each sees one more. */
function twoViews(cache: Cache, order: readonly string[] = ['seller', 'reseller']): void {
  cache.declareConnections(order.map((name) => declared(name)));
  const [acme, mail] = [named('o1', 'Acme'), named('v1', 'Mail')];
  const price = { kind: 'list', amount: '10.00', currency: safeText('EUR') } as const;
  const common = { organization: acme, services: [mail], product: mail, prices: [price] };
  fill(
    cache,
    [
      row({ connection: 'seller', id: '1', quantity: 10, endsAt: '2026-12-01', ...common }),
      row({ connection: 'seller', id: '2', quantity: 20, ...common }),
      row({ connection: 'seller', id: '3', quantity: 40, ...common }),
    ],
    {},
    'seller',
  );
  fill(
    cache,
    [
      row({ connection: 'reseller', id: '1', quantity: 10, endsAt: '2026-12-01', ...common }),
      row({ connection: 'reseller', id: '2', quantity: 20, ...common }),
      row({ connection: 'reseller', id: '4', quantity: 80, ...common }),
    ],
    {},
    'reseller',
  );
}

const soon: Filter = [
  { kind: 'date', field: 'ends', comparison: '<', when: { kind: 'days', days: 30 }, negated: false },
];

const bases = { seller: 'total', reseller: 'total' } as const;

describe('a subscription that two connections of one account show', () => {
  it.each(['as it is', 'tidied'])('is two rows and counts once in every total: %s', (state) => {
    const cache = openScratch();
    twoViews(cache);
    if (state === 'tidied') tidyAll(cache);
    expect(cache.subscriptionWindow(everything)).toMatchObject({ total: 6, subscriptions: 4, counted: true });
    const sorted = cache.subscriptionWindow({ ...everything, sort: [{ field: 'qty', descending: true }] });
    expect(sorted).toMatchObject({ total: 6, subscriptions: 4, counted: true });
    expect(cache.totals(everything)).toMatchObject({ subscriptions: 4, seats: 150, endingSoon: 1, organizations: 2 });
    expect(cache.totals({ ...everything, filter: soon })).toMatchObject({ subscriptions: 1, seats: 10 });
    expect(cache.costs(everything, bases)).toMatchObject([{ currency: 'EUR', amount: '40.00', subscriptions: 4 }]);
    expect(finished(cache.shares(everything, { kind: 'status' }, bases))).toMatchObject([
      { subscriptions: 4, seats: 150 },
    ]);
  });

  it('each row names the other', () => {
    const cache = openScratch();
    twoViews(cache);
    expect(cache.subscription('seller', '1')?.sameAs).toEqual(['reseller/1']);
    expect(cache.subscription('reseller', '1')?.sameAs).toEqual(['seller/1']);
    expect(cache.subscription('seller', '3')?.sameAs).toEqual([]);
    expect([...cache.eachSubscription(everything)].map(({ ref, sameAs }) => [ref, ...sameAs])).toEqual(
      expect.arrayContaining([['reseller/2', 'seller/2'], ['reseller/4']]),
    );
  });

  it('counts through each connection alone and below each of its nodes', () => {
    const cache = openScratch();
    twoViews(cache);
    for (const connections of [['reseller'], ['seller']]) {
      expect(cache.totals({ ...everything, connections }).subscriptions).toBe(3);
      expect(cache.subscriptionWindow({ ...everything, connections })).toMatchObject({ total: 3, subscriptions: 3 });
    }
    const { rows } = cache.levelWindow({ ...everything, level: 'organization', sort: null });
    expect(rows.map(({ connection, counts }) => [connection, counts.subscriptions, counts.seats])).toEqual([
      ['seller', 3, 70],
      ['reseller', 3, 110],
    ]);
  });

  it.each([[['seller', 'reseller']], [['reseller', 'seller']]])(
    'counts by the row of the first connection in %s',
    (order) => {
      const cache = openScratch();
      twoViews(cache, order);
      const { rows, total } = cache.subscriptionWindow({ ...everything, distinct: true });
      expect(rows.filter(({ id }) => id < '3').map(({ connection }) => connection)).toEqual([order[0], order[0]]);
      expect(total).toBe(4);
      // After a later read the other row may be the only one that matches.
      cache.keep('seller', '1', { subscription: row({ connection: 'seller', id: '1', quantity: 7 }), raw: {} });
      const left = cache.subscriptionWindow({ ...everything, filter: soon, distinct: true });
      expect(left.rows.map(({ ref }) => ref)).toEqual(['reseller/1']);
    },
  );

  it('is single again when the other row or its connection is gone or moved', () => {
    const cache = openScratch();
    twoViews(cache);
    cache.keep('seller', '1', null);
    expect(cache.subscription('reseller', '1')?.sameAs).toEqual([]);
    expect(cache.totals(everything)).toMatchObject({ subscriptions: 4, seats: 150 });
    cache.forget('seller');
    expect(cache.subscription('reseller', '2')?.sameAs).toEqual([]);
    expect(cache.totals(everything)).toMatchObject({ subscriptions: 3, seats: 110 });
  });

  it('is dropped when its connection changes account, not when it becomes known', () => {
    const cache = openScratch();
    twoViews(cache);
    cache.declareConnections([declared('seller'), declared('reseller', 'cloudmore https://staging.example.com')]);
    expect(cache.subscription('reseller', '2')).toBeNull();
    expect(cache.freshness('reseller')).toMatchObject({ readAt: null, rows: 0 });
    expect(cache.subscription('seller', '2')?.sameAs).toEqual([]);
    expect(cache.totals(everything)).toMatchObject({ subscriptions: 3, seats: 70 });
    cache.declareConnections([{ ...declared('seller'), account: null }, declared('reseller')]);
    cache.declareConnections([declared('seller'), declared('reseller')]);
    expect(cache.totals(everything)).toMatchObject({ subscriptions: 3, seats: 70 });
  });

  it('is recognised again after the cache was emptied', () => {
    const cache = openScratch();
    twoViews(cache);
    cache.purge();
    for (const connection of ['seller', 'reseller']) fill(cache, [row({ connection, id: '1' })], {}, connection);
    expect(cache.subscription('seller', '1')?.sameAs).toEqual(['reseller/1']);
  });

  it('counts once in the cached endings too', () => {
    const path = `${scratch()}/cache.db`;
    const clock = standingClock();
    const writing = openScratch(path, clock);
    writing.declareConnections([declared('seller'), declared('reseller')]);
    for (const connection of ['seller', 'reseller']) {
      const ends = ['2026-11-21T13:00:00Z', '2026-12-24T00:00:00Z'];
      const rows = ends.map((endsAt, index) => row({ connection, id: String(index), endsAt, seller: named('s') }));
      fill(writing, rows, {}, connection);
    }
    tidyAll(writing);
    const soonAt = (hours: number) => {
      clock.set(noon + hours * 3_600_000);
      const reading = openScratch(path, clock);
      const { rows } = reading.levelWindow({ ...everything, level: 'seller', sort: null });
      return [...rows.map(({ counts }) => counts.endingSoon), reading.totals(everything).endingSoon];
    };
    expect(soonAt(0)).toEqual([1, 1, 1]);
    expect(soonAt(2)).toEqual([0, 0, 0]);
    expect(soonAt(72)).toEqual([1, 1, 1]);
  });
});

describe('the cache and the reference implementation of "the same subscription"', () => {
  const connections = ['nordic', 'reseller', 'broker', 'other'];
  const orders = fc.shuffledSubarray(connections, { minLength: 4, maxLength: 4 });
  const accounts = fc.record({
    nordic: fc.constant(account),
    reseller: fc.constantFrom(account, 'elsewhere', null),
    broker: fc.constantFrom(account, 'elsewhere'),
    other: fc.constantFrom('elsewhere', null),
  });
  type Step =
    | { readonly rows: readonly Subscription[] }
    | { readonly order: readonly string[]; readonly accounts: Said['accounts'] }
    | { readonly gone: number; readonly from: string }
    | { readonly forget: string }
    | { readonly tidy: true };
  const steps: fc.Arbitrary<readonly Step[]> = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.array(someRow(connections), { maxLength: 25 }).map((rows) => ({ rows })) },
      { weight: 2, arbitrary: fc.record({ order: orders, accounts }) },
      { weight: 1, arbitrary: fc.record({ gone: fc.nat(40), from: fc.constantFrom(...connections) }) },
      { weight: 1, arbitrary: fc.record({ forget: fc.constantFrom(...connections) }) },
      { weight: 1, arbitrary: fc.record({ tidy: fc.constant<true>(true) }) },
    ),
    { minLength: 2, maxLength: 8 },
  );

  interface Said {
    order: readonly string[];
    accounts: Readonly<Record<string, string | null>>;
    readonly rows: Map<string, Subscription>;
  }

  function play(cache: Cache, played: readonly Step[]): Said {
    cache.purge();
    const said: Said = {
      order: connections,
      accounts: { nordic: account, reseller: account, broker: account, other: null },
      rows: new Map(),
    };
    const declare = () =>
      cache.declareConnections(said.order.map((name) => declared(name, said.accounts[name] ?? null)));
    declare();
    for (const step of played) {
      if ('rows' in step) {
        for (const [connection, rows] of Map.groupBy(step.rows, (each) => each.connection)) {
          const run = cache.beginRun({ connection, vendor: 'cloudmore', within: null, freshSince: 0 });
          run.keepPage(page(rows));
          run.finish(runStopped);
          for (const each of rows) said.rows.set(each.ref, each);
        }
      } else if ('order' in step) {
        const { accounts: before } = said;
        Object.assign(said, step);
        declare();
        // Rows of one account are dropped when their connection changes to another account.
        for (const [ref, { connection }] of said.rows) {
          const [from, to] = [before[connection] ?? null, said.accounts[connection] ?? null];
          if (from !== null && to !== null && from !== to) said.rows.delete(ref);
        }
      } else if ('gone' in step) {
        cache.keep(step.from, `s/${step.gone}`, null);
        said.rows.delete(`${step.from}/s/${step.gone}`);
      } else if ('forget' in step) {
        cache.forget(step.forget);
        for (const [ref, each] of said.rows) if (each.connection === step.forget) said.rows.delete(ref);
        declare();
      } else {
        tidyAll(cache);
      }
    }
    return said;
  }

  /** One row per subscription: that of the first connection among the given rows. */
  function distinct({ order, accounts }: Said, rows: readonly Subscription[]): readonly Subscription[] {
    const inOrder = rows.toSorted((one, other) => order.indexOf(one.connection) - order.indexOf(other.connection));
    const key = (of: Subscription) => JSON.stringify([accounts[of.connection] ?? { of: of.connection }, of.id]);
    return [...new Map(inOrder.toReversed().map((each) => [key(each), each])).values()];
  }

  /** Each row with the references of the same subscription through other connections, in the given order. */
  function withOthers({ order, accounts, rows }: Said): readonly CachedSubscription[] {
    const isSame = (one: Subscription, other: Subscription) =>
      other.id === one.id &&
      other.connection !== one.connection &&
      accounts[other.connection] != null &&
      accounts[other.connection] === accounts[one.connection];
    const all = [...rows.values()].toSorted((a, b) => order.indexOf(a.connection) - order.indexOf(b.connection));
    return all.map((each) => ({
      ...each,
      sameAs: all.filter((other) => isSame(each, other)).map(({ ref }) => ref),
      missingSince: null,
    }));
  }

  /** By connection name, then by id, in the order of `ref`. */
  function byConnectionThenId(one: string, other: string): number {
    const name = (ref: string) => ref.slice(0, ref.indexOf('/'));
    const [a, b] = name(one) === name(other) ? [one, other] : [name(one), name(other)];
    return a < b ? -1 : a > b ? 1 : 0;
  }

  const refs = (rows: readonly { readonly ref: string }[]) => rows.map(({ ref }) => ref).toSorted();

  it('agree on rows, totals and shares after any changes', () => {
    const cache = openScratch();
    const some = fc.record({
      filters: fc.array(someFilter, { minLength: 2, maxLength: 2 }),
      search: fc.constantFrom(null, 'acme', 'a', 's/1', 'org-1'),
      only: fc.option(fc.subarray(connections, { minLength: 1 }), { nil: null }),
    });
    fc.assert(
      fc.property(steps, some, (played, { filters, search, only }) => {
        const said = play(cache, played);
        for (const filter of [[], ...filters]) {
          const query = { ...everything, filter, search, connections: only };
          const rows = withOthers(said).filter(
            (each) =>
              (only === null || only.includes(each.connection)) &&
              matches(filter, each, noon) &&
              (search === null || matchesSearch(search, each)),
          );
          const once = distinct(said, rows);
          const window = cache.subscriptionWindow(query);
          expect(refs(window.rows)).toEqual(refs(rows));
          cache.count(query, 1000);
          expect(cache.count(query, 1000)).toEqual({ total: rows.length, subscriptions: once.length, counted: true });
          expect(refs(cache.subscriptionWindow({ ...query, distinct: true }).rows)).toEqual(refs(once));
          const seats = once.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
          const endingSoon = once.filter(({ endsAt }) => {
            const ends = endOf(endsAt) ?? Number.NaN;
            return ends >= noon && ends < noon + 30 * 86_400_000;
          }).length;
          expect(cache.totals(query)).toMatchObject({ subscriptions: once.length, seats, endingSoon });
          const shares = finished(cache.shares(query, { kind: 'status' }, bases));
          expect(shares.reduce((sum, share) => sum + share.subscriptions, 0)).toBe(once.length);
          const others = new Map(rows.map(({ ref, sameAs }) => [ref, sameAs]));
          for (const each of window.rows) expect(each.sameAs).toEqual(others.get(each.ref));
          for (const descending of [false, true]) {
            const sorted = cache.subscriptionWindow({ ...query, sort: [{ field: 'sameAs', descending }] }).rows;
            const first = sorted.map(({ sameAs }) => sameAs[0] ?? null);
            const inOrder = first.filter((ref) => ref !== null).toSorted(byConnectionThenId);
            expect(first).toEqual([
              ...(descending ? inOrder.toReversed() : inOrder),
              ...first.filter((ref) => ref === null),
            ]);
          }
        }
      }),
      { numRuns: 70 },
    );
  });
});
