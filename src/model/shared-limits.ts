import type { CallRate } from './call.ts';

/** A call that is about to begin, as a vendor counts it. */
export interface CountedCall {
  /** What is counted by itself; empty: all calls of the account together. */
  readonly operation: string;
  /** Of the window, how many calls may have begun before this one is too many; null: no limit is known. */
  readonly allowed: number | null;
  /** Null: no limit is known. */
  readonly limit: CallRate | null;
}

export type CallTurn =
  | { readonly mayBegin: true }
  /** `limit`: the window is used up. `throttled`: the vendor asked for a pause. */
  | { readonly mayBegin: false; readonly milliseconds: number; readonly why: 'limit' | 'throttled' };

/**
 * The calls of one account, counted together with the other members of a team. What the others say can slow calls down, and nothing else.
 * Nothing here throws: while the team's store is away, a call may begin, within `share` of the limit.
 */
export interface SharedLimits {
  /** Counts a call, unless it has to wait. */
  take(call: CountedCall): Promise<CallTurn>;
  /** The part of a declared limit that this process may use just now; 1: the others' calls are known and counted. */
  share(): number;
  /** The vendor asked for a pause, or counted so many calls of a window that ends in so many milliseconds. */
  pause(milliseconds: number): void;
  heard(call: CountedCall, said: { readonly used: number; readonly endsIn: number }): void;
}
