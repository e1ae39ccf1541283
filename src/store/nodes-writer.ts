import type { NodeFact } from '../api/contract.ts';
import { fold, sortKey } from '../model/filter-fold.ts';
import { nodeColumns } from './column-layout.ts';
import type { Patch } from './column-patch.ts';
import type { Database } from './database.ts';
import { kinds, type NodeKind } from './node-kinds.ts';
import { markUnranked } from './ranks.ts';
import { integer, text } from './sql-values.ts';

/** Names and ids shared by rows, stored once each under a code. Codes are never reused. */
export interface NodesWriter {
  /** The node's code; created or renamed if needed. A `null` name keeps a known name. */
  code(patch: Patch, connection: number, kind: NodeKind, id: string, name: string | null): number;
  /** The code of an ordered set of services; 0 for none. */
  bundle(services: readonly number[]): number;
  /** A node that a vendor lists itself. */
  list(patch: Patch, connection: number, facts: readonly NodeFact[], run: number): void;
  /** Drops the memory cache: another process or a rollback changed the file. */
  clear(): void;
}

interface Node {
  readonly code: number;
  readonly name: string;
}

/** Of one kind in one connection. */
const rememberedAtMost = 20_000;
const kindsAtMost = 256;

export function nodesWriter(database: Database): NodesWriter {
  const find = database.statement('SELECT code, name FROM node WHERE connection = ? AND kind = ? AND id = ?');
  const insert = database.statement(
    'INSERT INTO node (connection, kind, id, name, folded, sort) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const rename = database.statement('UPDATE node SET name = ?, folded = ?, sort = ? WHERE code = ?');
  // The newest sync run that listed it; an older one that continues does not overwrite it.
  const list = database.statement('UPDATE node SET sync_run = max(coalesce(sync_run, 0), ?) WHERE code = ?');
  const domainOf = database.statement('SELECT domain FROM organization_domain WHERE node = ?');
  const setDomain = database.statement(
    'INSERT OR REPLACE INTO organization_domain (node, domain, folded) VALUES (?, ?, ?)',
  );
  const dropDomain = database.statement('DELETE FROM organization_domain WHERE node = ?');
  const findBundle = database.statement('SELECT code FROM bundle WHERE nodes = ?');
  const insertBundle = database.statement('INSERT INTO bundle (nodes) VALUES (?)');
  /** By connection and kind, then by id, so that millions of look-ups build no key text. */
  const known = new Map<number, Map<string, Node>>();
  const bundles = new Map<string, number>();

  function lookUp(connection: number, kind: NodeKind, id: string) {
    const row = find.get(connection, kinds[kind], id);
    return row === undefined ? null : { code: integer(row.code), name: text(row.name) };
  }

  function write(
    patch: Patch,
    connection: number,
    kind: NodeKind,
    id: string,
    name: string,
    code: number | null,
  ): number {
    const [folded, sort] = [fold(name), sortKey(name)];
    if (code !== null) rename.run(name, folded, sort, code);
    const item = code ?? Number(insert.run(connection, kinds[kind], id, name, folded, sort).lastInsertRowid);
    if (code === null) {
      patch.set('nodes', nodeColumns.kind, item, kinds[kind]);
      patch.set('nodes', nodeColumns.connection, item, connection);
    }
    markUnranked(database, patch, 'nodes', item, [sort, item]);
    return item;
  }

  function code(patch: Patch, connection: number, kind: NodeKind, id: string, name: string | null): number {
    const ids = idsOf(connection, kind);
    const found = ids.get(id) ?? lookUp(connection, kind, id);
    const wanted = name ?? found?.name ?? id;
    if (found?.name === wanted) {
      if (!ids.has(id)) remember(ids, id, found);
      return found.code;
    }
    const item = write(patch, connection, kind, id, wanted, found?.code ?? null);
    remember(ids, id, { code: item, name: wanted });
    return item;
  }

  function idsOf(connection: number, kind: NodeKind): Map<string, Node> {
    const key = connection * kindsAtMost + kinds[kind];
    const ids = known.get(key) ?? new Map<string, Node>();
    known.set(key, ids);
    return ids;
  }

  function remember(ids: Map<string, Node>, id: string, node: Node): void {
    if (ids.size > rememberedAtMost) ids.clear();
    ids.set(id, node);
  }

  function keepDomain(patch: Patch, item: number, domain: string | null): void {
    const known = domainOf.get(item);
    if ((known === undefined ? null : text(known.domain)) === domain) return;
    if (domain === null) dropDomain.run(item);
    else setDomain.run(item, domain, fold(domain));
    patch.touch('nodes', item);
  }

  return {
    code,
    bundle(services) {
      if (services.length === 0) return 0;
      const key = services.join(' ');
      const found = bundles.get(key) ?? findBundle.get(key)?.code;
      const item = found === undefined ? Number(insertBundle.run(key).lastInsertRowid) : integer(found);
      if (bundles.size > rememberedAtMost) bundles.clear();
      bundles.set(key, item);
      return item;
    },
    list(patch, connection, facts, run) {
      for (const { level, id, name, domain, parents } of facts) {
        const item = code(patch, connection, level, id, name);
        let above = 0;
        for (const pin of parents) {
          if (pin.id === null) continue;
          const parent = code(patch, connection, pin.level, pin.id, null);
          if (above !== 0) patch.set('nodes', nodeColumns.parent, parent, above);
          above = parent;
        }
        patch.set('nodes', nodeColumns.parent, item, above);
        patch.set('nodes', nodeColumns.listed, item, 1);
        if (level === 'organization') keepDomain(patch, item, domain);
        list.run(run, item);
      }
    },
    clear() {
      known.clear();
      bundles.clear();
    },
  };
}
