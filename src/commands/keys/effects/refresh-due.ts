import type { FaultKind } from '../../../model/fault.ts';
import type { LastRead } from '../../../model/sync-progress.ts';

/** What decides whether a part of the screen is read again without a key. Times are monotonic milliseconds. */
export interface RefreshQuestion {
  readonly setting: 'auto' | 'off';
  readonly now: number;
  readonly lastKeyAt: number;
  readonly isPlanOpen: boolean;
  /** A person chose to be offline. */
  readonly isOffline: boolean;
  readonly isReading: boolean;
  /** Milliseconds since it was read; negative: the clock was set back since; null: never. */
  readonly age: number | null;
  /** Milliseconds. */
  readonly freshFor: number;
  /** How it was last read in this process; null: it was not. */
  readonly last: Pick<LastRead, 'endedAt' | 'took' | 'fault'> | null;
}

/** Milliseconds without a key. */
const calm = 5_000;
/** A read takes at most a fifth of the time. */
const timesItsDuration = 4;
const afterSilence = 60_000;
/** The next read may succeed. */
const passing: readonly FaultKind[] = ['unreachable', 'partial', 'interrupted', 'unknown', 'pending'];

/**
 * Whether to read now. A failure that stays until somebody fixes it, such as a wrong password, is
 * not retried: vendors lock accounts.
 */
export function isRefreshDue({ setting, now, lastKeyAt, age, freshFor, last, ...state }: RefreshQuestion): boolean {
  if (setting === 'off' || state.isPlanOpen || state.isOffline || state.isReading) return false;
  if (now - lastKeyAt < calm) return false;
  if (age !== null && age >= 0 && age < freshFor) return false;
  return last === null || now - last.endedAt >= pauseAfter(last, freshFor);
}

function pauseAfter({ took, fault }: Pick<LastRead, 'took' | 'fault'>, freshFor: number): number {
  const rest = Math.max(calm, took * timesItsDuration);
  if (fault === null) return rest;
  if (!passing.includes(fault)) return Number.POSITIVE_INFINITY;
  return Math.max(rest, fault === 'partial' ? Math.max(freshFor, afterSilence) : afterSilence);
}
