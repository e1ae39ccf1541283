import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginOf, endOf } from '../../src/model/date-text.ts';
import { decimalOf } from '../../src/model/decimal.ts';
import { type SortField, sortFields } from '../../src/model/field-names.ts';
import { sortKey } from '../../src/model/filter-fold.ts';
import { matches, matchesSearch } from '../../src/model/filter-match.ts';
import { mainPrice } from '../../src/model/main-price.ts';
import { renewalModes, type Subscription, statuses } from '../../src/model/subscription.ts';
import type { SubscriptionQuery } from '../../src/query/cache-reader.ts';
import { someFilter } from '../model/some-filters.ts';
import { type Cache, everything, noon, openScratch, page, tidyAll } from '../store/rows.ts';
import { runStopped } from '../store/run-ends.ts';
import { someRow } from '../store/some-rows.ts';

const connections = ['nordic', 'adria'];
const someRows = fc.array(someRow(connections), { maxLength: 60 });
const searches = fc.constantFrom(
  ...[
    'a',
    'ac',
    'acm',
    'acme',
    'ACME O',
    '席',
    '安全',
    '安全メ',
    '安全メール',
    'backup 1',
    's/1',
    'm131',
    '%',
    '_',
    'x"',
  ],
  ...['σισ', 'zzz', 'org-1', '1', 'ß', 'e o'],
);

/** Two batches, so that rows are changed and renamed; the indexes are built in between, after, or never. */
interface Story {
  readonly first: readonly Subscription[];
  readonly second: readonly Subscription[];
  readonly tidyFirst: boolean;
  readonly tidyLast: boolean;
}
const stories: fc.Arbitrary<Story> = fc.record({
  first: someRows,
  second: someRows,
  tidyFirst: fc.boolean(),
  tidyLast: fc.boolean(),
});

/** Runs a story and returns the rows that must exist in the end. */
function play(cache: Cache, { first, second, tidyFirst, tidyLast }: Story): readonly Subscription[] {
  cache.purge();
  const rows = new Map<string, Subscription>();
  for (const batch of [first, second]) {
    for (const connection of connections) {
      const own = batch.filter((each) => each.connection === connection);
      const vendor = connection === 'adria' ? 'interworks' : 'cloudmore';
      const run = cache.beginRun({ connection, vendor, within: null, freshSince: 0 });
      run.keepPage(page(own));
      run.finish(runStopped);
      for (const each of own) rows.set(each.ref, each);
    }
    if (batch === first ? tidyFirst : tidyLast) tidyAll(cache);
  }
  return [...rows.values()];
}

const refs = (rows: readonly Subscription[]) => rows.map(({ ref }) => ref).toSorted();

function amountKey(amount: string | undefined): number | null {
  return amount === undefined || decimalOf(amount) === null ? null : Number(amount) + 0;
}

function key(field: SortField, of: Subscription): string | number | null {
  const named = (name: string | undefined) => (name === undefined ? null : sortKey(name));
  switch (field) {
    case 'name':
      return sortKey(of.name);
    case 'org':
      return named(of.organization?.name);
    case 'reseller':
      return named(of.reseller?.name);
    case 'product':
      return named(of.product?.name);
    case 'service':
      return named(of.services[0]?.name);
    case 'billing':
      return named(of.billing ?? undefined);
    case 'term':
      return named(of.term ?? undefined);
    case 'segment':
      return named(of.segment ?? undefined);
    case 'status':
      return statuses.indexOf(of.status);
    case 'vendor':
      return of.vendor;
    case 'renewal':
      return of.renewal === null ? null : renewalModes.indexOf(of.renewal.mode);
    case 'qty':
      return of.quantity;
    case 'price':
      return amountKey(mainPrice(of)?.amount);
    case 'listPrice':
    case 'revenuePrice':
    case 'erpPrice':
    case 'unitPrice':
      return amountKey(of.prices.find(({ kind }) => field === `${kind}Price`)?.amount);
    case 'listCurrency':
    case 'revenueCurrency':
    case 'erpCurrency':
    case 'unitCurrency':
      return named(of.prices.find(({ kind }) => field === `${kind}Currency`)?.currency ?? undefined);
    case 'ends':
      return endOf(of.endsAt);
    case 'starts':
      return beginOf(of.startsAt);
    case 'cancel':
      return endOf(of.cancellableUntil);
    case 'seller':
      return named(of.seller?.name);
    // None of these rows is missing.
    case 'missing':
      return null;
    case 'vendorStatus':
      return named(of.vendorStatus ?? undefined);
    case 'parentId':
      return named(of.parentId ?? undefined);
    case 'sameAs':
      return null;
    case 'read':
      return beginOf(of.readAt);
    case 'isAddon':
    case 'isTrial':
    case 'hasLicenseKey':
      return Number(of[field]);
    case 'ref':
    case 'id':
    case 'connection':
      return of[field];
  }
}

/** Negative if `a` comes before `b`; null is last in both directions. */
function compareKeys(a: string | number | null, b: string | number | null, descending: boolean): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  const difference =
    typeof a === 'string' || typeof b === 'string'
      ? Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)))
      : a - b;
  return descending ? -difference : difference;
}

/** Distinguishes things with the same name: they stay separate, in any order. */
function identity(field: SortField, of: Subscription): string {
  const node = {
    ...{ org: of.organization, seller: of.seller, reseller: of.reseller, product: of.product },
    service: of.services[0],
  };
  if (field in node) {
    return `${of.connection} ${node[field as keyof typeof node]?.id}`;
  }
  return field === 'name' || field === 'id' || field === 'ref' ? of.ref : '';
}

function isInOrder(earlier: Subscription, later: Subscription, sort: SubscriptionQuery['sort']): boolean {
  for (const { field, descending } of sort) {
    const order = compareKeys(key(field, earlier), key(field, later), descending);
    if (order !== 0) return order < 0;
    if (key(field, earlier) !== null && identity(field, earlier) !== identity(field, later)) return true;
  }
  return true;
}

describe('the cache and the reference implementation of a query', () => {
  it('agree on the rows that match a filter and a search', () => {
    const cache = openScratch();
    fc.assert(
      fc.property(stories, fc.array(someFilter, { minLength: 5, maxLength: 5 }), searches, (story, filters, search) => {
        const rows = play(cache, story);
        for (const filter of filters) {
          const expected = rows.filter((each) => matches(filter, each, noon));
          expect(refs(cache.subscriptionWindow({ ...everything, filter }).rows)).toEqual(refs(expected));
          expect(cache.totals({ ...everything, filter }).subscriptions).toBe(expected.length);
        }
        const found = cache.subscriptionWindow({ ...everything, search });
        expect(refs(found.rows)).toEqual(refs(rows.filter((each) => matchesSearch(search, each))));
      }),
      { numRuns: 80 },
    );
  });

  it('agree on the order, the positions and every window', () => {
    const cache = openScratch();
    const sorts = fc.array(fc.record({ field: fc.constantFrom(...sortFields), descending: fc.boolean() }), {
      maxLength: 2,
    });
    fc.assert(
      fc.property(stories, fc.array(sorts, { minLength: 5, maxLength: 5 }), fc.nat(70), (story, manySorts, offset) => {
        const rows = play(cache, story);
        for (const sort of manySorts) {
          const all = cache.subscriptionWindow({ ...everything, sort }).rows;
          expect(refs(all)).toEqual(refs(rows));
          const whole = [...sort, { field: 'name', descending: false } as const];
          for (const [index, later] of all.entries()) {
            const earlier = all[index - 1];
            if (earlier === undefined) continue;
            expect(isInOrder(earlier, later, whole)).toBe(true);
          }
          const window = cache.subscriptionWindow({ ...everything, sort, offset, limit: 7 });
          expect(window).toMatchObject({ rows: all.slice(offset, offset + 7), total: all.length });
          for (const [index, { ref }] of all.entries())
            expect(cache.positionOf({ ...everything, sort }, ref)).toBe(index);
          expect([...cache.eachSubscription({ ...everything, sort })]).toEqual(all);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('agree on the rows below any of some organizations', () => {
    const cache = openScratch();
    const chosen = fc.array(fc.nat(20), { maxLength: 3 });
    fc.assert(
      fc.property(stories, chosen, someFilter, (story, places, filter) => {
        const rows = play(cache, story);
        const organizations = rows.flatMap(({ connection, organization }) =>
          organization === null ? [] : [{ level: 'organization', connection, id: organization.id } as const],
        );
        const anyOf = places.flatMap((place) => organizations[place] ?? []);
        const isBelow = ({ connection, organization }: Subscription) =>
          anyOf.some((pin) => pin.connection === connection && pin.id === organization?.id);
        const below = rows.filter(isBelow);
        expect(refs(cache.subscriptionWindow({ ...everything, anyOf }).rows)).toEqual(refs(below));
        expect(cache.totals({ ...everything, anyOf })).toMatchObject({
          subscriptions: below.length,
          seats: below.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0),
        });
        const expected = below.filter((each) => matches(filter, each, noon));
        const found = cache.subscriptionWindow({ ...everything, anyOf, filter });
        expect([refs(found.rows), found.total]).toEqual([refs(expected), expected.length]);
        for (const row of rows) {
          const position = cache.positionOf({ ...everything, anyOf }, row.ref);
          expect(position === null).toBe(!isBelow(row));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('agree on the content of a row', () => {
    const cache = openScratch();
    fc.assert(
      fc.property(stories, (story) => {
        for (const expected of play(cache, story)) {
          expect(cache.subscription(expected.connection, expected.id)).toEqual({
            ...expected,
            sameAs: [],
            missingSince: null,
          });
          expect(cache.raw(expected.connection, expected.id)).toEqual({ id: expected.id });
        }
      }),
      { numRuns: 20 },
    );
  });
});
