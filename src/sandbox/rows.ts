import { hasEffect } from './effects.ts';

/** A dataset's rows: computed from their index, with changes, additions and removals since the start applied. */
export interface Rows<Row> {
  /** The current row, or null if it does not exist or was removed. */
  get(index: number): Row | null;
  /** Changes some fields; null if the row is gone. */
  patch(index: number, changes: Partial<Row>): Row | null;
  remove(index: number): void;
  /** Appends a new row; `make` gets its index. */
  add(make: (index: number) => Row): Row;
  /** The indexes of all existing rows, ascending. */
  indexes(): Iterable<number>;
  /** One past the highest index ever given out. */
  readonly end: number;
  /** Increases with every change: data derived from an older version is stale. */
  readonly version: number;
}

/** `make` must depend on its index and the calendar alone. Memory grows with the changes, not with `size`. */
export function rows<Row extends object>(size: number, make: (index: number) => Row): Rows<Row> {
  const changed = new Map<number, Row>();
  const removed = new Set<number>();
  let end = size;
  let version = 0;
  const get = (index: number): Row | null => {
    if (!Number.isInteger(index) || index < 0 || index >= end || removed.has(index)) return null;
    return changed.get(index) ?? make(index);
  };
  return {
    get,
    patch: (index, changes) => {
      const row = get(index);
      if (row === null) return null;
      const next = { ...row, ...changes };
      if (!hasEffect()) return next;
      changed.set(index, next);
      version++;
      return next;
    },
    remove: (index) => {
      if (!hasEffect()) return;
      removed.add(index);
      changed.delete(index);
      version++;
    },
    add: (create) => {
      const row = create(end);
      if (!hasEffect()) return row;
      changed.set(end, row);
      end++;
      version++;
      return row;
    },
    *indexes() {
      for (let index = 0; index < end; index++) if (!removed.has(index)) yield index;
    },
    get end() {
      return end;
    },
    get version() {
      return version;
    },
  };
}
