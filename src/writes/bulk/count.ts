import type { BulkRow } from './plan-file.ts';

/** How many of each verb, the most first: "cancel 12, set-quantity 3". */
export function countText(rows: readonly Pick<BulkRow, 'verb'>[]): string {
  return [...Map.groupBy(rows, ({ verb }) => verb)]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([verb, alike]) => `${verb} ${alike.length}`)
    .join(', ');
}

/** "12 of 400 · 3 skipped · 1 failed · about 4 min left". */
export function progressText(at: {
  readonly done: number;
  readonly count: number;
  readonly skipped: number;
  readonly failed: number;
  /** Milliseconds spent on the rows of this run. */
  readonly elapsed: number;
}): string {
  const left = at.done === 0 ? null : (at.elapsed / at.done) * (at.count - at.done);
  return [
    `${at.done} of ${at.count}`,
    ...(at.skipped === 0 ? [] : [`${at.skipped} skipped`]),
    ...(at.failed === 0 ? [] : [`${at.failed} failed`]),
    ...(left === null || at.done === at.count ? [] : [`about ${shortTime(left)} left`]),
  ].join(' · ');
}

function shortTime(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 100) return `${seconds} s`;
  return seconds < 100 * 60 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
