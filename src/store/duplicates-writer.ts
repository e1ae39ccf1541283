import { rowColumns } from './column-layout.ts';
import type { Patch } from './column-patch.ts';
import type { ConnectionRow, ConnectionsTable } from './connections-table.ts';
import type { Database } from './database.ts';
import { type SharedAccounts, sharedAccounts } from './shared-accounts.ts';
import { integer } from './sql-values.ts';
import { rowsOf } from './stored-runs.ts';

/** Maintains the column `duplicateOf`, inside the caller's transaction. */
export interface DuplicatesWriter {
  /** A row of a connection was added or removed. */
  changed(patch: Patch, connection: number, id: string): void;
  /** Connections were added, removed, or changed their account or position: `before` is what was shared until then. */
  connectionsChanged(patch: Patch, before: SharedAccounts): void;
  shared(): SharedAccounts;
}

export function duplicatesWriter(database: Database, connections: ConnectionsTable): DuplicatesWriter {
  const sameId = database.statement('SELECT row, connection FROM subscription WHERE id = ?');
  const idsOf = database.statement(
    `SELECT id FROM subscription WHERE connection IN (SELECT value FROM json_each(?)) GROUP BY id HAVING count(*) > 1`,
  );
  const shared = () => sharedAccounts(connections.all());
  /** Within a transaction no other process changes a connection. */
  let known: { readonly patch: Patch; readonly shared: SharedAccounts } | null = null;

  function link(patch: Patch, account: readonly ConnectionRow[], id: string): void {
    const places = new Map(account.map(({ code }, place) => [code, place]));
    const rows = sameId
      .all(id)
      .flatMap(({ row, connection }) => {
        const place = places.get(integer(connection));
        return place === undefined ? [] : [{ row: integer(row), place }];
      })
      .sort((one, other) => one.place - other.place);
    for (const [index, { row }] of rows.entries()) {
      const earlier = rows[index - 1];
      patch.set('rows', rowColumns.duplicateOf, row, earlier === undefined ? 0 : earlier.row + 1);
    }
  }

  return {
    shared,
    changed(patch, connection, id) {
      if (known?.patch !== patch) known = { patch, shared: shared() };
      const account = known.shared.get(connection);
      if (account !== undefined) link(patch, account, id);
    },
    connectionsChanged(patch, before) {
      known = null;
      const after = shared();
      const isSame = (code: number) => codesOf(before.get(code)) === codesOf(after.get(code));
      const changed = connections.all().filter(({ code }) => !isSame(code));
      for (const connection of changed) {
        for (const row of rowsOf(database, connection, null)) patch.set('rows', rowColumns.duplicateOf, row, 0);
      }
      const accounts = new Map(changed.map(({ code }) => [codesOf(after.get(code)), after.get(code) ?? []]));
      for (const account of accounts.values()) {
        for (const { id } of idsOf.all(JSON.stringify(account.map(({ code }) => code))))
          link(patch, account, String(id));
      }
    },
  };
}

function codesOf(account: readonly ConnectionRow[] | undefined): string {
  return (account ?? []).map(({ code }) => code).join(' ');
}
