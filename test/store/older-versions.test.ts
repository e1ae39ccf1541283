import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortFields } from '../../src/model/field-names.ts';
import { matches } from '../../src/model/filter-match.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { cacheOn } from '../../src/query/cache-on-database.ts';
import type { CacheReader } from '../../src/query/cache-reader.ts';
import { copyInMemory } from '../../src/store/cache-file.ts';
import type { DeclaredConnection } from '../../src/store/connections-table.ts';
import { databaseOn } from '../../src/store/database.ts';
import { someFilter } from '../model/some-filters.ts';
import { everything, fill, noon, openScratch, row, scratch, standingClock, tidyAll } from './rows.ts';
import { someRow } from './some-rows.ts';

/** Introduced by version 4 of the file: shared texts and their columns, and other cells for dates and flags. */
const texts = [23, 24];
const columns = [...texts, ...[13, 14, 15]];
const [flags, flagBits] = [9, 8 + 16 + 32 + 64];
const pieces = 2 ** 20;

/** Turns the rows into those of an earlier version. */
function olderCache(path: string, version: 2 | 3, rows: readonly Subscription[]): void {
  const cache = openScratch(path);
  for (const [connection, own] of Map.groupBy(rows, (each) => each.connection)) fill(cache, own, {}, connection);
  tidyAll(cache);
  cache.close();
  const sqlite = new DatabaseSync(path);
  for (const column of columns) {
    sqlite.exec(`DELETE FROM part WHERE place >= ${column} * ${pieces} AND place < ${column + 1} * ${pieces}`);
  }
  for (const kind of texts) sqlite.exec(`DELETE FROM node WHERE kind = ${kind}`);
  const ofFlags = sqlite.prepare('SELECT place, data FROM part WHERE place >= ? AND place < ?');
  for (const { place, data } of ofFlags.all(flags * pieces, (flags + 1) * pieces)) {
    const cells = (data as Uint8Array).map((cell) => cell & ~flagBits);
    sqlite.prepare('UPDATE part SET data = ? WHERE place = ?').run(cells, place ?? null);
  }
  sqlite.exec(`ALTER TABLE connection DROP COLUMN missing; ALTER TABLE connection DROP COLUMN missing_since;
    DROP TABLE missing; DROP TABLE shortfall; DROP TABLE session`);
  if (version === 2) {
    sqlite.exec(`ALTER TABLE connection DROP COLUMN account; ALTER TABLE connection DROP COLUMN position;
      DELETE FROM part WHERE place >= 21 * ${pieces} AND place < 22 * ${pieces};
      UPDATE kept SET level = 100 WHERE level = 101`);
  }
  sqlite.exec(`PRAGMA user_version = ${version}`);
  sqlite.close();
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

describe.each([2, 3] as const)('a cache of version %i', (version) => {
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
      { numRuns: 10 },
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
