import type { Patch } from './column-patch.ts';
import type { Database } from './database.ts';
import { integer, text } from './sql-values.ts';

/** What is noted of a row that a sync did not see: when first, and whether the vendor has it by its id all the same. */
export interface MissingMark {
  readonly since: string;
  readonly isThere: boolean;
}

/** Notes rows that are kept although a sync did not see them, inside the caller's transaction. */
export interface MissingMarks {
  /** False: no row of any connection has a mark, so none needs to be cleared. */
  any(): boolean;
  of(row: number): MissingMark | null;
  /** By row number, of all connections. */
  all(): ReadonlyMap<number, MissingMark>;
  set(patch: Patch, connection: number, row: number, mark: MissingMark): void;
  clear(patch: Patch, connection: number, row: number): void;
}

export function missingMarks(database: Database): MissingMarks {
  const some = database.statement('SELECT 1 FROM missing LIMIT 1');
  const one = database.statement('SELECT since, there FROM missing WHERE row = ?');
  const all = database.statement('SELECT row, since, there FROM missing');
  const put = database.statement('INSERT OR REPLACE INTO missing (row, since, there) VALUES (?, ?, ?)');
  const remove = database.statement('DELETE FROM missing WHERE row = ?');
  const countUp = database.statement(
    'UPDATE connection SET missing = missing + 1, missing_since = coalesce(missing_since, ?) WHERE code = ?',
  );
  const countDown = database.statement(
    `UPDATE connection SET missing = missing - 1,
     missing_since = CASE WHEN missing > 1 THEN missing_since END WHERE code = ?`,
  );

  function of(row: number): MissingMark | null {
    const found = one.get(row);
    return found === undefined ? null : markOf(found);
  }

  return {
    any: () => some.get() !== undefined,
    of,
    all: () => new Map(all.all().map((found) => [integer(found.row), markOf(found)])),
    set(patch, connection, row, { since, isThere }) {
      const before = of(row);
      put.run(row, since, isThere ? 1 : 0);
      const [was, is] = [before !== null && !before.isThere, !isThere];
      if (is && !was) countUp.run(since, connection);
      if (was && !is) countDown.run(connection);
      patch.touch('rows', row);
    },
    clear(patch, connection, row) {
      const before = of(row);
      if (before === null) return;
      remove.run(row);
      if (!before.isThere) countDown.run(connection);
      patch.touch('rows', row);
    },
  };
}

function markOf({ since, there }: Readonly<Record<string, unknown>>): MissingMark {
  return { since: text(since), isThere: integer(there) === 1 };
}
