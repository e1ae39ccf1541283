import type { AccountKey } from '../model/account.ts';
import type { Fault } from '../model/fault.ts';
import { type MissingRows, missingRowsFault } from '../model/missing-rows.ts';
import type { Level, VendorId } from '../model/vendor.ts';
import type { Database } from './database.ts';
import { integer, parsed, text, textOrNull } from './sql-values.ts';

/** A connection in the cache. `code` replaces its name in rows and columns. */
export interface ConnectionRow {
  readonly code: number;
  readonly name: string;
  readonly title: string;
  readonly vendor: VendorId;
  readonly implied: readonly Level[];
  /** Null if the connection is not declared. */
  readonly account: AccountKey | null;
  /** Its position in the settings. */
  readonly position: number;
  readonly rows: number;
  readonly readAt: string | null;
}

export interface ConnectionsTable {
  all(): readonly ConnectionRow[];
  find(name: string): ConnectionRow | null;
  declare(connection: DeclaredConnection, position: number): void;
  freshness(name: string): Freshness;
  ended(code: number, end: { readonly readAt: string | null; readonly fault: Fault | null }): void;
}

export function connectionsTable(database: Database): ConnectionsTable {
  const all = database.statement('SELECT * FROM connection ORDER BY name');
  const one = database.statement('SELECT * FROM connection WHERE name = ?');
  const resumable = database.statement(
    'SELECT 1 FROM sync_run JOIN connection ON code = connection WHERE name = ? AND resume IS NOT NULL LIMIT 1',
  );

  const shortfall = database.statement("SELECT rows FROM shortfall WHERE connection = ? AND scope = ''");

  function find(name: string): ConnectionRow | null {
    const row = one.get(name);
    return row === undefined ? null : rowOf(row);
  }

  return {
    find,
    all: () => all.all().map(rowOf),
    declare({ name, title, vendor, impliedLevels, account }, position) {
      database
        .statement(
          `INSERT INTO connection (name, title, vendor, implied, account, position) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (name) DO UPDATE SET title = excluded.title, vendor = excluded.vendor, implied = excluded.implied,
           account = excluded.account, position = excluded.position`,
        )
        .run(name, title, vendor, JSON.stringify(impliedLevels), account, position);
    },
    freshness(name) {
      const row = one.get(name);
      if (row === undefined) return neverRead;
      const missing = missingOf(row);
      const fault = row.fault === null ? null : parsed<Fault>(row.fault);
      return {
        readAt: textOrNull(row.read_at),
        rows: integer(row.rows),
        lastFault: fault ?? (missing === null ? null : missingRowsFault(name, missing)),
        resumable: resumable.get(name) !== undefined,
        missing,
        shortfall: integer(shortfall.get(integer(row.code))?.rows ?? 0),
      };
    },
    ended(code, { readAt, fault }) {
      database
        .statement('UPDATE connection SET fault = ?, read_at = coalesce(?, read_at) WHERE code = ?')
        .run(fault === null ? null : JSON.stringify(fault), readAt, code);
    },
  };
}

function missingOf(row: Readonly<Record<string, unknown>>): MissingRows | null {
  const rows = integer(row.missing);
  return rows === 0 ? null : { rows, since: text(row.missing_since), of: integer(row.rows) };
}

function rowOf(row: Readonly<Record<string, unknown>>): ConnectionRow {
  return {
    code: integer(row.code),
    name: text(row.name),
    title: text(row.title),
    vendor: text(row.vendor),
    implied: parsed<readonly Level[]>(row.implied),
    account: textOrNull(row.account),
    position: integer(row.position),
    rows: integer(row.rows),
    readAt: textOrNull(row.read_at),
  };
}

/** The age of the rows, and the current activity. A failed refresh keeps the old rows. */
export interface Freshness {
  /**
   * When the last complete sync run ended, ISO; null: never. Of one that went on where an earlier one had stopped: when that
   * stopped, since so old are the parts that it had read.
   */
  readonly readAt: string | null;
  readonly rows: number;
  /** Why the last sync run was not complete; else that rows are missing. */
  readonly lastFault: Fault | null;
  /** An interrupted sync run that can be resumed. */
  readonly resumable: boolean;
  /** Rows that are kept although the last complete sync run did not see them; null: none. */
  readonly missing: MissingRows | null;
  /** So many more rows than it sends the vendor's list counts, sync after sync. */
  readonly shortfall: number;
}

export const neverRead: Freshness = {
  readAt: null,
  rows: 0,
  lastFault: null,
  resumable: false,
  missing: null,
  shortfall: 0,
};

export interface DeclaredConnection {
  readonly name: string;
  readonly title: string;
  readonly vendor: VendorId;
  readonly impliedLevels: readonly Level[];
  /** Rows of connections of one account are the same subscription if their ids are equal. */
  readonly account: AccountKey | null;
}
