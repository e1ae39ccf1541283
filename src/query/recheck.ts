import type { Bits } from '../store/bits.ts';

/** Rows that passed a coarse test and need an exact one. */
export interface Recheck {
  readonly rows: Bits;
  /** Whether the row really matches. */
  test(row: number): boolean;
  /** `rare`: hardly any row fails the exact test, so positions may be reported before all rows were tested. */
  readonly kind: 'rare' | 'often';
}

/** Matching rows; `recheck` null: exactly these, otherwise these minus rows that fail the recheck. */
export interface MatchingRows {
  /** Must not be changed. */
  readonly rows: Bits;
  readonly recheck: Recheck | null;
}
