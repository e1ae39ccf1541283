import type { Pin, Scope } from '../model/scope.ts';
import type { Level } from '../model/vendor.ts';
import { type Bits, emptyBits, intersect, isNone, unite } from '../store/bits.ts';
import type { Database } from '../store/database.ts';
import { kinds } from '../store/node-kinds.ts';
import { integer } from '../store/sql-values.ts';
import { rowsWith } from './code-column.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';

/** The rows below a node, of some connections. */
export interface ScopeRows {
  /** Null: all connections. A fresh set, which the caller may change. */
  rowsIn(scope: Scope, connections: readonly string[] | null): Bits;
  /** The rows below at least one of the nodes. */
  rowsInAny(nodes: readonly Pin[]): Bits;
  /** Null if the names include every connection of the cache. */
  narrowed(connections: readonly string[] | null): readonly string[] | null;
  /** A node's code; null if it is not in the cache. */
  codeOf(pin: Pin): number | null;
  /** Whether the pin is the connection's implied node: the vendor has no such level. */
  isWhole(pin: Pin): boolean;
}

const codeLevels = ['seller', 'reseller', 'organization'] as const;

export function scopeRowsOn(database: Database, snapshot: ColumnSnapshot): ScopeRows {
  const find = database.statement(
    `SELECT node.code FROM node JOIN connection ON connection.code = node.connection
     WHERE connection.name = ? AND kind = ? AND node.id = ?`,
  );

  function codeOf({ connection, level, id }: Pin): number | null {
    if (id === null) return null;
    const code = find.get(connection, kinds[level], id)?.code;
    return code === undefined ? null : integer(code);
  }

  function isWhole({ connection, level, id }: Pin): boolean {
    const row = snapshot.connections().find(({ name }) => name === connection);
    return row?.implied.includes(level) === true && id === connection;
  }

  function ofConnections(names: readonly string[]): Bits {
    const allowed = new Uint8Array(2 ** 16);
    for (const { code, name } of snapshot.connections()) if (names.includes(name)) allowed[code] = 1;
    return rowsWith(snapshot.rows.connection(), allowed);
  }

  function below(pin: Pin): Bits {
    const rows = ofConnections([pin.connection]);
    if (isWhole(pin)) return rows;
    const code = pin.id === null ? 0 : codeOf(pin);
    if (code === null) return emptyBits(rows.length * 32);
    intersect(rows, pin.level === 'service' ? withService(code) : withCode(pin.level, code));
    return rows;
  }

  function withCode(level: Exclude<Level, 'service'>, code: number): Bits {
    const { cells, codes } = snapshot.rows[level]();
    const place = codes.indexOf(code);
    const bits = emptyBits(cells.length);
    if (place === -1) return bits;
    for (let item = cells.indexOf(place); item !== -1; item = cells.indexOf(place, item + 1)) {
      bits[item >>> 5] = (bits[item >>> 5] ?? 0) | (1 << (item & 31));
    }
    return bits;
  }

  /** A node of its own: its rows have its code, which no other connection uses. */
  function isOneCode(pin: Pin): boolean {
    return pin.id !== null && pin.level !== 'service' && !isWhole(pin);
  }

  /** However many nodes, one pass over the rows. */
  function withCodes(level: (typeof codeLevels)[number], pins: readonly Pin[]): Bits {
    const allowed = new Uint8Array(snapshot.nodes.kind().length);
    for (const pin of pins) allowed[codeOf(pin) ?? 0] = 1;
    allowed[0] = 0;
    const rows = rowsWith(snapshot.rows[level](), allowed);
    intersect(rows, snapshot.alive());
    return rows;
  }

  function withService(code: number): Bits {
    const bundles = snapshot.bundles();
    const allowed = new Uint8Array(bundles.length);
    bundles.forEach((codes, bundle) => {
      if (code === 0 ? codes.length === 0 : codes.includes(code)) allowed[bundle] = 1;
    });
    return rowsWith(snapshot.rows.services(), allowed);
  }

  function narrowed(connections: readonly string[] | null): readonly string[] | null {
    const leavesOut = connections !== null && snapshot.connections().some(({ name }) => !connections.includes(name));
    return leavesOut ? connections : null;
  }

  return {
    codeOf,
    isWhole,
    narrowed,
    rowsIn(scope, connections) {
      const rows = snapshot.alive().slice();
      if (isNone(rows)) return rows;
      const names = narrowed(connections);
      if (names !== null) intersect(rows, ofConnections(names));
      for (const pin of scope) intersect(rows, below(pin));
      return rows;
    },
    rowsInAny(nodes) {
      const rows = emptyBits(snapshot.size());
      if (isNone(snapshot.alive())) return rows;
      const { true: together = [], false: others = [] } = Object.groupBy(nodes, (pin) => `${isOneCode(pin)}`);
      for (const level of codeLevels) {
        const pins = together.filter((pin) => pin.level === level);
        if (pins.length > 0) unite(rows, withCodes(level, pins));
      }
      for (const node of others) unite(rows, below(node));
      return rows;
    },
  };
}
