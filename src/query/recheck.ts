import type { Bits } from '../store/bits.ts';

/** Rows that passed a coarse look and need a closer one. */
export interface Recheck {
  readonly rows: Bits;
  /** Whether the row belongs there after all. */
  test(row: number): boolean;
  /** `rare`: hardly a row fails the closer look, so positions may be told before all were looked at. */
  readonly kind: 'rare' | 'often';
}

/** Rows that match; `recheck` null: exactly these, otherwise these but for rows to recheck that fail their test. */
export interface MatchingRows {
  /** Not to be changed. */
  readonly rows: Bits;
  readonly recheck: Recheck | null;
}
