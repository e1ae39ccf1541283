import { hasEffect } from './effects.ts';

/**
 * A dataset's rows: computed from their index, with what was changed, added and removed since the start laid over them.
 */
export interface Rows<Row> {
  /** The row as it stands, or null where there is none or where it was removed. */
  get(index: number): Row | null;
  /** Changes some fields; null where the row is gone. */
  patch(index: number, changes: Partial<Row>): Row | null;
  remove(index: number): void;
  /** Puts a new row behind all others; `make` is given its index. */
  add(make: (index: number) => Row): Row;
  /** The indexes of all rows that are there, rising. */
  indexes(): Iterable<number>;
  /** One past the highest index ever given out. */
  readonly end: number;
  /** Rises with every change: whatever was derived from an older version is stale. */
  readonly version: number;
}

/** `make` must be pure. Memory grows with the changes, not with `size`. */
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
