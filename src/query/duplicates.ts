import { type Bits, emptyBits, setBit } from '../store/bits.ts';
import type { ConnectionRow } from '../store/connections-table.ts';
import { type SharedAccounts, sharedAccounts } from '../store/shared-accounts.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';
import { release } from './release.ts';

/** Rows whose subscription is already shown by another row, through an earlier connection of the same account. */
export interface Duplicates {
  shared(): SharedAccounts;
  /** Of the rows for which `holds` is true, those that duplicate an earlier one. None: null. */
  among(holds: (row: number) => boolean): Bits | null;
  /** Their number. */
  count(holds: (row: number) => boolean): number;
  /** Every row of a subscription that another row shows, too. Not to be changed. */
  rows(): Bits;
  /**
   * Of each row, plus one, the row of the same subscription through the first other connection; 0: there is none. Not to be
   * changed.
   */
  firstOthers(): Uint32Array;
}

/** Free if no connections share an account. */
export function duplicatesOn(snapshot: ColumnSnapshot): Duplicates {
  let known: { readonly of: readonly ConnectionRow[]; readonly shared: SharedAccounts } | null = null;
  function shared(): SharedAccounts {
    const connections = snapshot.connections();
    if (known?.of !== connections) known = { of: connections, shared: sharedAccounts(connections) };
    return known.shared;
  }

  /** Rows that an earlier connection has as well. */
  const linked = snapshot.memo(() => rowsLinked(snapshot.rows.duplicateOf()), release);

  function eachDuplicate(holds: (row: number) => boolean, visit: (row: number) => void): void {
    const most = shared().size;
    if (most === 0) return;
    const cells = snapshot.rows.duplicateOf();
    for (const row of linked()) {
      if (!holds(row)) continue;
      let earlier = cells[row] ?? 0;
      for (let steps = 0; earlier !== 0 && steps < most; steps += 1) {
        if (holds(earlier - 1)) break;
        earlier = cells[earlier - 1] ?? 0;
      }
      if (earlier !== 0) visit(row);
    }
  }

  const firstOthers = snapshot.memo(() => {
    const most = shared().size;
    const cells = snapshot.rows.duplicateOf();
    const others = new Uint32Array(cells.length);
    for (const row of linked()) {
      let first = row;
      for (let steps = 0; (cells[first] ?? 0) !== 0 && steps < most; steps += 1) first = (cells[first] ?? 1) - 1;
      others[row] = first + 1;
      if (cells[row] === first + 1) others[first] = row + 1;
    }
    return others;
  }, release);

  const rows = snapshot.memo(() => {
    const bits = emptyBits(snapshot.size());
    for (const [row, other] of firstOthers().entries()) if (other !== 0) setBit(bits, row);
    return bits;
  });

  return {
    shared,
    rows: () => (shared().size === 0 ? emptyBits(snapshot.size()) : rows()),
    firstOthers,
    among(holds) {
      let found: Bits | null = null;
      eachDuplicate(holds, (row) => {
        found ??= emptyBits(snapshot.size());
        setBit(found, row);
      });
      return found;
    },
    count(holds) {
      let count = 0;
      eachDuplicate(holds, () => (count += 1));
      return count;
    },
  };
}

function rowsLinked(cells: Uint32Array): Uint32Array {
  let count = 0;
  for (const cell of cells) if (cell !== 0) count += 1;
  const rows = new Uint32Array(count);
  let next = 0;
  for (let row = 0; row < cells.length && next < count; row += 1) {
    if (cells[row] === 0) continue;
    rows[next] = row;
    next += 1;
  }
  return rows;
}
