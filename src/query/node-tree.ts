import type { Pin, Scope } from '../model/scope.ts';
import type { Level } from '../model/vendor.ts';
import { isNone } from '../store/bits.ts';
import type { Database } from '../store/database.ts';
import { kinds } from '../store/node-kinds.ts';
import { integer } from '../store/sql-values.ts';
import { codeAt, valuesAtCodes } from './code-column.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';
import type { ScopeRows } from './scope-rows.ts';

/** The relations between rows and nodes. */
export interface NodeTree {
  /**
   * The node of each row at a level above service; the connection's implied node if the vendor has no such level. 0:
   * none.
   */
  codeAt(level: Exclude<Level, 'service'>): (row: number) => number;
  /** Nodes that a vendor lists and that have no rows. */
  empties(): readonly number[];
  /** Whether an empty node is below a scope and in one of the connections (null: all). */
  below(scope: Scope, connections: readonly string[] | null): (code: number) => boolean;
  /** A node and its known ancestors. */
  lineOf(code: number): readonly number[];
  levelOf(code: number): Level | null;
  /** A connection's implied node at a level; 0 if the vendor has that level. */
  impliedCode(level: Level, connection: number): number;
}

const levelByKind = new Map<number, Level>([
  [kinds.seller, 'seller'],
  [kinds.reseller, 'reseller'],
  [kinds.organization, 'organization'],
  [kinds.service, 'service'],
]);

export function nodeTreeOn(database: Database, snapshot: ColumnSnapshot, scopeRows: ScopeRows): NodeTree {
  const find = database.statement('SELECT code FROM node WHERE connection = ? AND kind = ? AND id = ?');

  const impliedCodes = snapshot.memoBy(4, (level) => {
    const codes = new Uint32Array(2 ** 16);
    let any = false;
    for (const { code, name, implied } of snapshot.connections()) {
      if (!implied.some((each) => each === level)) continue;
      const kind = [...levelByKind].find(([, each]) => each === level)?.[0] ?? 0;
      codes[code] = integer(find.get(code, kind, name)?.code ?? 0);
      any = true;
    }
    return any ? codes : null;
  });

  function codeAtLevel(level: Exclude<Level, 'service'>): (row: number) => number {
    const own = codeAt(snapshot.rows[level]());
    const implied = impliedCodes(level);
    if (implied === null) return own;
    const connections = snapshot.rows.connection();
    const wholes = valuesAtCodes(implied, connections);
    return (row) => wholes[connections.cells[row] ?? 0] || own(row);
  }

  function makeEmpties(): readonly number[] {
    const [listed, nodeKinds] = [snapshot.nodes.listed(), snapshot.nodes.kind()];
    const listedKinds = new Set<number>();
    for (let code = 1; code < listed.length; code += 1) if (listed[code] === 1) listedKinds.add(nodeKinds[code] ?? 0);
    const used = new Uint8Array(listed.length);
    if (!isNone(snapshot.alive())) markUsed(used, listedKinds);
    const empties: number[] = [];
    for (let code = 1; code < listed.length; code += 1) if (listed[code] === 1 && used[code] === 0) empties.push(code);
    return empties;
  }

  function markUsed(used: Uint8Array, kindsAsked: ReadonlySet<number>): void {
    for (const level of ['seller', 'reseller', 'organization'] as const) {
      if (!kindsAsked.has(kinds[level])) continue;
      const codeOf = codeAtLevel(level);
      for (let row = 0; row < snapshot.size(); row += 1) used[codeOf(row)] = 1;
    }
    if (kindsAsked.has(kinds.service)) for (const code of servicesUsed()) used[code] = 1;
  }

  function servicesUsed(): readonly number[] {
    const bundles = snapshot.bundles();
    const bundlesUsed = new Uint8Array(bundles.length);
    const bundleOf = codeAt(snapshot.rows.services());
    for (let row = 0; row < snapshot.size(); row += 1) bundlesUsed[bundleOf(row)] = 1;
    return bundles.flatMap((codes, bundle) => (bundlesUsed[bundle] === 1 ? codes : []));
  }

  function lineOf(code: number): readonly number[] {
    const parents = snapshot.nodes.parent();
    const line: number[] = [];
    for (let at = code; at !== 0 && line.length < 5; at = parents[at] ?? 0) line.push(at);
    return line;
  }

  function below(scope: Scope, connections: readonly string[] | null): (code: number) => boolean {
    const pins = scope.map((pin: Pin) => ({
      connection: pin.connection,
      whole: scopeRows.isWhole(pin),
      code: scopeRows.codeOf(pin),
    }));
    return (code) => {
      const name = snapshot.connection(snapshot.nodes.connection()[code] ?? 0)?.name ?? '';
      if (connections !== null && !connections.includes(name)) return false;
      if (pins.some((pin) => pin.connection !== name)) return false;
      const line = lineOf(code);
      return pins.every((pin) => pin.whole || (pin.code !== null && line.includes(pin.code)));
    };
  }

  return {
    codeAt: codeAtLevel,
    empties: snapshot.memo(makeEmpties),
    below,
    lineOf,
    levelOf: (code) => levelByKind.get(snapshot.nodes.kind()[code] ?? 0) ?? null,
    impliedCode: (level, connection) => impliedCodes(level)?.[connection] ?? 0,
  };
}
