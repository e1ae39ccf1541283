import { lengthText } from '../../model/calendar.ts';
import { endOf, readDate, wholeSecond } from '../../model/date-text.ts';
import { clockText, dateText, shortDateText, two } from '../../model/date-words.ts';
import { counted, unknown } from './numbers.ts';

const day = 86_400_000;

/** `12 Dec 2026`: the day in UTC, as on the command line. An unreadable date is shown as the vendor wrote it. */
export function dayOf(written: string | null): string {
  const read = readDate(written ?? '');
  return read === null ? (written ?? unknown) : dateText(read.from, 'UTC');
}

/** The header of a column that has days, or times in UTC: `ENDS (UTC)`. */
export function inUtc(title: string): string {
  return `${title} (UTC)`;
}

/** `14:02 UTC` today, `12 Dec 2026 14:02 UTC` otherwise. */
export function timeOf(written: string | null, now: number): string {
  const read = readDate(written ?? '');
  if (read === null || read.isDay) return dayOf(written);
  const date = isSameDay(read.from, now) ? '' : `${dateText(read.from, 'UTC')} `;
  return `${date}${clockText(read.from, 'UTC')} UTC`;
}

/** In 12 cells, below a header that names UTC: `14:02`, `12 Dec 14:02` this year, `12 Dec 2025` before. */
export function shortTimeOf(written: string | null, now: number): string {
  const read = readDate(written ?? '');
  if (read === null || read.isDay) return dayOf(written);
  if (isSameDay(read.from, now)) return clockText(read.from, 'UTC');
  const isThisYear = new Date(read.from).getUTCFullYear() === new Date(now).getUTCFullYear();
  return isThisYear ? `${shortDateText(read.from, 'UTC')} ${clockText(read.from, 'UTC')}` : dateText(read.from, 'UTC');
}

/** `14:02:07`, below a header that names UTC. */
export function clockOf(written: string): string {
  const date = new Date(written);
  return `${clockText(date.getTime(), 'UTC')}:${two(date.getUTCSeconds())}`;
}

/** `in 71 days`, `today`, `3 days ago`, counted in days of UTC; null if the date is unreadable. */
export function daysFrom(written: string | null, now: number): string | null {
  const read = readDate(written ?? '');
  if (read === null) return null;
  const days = dayNumber(read.from) - dayNumber(now);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${counted(days, 'day')}` : `${counted(-days, 'day')} ago`;
}

function isSameDay(one: number, other: number): boolean {
  return dayNumber(one) === dayNumber(other);
}

/** Days of UTC since the epoch. */
function dayNumber(instant: number): number {
  return Math.floor(instant / day);
}

/** The time until an instant, in its two largest units: `2 d 4 h`, `3 h 20 min`, `4 min`. Null once it has passed. */
export function countdown(written: string | null, now: number): string | null {
  const instant = endOf(written);
  const from = wholeSecond(now);
  return instant === null || instant < from ? null : lengthText(instant - from);
}

/** The time since an instant: `8 s ago`, `2 min ago`, `3 h ago`, `4 days ago`. */
export function ago(written: string, now: number): string {
  const instant = endOf(written);
  if (instant === null) return written;
  const seconds = Math.max(0, Math.floor((now - instant) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${counted(Math.floor(seconds / 86_400), 'day')} ago`;
}

/** A running time: `0:42`, `1:02:03`. */
export function elapsed(since: string, now: number): string {
  const instant = endOf(since);
  if (instant === null) return unknown;
  const seconds = Math.max(0, Math.floor((now - instant) / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
