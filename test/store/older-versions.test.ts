import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import { sortFields } from '../../src/model/field-names.ts';
import { matches } from '../../src/model/filter-match.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { cacheOn } from '../../src/query/cache-on-database.ts';
import type { CacheReader } from '../../src/query/cache-reader.ts';
import { copyInMemory } from '../../src/store/cache-file.ts';
import { rowColumns } from '../../src/store/column-layout.ts';
import type { DeclaredConnection } from '../../src/store/connections-table.ts';
import { databaseOn } from '../../src/store/database.ts';
import { olderSchemas } from '../../src/store/migrations.ts';
import { someFilter } from '../model/some-filters.ts';
import { everything, fill, named, noon, openScratch, row, scratch, standingClock, tidyAll } from './rows.ts';
import { someRow } from './some-rows.ts';

const pieces = 2 ** 20;
/** Introduced by version 4 of the file: shared texts and their columns, and other cells for dates and flags. */
const ofVersion4 = { texts: [23, 24], columns: [23, 24, 13, 14, 15], flags: 8 + 16 + 32 + 64 };
/** Introduced by version 6: a column for each kind of price, and a flag for any of them. */
const ofVersion6 = { texts: [39, 41, 43, 45], columns: [38, 39, 40, 41, 42, 43, 44, 45], flags: 4 };

/** Turns the rows into those of an earlier version. */
function olderCache(path: string, version: 2 | 3 | 4 | 5 | 6 | 7, rows: readonly Subscription[]): void {
  const cache = openScratch(`${path}.new`);
  for (const [connection, own] of Map.groupBy(rows, (each) => each.connection)) fill(cache, own, {}, connection);
  tidyAll(cache);
  cache.close();
  const sqlite = new DatabaseSync(path);
  sqlite.exec(olderSchemas[version] ?? '');
  sqlite.prepare('ATTACH ? AS new').run(`${path}.new`);
  copyTables(sqlite);
  sqlite.exec('DETACH new');
  for (const { texts, columns, flags } of version < 4 ? [ofVersion4, ofVersion6] : version < 6 ? [ofVersion6] : []) {
    for (const column of columns) {
      sqlite.exec(`DELETE FROM part WHERE place >= ${column} * ${pieces} AND place < ${column + 1} * ${pieces}`);
    }
    for (const kind of texts) sqlite.exec(`DELETE FROM node WHERE kind = ${kind}`);
    const ofFlags = sqlite.prepare('SELECT place, data FROM part WHERE place >= ? AND place < ?');
    const { key } = rowColumns.flags;
    for (const { place, data } of ofFlags.all(key * pieces, (key + 1) * pieces)) {
      const cells = (data as Uint8Array).map((cell) => cell & ~flags);
      sqlite.prepare('UPDATE part SET data = ? WHERE place = ?').run(cells, place ?? null);
    }
  }
  if (version === 2) {
    // Earlier versions did not detect duplicates, and version 2 stored totals in another format under this key.
    sqlite.exec(`DELETE FROM part WHERE place >= 21 * ${pieces} AND place < 22 * ${pieces}`);
    const totals = tablesOf(sqlite, 'main').at(-2);
    sqlite.exec(`UPDATE "${totals}" SET level = 100 WHERE level = 101`);
  }
  sqlite.close();
}

/** Tables and columns have the same positions in every version, under other names. */
function copyTables(sqlite: DatabaseSync): void {
  const columnsOf = (database: 'main' | 'new', table: string | undefined) =>
    sqlite
      .prepare(`PRAGMA ${database}.table_info("${table}")`)
      .all()
      .map(({ name }) => `"${name}"`);
  const newTables = tablesOf(sqlite, 'new');
  for (const [place, table] of tablesOf(sqlite, 'main').entries()) {
    const columns = columnsOf('main', table);
    const from = columnsOf('new', newTables[place]).slice(0, columns.length);
    sqlite.exec(`DELETE FROM main."${table}";
      INSERT INTO main."${table}" (${columns}) SELECT ${from} FROM new."${newTables[place]}"`);
  }
}

function tablesOf(sqlite: DatabaseSync, database: 'main' | 'new'): readonly string[] {
  const ofTables = `SELECT name FROM ${database}.sqlite_schema WHERE type = 'table' AND name <> 'sqlite_sequence'`;
  return sqlite
    .prepare(ofTables)
    .all()
    .map(({ name }) => String(name));
}

const twoViews = [
  row({ connection: 'seller', id: '1' }),
  row({ connection: 'reseller', id: '1' }),
  row({ connection: 'seller', id: '2' }),
];
const declared = (name: string): DeclaredConnection => ({
  ...{ name, title: name, vendor: 'cloudmore', impliedLevels: [], account: 'one account' },
});

type Opened = Pick<CacheReader, 'subscriptionWindow'>;

/** Opened for writing, and as a copy of an unwritable file. */
const ways: readonly (readonly [string, (path: string) => Opened])[] = [
  ['as it is opened', (path) => openScratch(path)],
  [
    'in a copy where it cannot be written',
    (path) => {
      const copy = copyInMemory(path);
      if (copy === null) throw new Error('The cache is too large for a copy.');
      return cacheOn(databaseOn(copy), { clock: standingClock(), untidyRows: 512, holds: false });
    },
  ],
];

describe.each([2, 3, 4, 5, 6, 7] as const)('a cache of version %i', (version) => {
  it.each(ways)('filters and sorts by every field %s', (_, open) => {
    const rows = fc.uniqueArray(someRow(['nordic']), { minLength: 1, maxLength: 30, selector: ({ id }) => id });
    const filters = fc.array(someFilter, { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(rows, filters, (all, some) => {
        const [older, fresh] = [`${scratch()}/cache.db`, openScratch()];
        olderCache(older, version, all);
        fill(fresh, all);
        const cache = open(older);
        const refs = (of: Opened, query: object) =>
          of.subscriptionWindow({ ...everything, ...query }).rows.map(({ ref }) => ref);
        for (const filter of some) {
          const expected = all.filter((each) => matches(filter, each, noon)).map(({ ref }) => ref);
          expect(refs(cache, { filter }).toSorted()).toEqual(expected.toSorted());
        }
        for (const field of sortFields) {
          const query = { sort: [{ field, descending: false }] };
          expect(refs(cache, query), field).toEqual(refs(fresh, query));
        }
      }),
      { numRuns: 3 },
    );
  });

  it('keeps its rows and counts duplicates once after connections are declared', () => {
    const path = `${scratch()}/cache.db`;
    olderCache(path, version, twoViews);
    const cache = openScratch(path);
    expect(cache.notice).toBeNull();
    expect(cache.totals(everything).subscriptions).toBe(3);
    cache.declareConnections(['seller', 'reseller'].map(declared));
    expect(cache.totals(everything).subscriptions).toBe(2);
    expect(cache.subscription('seller', '1')?.sameAs).toEqual(['reseller/1']);
    const key = { connection: 'seller', id: '1', read: 'addons' } as const;
    cache.keepAnswer({ ...key, account: 'one account', askedAt: noon, value: [] });
    expect(cache.answer(key)?.value).toEqual([]);
    const acme = { ...named('acme'), level: 'organization', domain: safeText('acme.example'), parents: [] } as const;
    fill(cache, [], { nodes: [acme] }, 'seller');
    expect(cache.node({ level: 'organization', connection: 'seller', id: 'acme' })?.domain).toBe('acme.example');
  });

  it('is copied with its rows if it cannot be written', () => {
    const path = `${scratch()}/cache.db`;
    olderCache(path, version, twoViews);
    const copy = copyInMemory(path);
    expect(copy?.prepare('SELECT count(*) AS rows FROM subscription').get()).toEqual({ rows: 3 });
    expect(copy?.prepare('SELECT name, account FROM connection ORDER BY name').all()).toEqual([
      { name: 'reseller', account: null },
      { name: 'seller', account: null },
    ]);
    copy?.close();
  });
});

it('is not converted while another process has it open', () => {
  const path = `${scratch()}/cache.db`;
  olderCache(path, 5, twoViews);
  const other = new DatabaseSync(path);
  other.exec('PRAGMA journal_mode = WAL');
  const rowsOf = () => other.prepare('SELECT count(*) AS rows FROM subscription WHERE noun IS NOT NULL').get();
  expect(rowsOf()).toEqual({ rows: 3 });
  const early = openScratch(path);
  expect(early.notice).toMatch(/an older version made it and another Subdeck has it open\. Close that one/);
  early.close();
  expect(rowsOf()).toEqual({ rows: 3 });
  other.close();
  const late = openScratch(path);
  expect([late.notice, late.totals(everything).subscriptions]).toEqual([null, 3]);
});

it('is not set aside as damaged once a newer version has converted it', () => {
  const path = `${scratch()}/cache.db`;
  const cache = openScratch(path);
  fill(cache, twoViews.slice(0, 1), {}, 'seller');
  const newer = new DatabaseSync(path);
  newer.exec('ALTER TABLE subscription RENAME COLUMN encoded_row TO other; PRAGMA user_version = 99');
  expect(cache.subscription('seller', '1')).toBeNull();
  expect(cache.notice).toMatch(/A newer version of Subdeck wrote the cache/);
  expect(newer.prepare('SELECT count(*) AS rows FROM subscription').get()).toEqual({ rows: 1 });
  newer.close();
});
