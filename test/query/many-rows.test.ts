import { expect, it } from 'vitest';
import { sortKey } from '../../src/model/filter-fold.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { everything, fill, named, openScratch, row, tidyAll } from '../store/rows.ts';

/** Enough rows to use the algorithms for many rows. */
const count = 4500;
const names = ['Backup', 'Mail', 'Archive', 'Überwachung', '安全メール'];
const rows = Array.from({ length: count }, (_, index) => {
  const mixed = (index * 7919) % count;
  return row({
    id: `id-${mixed}`,
    name: `${names[mixed % names.length]} ${mixed % 1000}`,
    organization: mixed % 11 === 0 ? null : named(`o${mixed % 300}`, `Org ${mixed % 300}`),
    services: [named(`v${mixed % 7}`), named(`v${mixed % 5}`)].slice(mixed % 3),
    quantity: mixed % 13 === 0 ? null : (mixed * 31) % 5000,
    endsAt: mixed % 4 === 0 ? null : new Date(Date.parse('2026-01-01') + mixed * 3_600_123).toISOString(),
    prices: [{ kind: 'list', amount: `${mixed % 50}.${mixed % 10}`, currency: null }],
  });
});

/** Each row beside the text that the search looks through. */
const searched = rows.map((of) => ({ ref: of.ref, text: searchedText(of) }));

/** Whose text contains this one, in the order of their references. */
function expectedFor(search: string): readonly string[] {
  return searched.flatMap(({ ref, text }) => (text.includes(search) ? [ref] : [])).toSorted();
}

/** Null last in both directions. */
function inOrder(values: readonly (number | null)[], descending: boolean): boolean {
  return values.every((value, index) => {
    const before = values[index - 1];
    if (before === undefined || value === null) return true;
    return before !== null && (descending ? before >= value : before <= value);
  });
}

it('sorts, searches, counts and pages many rows like few', () => {
  const cache = openScratch();
  fill(cache, rows);
  const reads: Record<'qty' | 'price' | 'ends', (of: Subscription) => number | null> = {
    qty: (of) => of.quantity,
    price: (of) => Number(of.prices[0]?.amount),
    ends: (of) => (of.endsAt === null ? null : Date.parse(of.endsAt)),
  };
  for (const tidied of [false, true]) {
    if (tidied) tidyAll(cache);
    for (const field of ['qty', 'price', 'ends'] as const) {
      for (const descending of [false, true]) {
        const query = { ...everything, sort: [{ field, descending }], limit: count };
        const sorted = cache.subscriptionWindow(query).rows;
        expect(new Set(sorted.map(({ ref }) => ref)).size).toBe(count);
        expect(inOrder(sorted.map(reads[field]), descending)).toBe(true);
        expect(cache.subscriptionWindow({ ...query, offset: count - 3, limit: 50 }).rows).toEqual(sorted.slice(-3));
        expect(cache.positionOf(query, sorted[count - 2]?.ref ?? '')).toBe(count - 2);
      }
    }
    for (const search of ['a', 'il', 'arc', 'archive 1', '安', '安全', 'id-69', 'uberwach', 'zzz']) {
      const window = cache.subscriptionWindow({ ...everything, search, limit: count });
      expect(window.rows.map(({ ref }) => ref).toSorted()).toEqual(expectedFor(search));
      const keys = window.rows.map(({ name }) => sortKey(name));
      expect(keys).toEqual(keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    }
    const organizations = cache.levelWindow({ ...everything, level: 'organization', sort: null, limit: 500 });
    expect(organizations.rows.reduce((sum, { counts }) => sum + counts.subscriptions, 0)).toBe(count);
    const services = cache.levelWindow({
      ...everything,
      level: 'service',
      sort: { field: 'organizations', descending: true },
    });
    const counted = services.rows.map(({ counts }) => counts.organizations);
    expect(inOrder(counted, true)).toBe(true);
  }
});

it('typing a search letter by letter finds the same as each text alone', () => {
  const cache = openScratch();
  fill(cache, rows);
  tidyAll(cache);
  const texts = ['archive', 'backup 12', 'ive 7', '安全メール', 'id-69', 'org 2'];
  const typed = texts.flatMap((text) => Array.from(text, (_, index) => text.slice(0, index + 1)));
  for (const search of [...typed, ...typed.toReversed()]) {
    const found = cache.subscriptionWindow({ ...everything, search, limit: count }).rows;
    expect(found.map(({ ref }) => ref).toSorted()).toEqual(expectedFor(search));
  }
});

it('sorts many rows by id in both directions, with equal ids and unranked rows', () => {
  const cache = openScratch();
  fill(cache, rows);
  fill(
    cache,
    rows.slice(0, 50).map((each) => row({ ...each, connection: 'south' })),
    {},
    'south',
  );
  for (const tidied of [false, true]) {
    if (tidied) {
      tidyAll(cache);
      cache.keep('nordic', 'id-3000x', { subscription: row({ id: 'id-3000x' }), raw: {} });
    }
    const byId = (descending: boolean) =>
      cache.subscriptionWindow({ ...everything, sort: [{ field: 'id', descending }], limit: count + 60 }).rows;
    const upwards = byId(false).map(({ id }) => id);
    expect(upwards).toHaveLength(tidied ? count + 51 : count + 50);
    expect(upwards).toEqual(upwards.toSorted());
    expect(byId(true).map(({ id }) => id)).toEqual(upwards.toReversed());
  }
});

it('an uncounted total says so and is counted on request', () => {
  const cache = openScratch();
  fill(cache, rows);
  tidyAll(cache);
  const query = { ...everything, search: 'archive', limit: 20 };
  const first = cache.subscriptionWindow(query);
  expect(first.rows).toHaveLength(20);
  expect(first.counted).toBe(false);
  let counting = cache.count(query, 1);
  while (!counting.counted) counting = cache.count(query, 1);
  expect(counting.total).toBe(rows.filter(({ name }) => name.startsWith('Archive')).length);
  expect(cache.subscriptionWindow(query)).toMatchObject({ total: counting.total, counted: true });
});

it('skips false index matches without leaving gaps', () => {
  const cache = openScratch();
  const looks = Array.from({ length: 3000 }, (_, index) =>
    row({ id: `r${index}`, name: index % 3 === 0 ? 'abc-bcd' : 'abcd' }),
  );
  fill(cache, looks);
  tidyAll(cache);
  const query = { ...everything, search: 'abcd', limit: 50 };
  const seen = [];
  for (let offset = 0; offset < 2000; offset += 50) seen.push(...cache.subscriptionWindow({ ...query, offset }).rows);
  expect(seen.every(({ name }) => name === 'abcd')).toBe(true);
  expect(new Set(seen.map(({ ref }) => ref)).size).toBe(2000);
  expect(cache.subscriptionWindow({ ...query, offset: 1990, limit: 50 })).toMatchObject({
    total: 2000,
    rows: { length: 10 },
  });
});

it('finds a row renamed during indexing by its new name only', () => {
  for (const slices of [0, 5, 60, 130, 140, 500]) {
    const cache = openScratch();
    fill(cache, rows.slice(0, 600));
    for (let slice = 0; slice < slices; slice += 1) cache.tidy();
    const old = rows[3];
    if (old === undefined) throw new Error('No row was found.');
    cache.keep('nordic', old.id, { subscription: row({ ...old, name: 'Qqq' }), raw: {} });
    for (const tidied of [false, true]) {
      if (tidied) tidyAll(cache);
      expect(cache.subscriptionWindow({ ...everything, search: 'qqq' }).rows.map(({ id }) => id)).toEqual([old.id]);
      const byOldName = cache.subscriptionWindow({ ...everything, search: old.name.slice(0, 3) }).rows;
      expect(byOldName.map(({ id }) => id)).not.toContain(old.id);
    }
  }
});

/** The text that the search looks through, without case and accents. */
function searchedText({ name, id, organization, services }: Subscription): string {
  const others = [organization, ...services].flatMap((each) => (each === null ? [] : [each.name, each.id]));
  return [name, id, ...others].join('\n').toLowerCase().replaceAll('ü', 'u');
}
