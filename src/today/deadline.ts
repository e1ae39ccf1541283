import { lengthText } from '../model/calendar.ts';
import { endOf, readDate, wholeSecond } from '../model/date-text.ts';
import { clockText, dayText, momentText, shortDateText, shortMomentText } from '../model/date-words.ts';

/**
 * A vendor's date as something that runs out. `at` is exactly what the vendor wrote. A date without an hour is shown as that
 * day everywhere, and lasts until that day is over in UTC (docs/reference/fields.md).
 */
export interface Deadline {
  readonly at: string;
  /** Its last instant in milliseconds since the epoch. */
  readonly end: number;
  /** `Tue 24 Nov 2026 14:00` in the reader's zone; the day alone if the vendor gives no time. */
  readonly local: string;
  /** The same in UTC; null if the vendor gives no time. */
  readonly utc: string | null;
  /** `2 d 4 h`, `3 h 20 min`, `4 min`; `today`, `1 d`, `6 d` for a day; `passed 3 h ago`. */
  readonly remaining: string;
}

export interface Reader {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** A name of the time zone database; absent: the system's zone. */
  readonly zone?: string | undefined;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Null for no date, or an unreadable one. A time without a zone is UTC. */
export function deadlineOf(written: string | null, { now, zone }: Reader): Deadline | null {
  const read = written === null ? null : readDate(written);
  const end = endOf(written);
  if (written === null || read === null || end === null) return null;
  const { from, isDay } = read;
  if (isDay) {
    const days = Math.round((from - Math.floor(now / day) * day) / day);
    return { at: written, end, local: dayText(from, 'UTC'), utc: null, remaining: daysText(days) };
  }
  const moment = (place: string | undefined) => `${dayText(from, place)} ${clockText(from, place)}`;
  return { at: written, end, local: moment(zone), utc: moment('UTC'), remaining: spanText(from - wholeSecond(now)) };
}

/** In one form, whatever the vendor's: `2026-11-24T12:00:00.000Z`, or `2026-11-24` if the vendor gives no time. */
export function isoText({ at }: Deadline): string {
  const read = readDate(at);
  if (read === null) return at;
  const text = new Date(read.from).toISOString();
  return read.isDay ? text.slice(0, 'YYYY-MM-DD'.length) : text;
}

/** `2 d 4 h, until Tue 24 Nov 2026 14:00 local / 12:00 UTC`; `passed 3 h ago, Sat 21 Nov 2026 08:00 UTC`. */
export function deadlineText(deadline: Deadline, reader: Reader): string {
  return `${deadline.remaining}, ${isOver(deadline, reader) ? '' : 'until '}${deadlineMoment(deadline, reader)}`;
}

export function isOver({ end }: Deadline, { now }: Reader): boolean {
  return end < wholeSecond(now);
}

/** `Tue 24 Nov 2026 14:00 local / 12:00 UTC`, with the UTC day if that differs; `Tue 24 Nov 2026 UTC` if no hour is given. */
export function deadlineMoment({ end, utc }: Deadline, { zone }: Reader): string {
  return utc === null ? `${dayText(end, 'UTC')} UTC` : momentText(end, zone);
}

/** The same for a column: `24 Nov 14:00 / 12:00 UTC`, `24 Dec 00:30 / 23 Dec 22:30 UTC`, `24 Dec UTC`. */
export function localAndUtcText(deadline: Deadline, { zone }: Reader): string {
  return deadline.utc === null ? shortDay(deadline) : shortMomentText(deadline.end, zone);
}

/** `24 Dec UTC`. */
export function shortDay({ end }: Deadline): string {
  return `${shortDateText(end, 'UTC')} UTC`;
}

/** A duration in milliseconds, in its two largest units; a negative one has passed. */
function spanText(milliseconds: number): string {
  return milliseconds < 0 ? `passed ${lengthText(-milliseconds)} ago` : lengthText(milliseconds);
}

function daysText(days: number): string {
  if (days < 0) return `passed ${-days} d ago`;
  return days === 0 ? 'today' : `${days} d`;
}
