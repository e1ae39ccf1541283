import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import type { Filter } from '../../src/model/filter.ts';
import { parseFilter } from '../../src/model/filter-parse.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { columnLoaderOn, holdRows, type RowCells } from '../../src/query/column-loader.ts';
import { openFile } from '../../src/store/cache-file.ts';
import { databaseOn } from '../../src/store/database.ts';
import { type Cache, everything, fill, ids, named, openScratch, row, scratch, tidyAll } from '../store/rows.ts';

const list = (amount: string) => [{ kind: 'list', amount, currency: null }] as const;

function filterOf(text: string): Filter {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(`${text} is no filter`);
  return parsed.filter;
}

/** Rows a day, a seat and a cent apart, so that their columns are narrow. */
function regular(count: number): readonly Subscription[] {
  return Array.from({ length: count }, (_, index) =>
    row({
      id: String(index).padStart(5, '0'),
      quantity: index % 200,
      endsAt: new Date(Date.parse('2026-01-01') + index * 86_400_000).toISOString(),
      prices: list(`${index}.50`),
      organization: named(`org-${index % 10}`),
    }),
  );
}

/** Every sort and some filters that narrow cells answer. */
function asked(cache: Cache) {
  const limit = { limit: 5000 };
  const by = (field: 'qty' | 'ends' | 'price' | 'org', descending: boolean) =>
    ids(cache, { sort: [{ field, descending }], ...limit });
  return {
    qty: by('qty', false),
    ends: by('ends', true),
    price: by('price', false),
    org: by('org', true),
    few: ids(cache, { filter: filterOf('qty<5'), ...limit }),
    late: ids(cache, { filter: filterOf('ends>=2030-01-01'), ...limit }),
    odd: ids(cache, { filter: filterOf('price=7.123456'), ...limit }),
    inOrg: ids(cache, { filter: filterOf('org:org-3'), ...limit }),
  };
}

it('keeps a value exactly that does not fit the cells of its column', () => {
  const path = join(scratch(), 'cache.db');
  const cache = openScratch(path);
  const rows = regular(3000);
  fill(cache, rows);
  const before = asked(cache);
  const odd: readonly Partial<Subscription>[] = [
    { quantity: 300 },
    { quantity: 2 ** 40 },
    { quantity: 0.5 },
    { endsAt: '2031-05-06T07:08:09.010Z' },
    { endsAt: '9999-12-31T23:59:59.999Z' },
    { prices: list('7.123456') },
    { prices: list('98765432109876.5') },
    { organization: named('org-30', 'Org 30') },
  ];
  for (const [index, over] of odd.entries()) {
    const subscription = row({ ...(rows[index * 7] ?? row({ id: 'none' })), ...over });
    cache.keep('nordic', subscription.id, { subscription, raw: {} });
    expect(asked(cache)).toEqual(asked(openScratch(path)));
  }
  expect(asked(cache)).not.toEqual(before);
  expect(asked(cache)).toMatchObject({ odd: ['00035'] });
  expect(ids(cache, { sort: [{ field: 'qty', descending: true }], limit: 2 })).toEqual(['00007', '00000']);
  expect(ids(cache, { filter: filterOf('qty=0.5') })).toEqual(['00014']);
  expect(ids(cache, { sort: [{ field: 'ends', descending: true }], limit: 1 })).toEqual(['00028']);
});

it('distinguishes more organizations than a narrow cell can number', () => {
  const cache = openScratch();
  const organizations = Array.from({ length: 300 }, (_, index) =>
    row({ id: `r${index}`, organization: named(`o${index}`) }),
  );
  fill(cache, organizations.slice(0, 200), { complete: false });
  expect(cache.totals(everything).organizations).toBe(200);
  fill(cache, organizations);
  expect(cache.totals(everything).organizations).toBe(300);
  for (const id of ['o3', 'o255', 'o256', 'o299']) {
    const place = [{ connection: 'nordic', level: 'organization', id }] as const;
    expect(ids(cache, { scope: place })).toEqual([id.replace('o', 'r')]);
  }
});

it('columns are as long as the table, also after ranking', () => {
  const path = join(scratch(), 'cache.db');
  const cache = openScratch(path);
  fill(cache, regular(9000));
  tidyAll(cache);
  const file = new DatabaseSync(path, { readOnly: true });
  const pieces = file.prepare('SELECT count(*) AS pieces FROM segment WHERE place < 33 * 1024 * 1024').get();
  file.close();
  expect(pieces).toEqual({ pieces: Math.ceil(9000 / 1024) });
});

it('evicts the least recently used columns and reloads them up to date', () => {
  const path = join(scratch(), 'cache.db');
  const cache = openScratch(path);
  fill(cache, regular(3000));
  const database = databaseOn(openFile(path));
  const whole = columnLoaderOn(database, 'rows', null);
  const narrow = columnLoaderOn(database, 'rows', 5);
  const [all, few] = [holdRows(whole), holdRows(narrow)];
  const names = ['quantity', 'endsAt', 'prices', 'organization', 'status'] as const;
  const read = (cells: RowCells) => names.map((name) => cells[name]());
  expect(read(few)).toEqual(read(all));
  expect(few.status()).toBe(few.status());
  const before = { few: few.quantity(), all: all.quantity() };
  expect(read(few)).toEqual(read(all));
  read(few);
  expect(few.quantity()).not.toBe(before.few);
  expect(few.quantity()).toEqual(before.all);
  expect(all.quantity()).toBe(before.all);

  few.endsAt();
  few.prices();
  few.organization();
  const shape = database.meta('shape');
  const odd = row({ id: '00007', quantity: 0.5, organization: named('org-77') });
  cache.keep('nordic', odd.id, { subscription: odd, raw: {} });
  for (const pieces of [whole, narrow]) pieces.refresh(shape);
  expect(read(few)).toEqual(read(all));
  expect(few.quantity()).toBeInstanceOf(Float64Array);
  database.close();
});
