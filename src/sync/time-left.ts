/** How far a sync run is when a page was kept. */
export interface Kept {
  /** Milliseconds on a clock that only goes forward, and how many of them reads had waited for the vendor's limit until then. */
  readonly at: number;
  readonly waited: number;
  /** What the vendor counts; total null: it does not say. */
  readonly done: number;
  readonly total: number | null;
  /** Rows kept and calls answered in this sync run. */
  readonly rows: number;
  readonly calls: number;
}

/** Answers that wait to be kept, at most as many as calls may be under way at once (src/api/shared-settings.ts). */
const mostAhead = 16;
/** Less than a tenth done, a rate is chance before so many milliseconds. */
const soonest = 1_000;

interface Anchor extends Kept {
  readonly of: 'vendor' | 'expected';
  /** What is counted, as it was then. */
  readonly from: number;
}

/**
 * Estimates the milliseconds that a sync run still takes, each time a page was kept; null: not known. `expected`: rows that the
 * connection had at its last complete sync, which count where the vendor does not say how many there are. `timeFor`: how long
 * the vendor's limit makes so many calls wait.
 *
 * Counting begins with the first page, since what comes before it comes once. Pages that are asked for side by side come in
 * bursts: early on, answers that were not kept yet count as well. Waits for a limit are left out of the rate and added.
 */
export function createTimeLeft(
  expected: number | null,
  timeFor: (calls: number) => number,
): (kept: Kept) => number | null {
  let anchor: Anchor | null = null;
  let pages = 0;
  let before = 0;
  let widest = 0;
  return (kept) => {
    const of = kept.total === null ? 'expected' : 'vendor';
    const total = kept.total ?? expected;
    const done = kept.total === null ? kept.rows : kept.done;
    if (total === null || done === 0 || done > total) return null;
    // The first page is kept in two parts, with one `done`.
    if (anchor?.of !== of || (pages === 0 && kept.done === anchor.done)) {
      anchor = { ...kept, from: done, of };
      [pages, before, widest] = [0, done, 0];
      return null;
    }
    if (done > before) pages += 1;
    before = done;
    const took = kept.at - anchor.at - (kept.waited - anchor.waited);
    if (pages === 0 || (took < soonest && done < total / 10)) return null;
    const left = ((total - done) * pages) / (done - anchor.from);
    const ahead = Math.min(mostAhead, Math.max(0, kept.calls - anchor.calls - pages));
    widest = Math.max(widest, ahead);
    // The more bursts there were, the better the pages alone show the rate.
    const counted = widest === 0 ? 0 : ahead * Math.max(0, 1 - pages / (2 * widest));
    const unanswered = Math.max(0, left - counted);
    return Math.max((took * unanswered) / (pages + counted), timeFor(Math.ceil(unanswered)));
  };
}
