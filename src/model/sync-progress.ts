import { leftText } from './calendar.ts';
import type { CallTotals, PresentWait, WaitReason } from './call.ts';
import type { FaultKind } from './fault.ts';
import { grouped } from './numbers.ts';
import type { Pin } from './scope.ts';
import { waitCause } from './wait-text.ts';

/** The progress of a connection's sync run. */
export interface SyncProgress {
  readonly connection: string;
  /** What the vendor counts (rows, or customers), of how many; total null: it does not say. */
  readonly done: number;
  readonly total: number | null;
  /** Rows kept, and calls made, so far. */
  readonly rows: number;
  readonly calls: number;
  /** Rows of the last complete sync, where the vendor does not say how many there are; null: nothing is known. */
  readonly expected: number | null;
  readonly rowsPerSecond: number;
  /** Milliseconds at the current rate; null while unknown. */
  readonly left: number | null;
  /** What its reads wait for just now. */
  readonly wait: PresentWait | null;
}

/** What a sync run took. */
export interface SyncTraffic {
  readonly calls: number;
  readonly milliseconds: number;
  readonly waited: CallTotals['waited'];
}

/** How far a sync run is: `1,204 of 5,000`; where the vendor does not say how many there are, `1,204 of about 5,000 rows`, or `1,204 rows`. */
export function farText({
  done,
  total,
  rows,
  expected,
}: Pick<SyncProgress, 'done' | 'total' | 'rows' | 'expected'>): string {
  if (total !== null) return `${grouped(done)} of ${grouped(total)}`;
  const about = expected === null || rows > expected ? '' : ` of about ${grouped(expected)}`;
  return `${grouped(rows)}${about} ${rows === 1 && about === '' ? 'row' : 'rows'}`;
}

/** The progress of one connection in a line. */
export function progressLine(progress: SyncProgress, now: number): string {
  const { connection, calls, rowsPerSecond, left, wait } = progress;
  const parts = [
    farText(progress),
    `${grouped(calls)} ${calls === 1 ? 'call' : 'calls'}`,
    ...(rowsPerSecond >= 1 ? [`${grouped(Math.round(rowsPerSecond))}/s`] : []),
    ...(left === null ? [] : [`${leftText(left)} left`]),
    ...(wait === null ? [] : [`waits ${leftText(Math.max(0, wait.until - now))} ${waitCause(wait.why, wait.limit)}`]),
  ];
  return `${connection}: ${parts.join(', ')}`;
}

const waitNames: Readonly<Record<WaitReason, string>> = {
  limit: "for the vendor's limit",
  throttled: 'as the vendor asked',
  'no-answer': 'before tries that were made again',
};

/** What was waited for, behind "waited": `31 s for the vendor's limit`; empty where it was less than half a second. */
export function waitedText(waited: CallTotals['waited']): string {
  const reasons: readonly WaitReason[] = ['limit', 'throttled', 'no-answer'];
  const told = reasons.filter((why) => waited[why] >= 500);
  return told.map((why) => `${leftText(waited[why])} ${waitNames[why]}`).join(', ');
}

/** The last sync run of this process over a connection, or over one branch of it. */
export interface LastRead {
  readonly connection: string;
  /** Null: the whole connection. */
  readonly within: Pin | null;
  /** Monotonic milliseconds. */
  readonly endedAt: number;
  /** Milliseconds. */
  readonly took: number;
  /** When the last one that was complete ended, ISO 8601; null: none was. */
  readonly readAt: string | null;
  /** `partial`: it went without something; null: it was complete. */
  readonly fault: FaultKind | null;
}
