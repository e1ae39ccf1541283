import { lengthText, months, weekdays } from '../../model/calendar.ts';
import { periodOf } from '../../model/filter-date.ts';
import { counted, unknown } from './numbers.ts';

const day = 86_400_000;
const beginsWithDay = /^\d{4}-\d{2}-\d{2}/;
const dateOnly = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * The instant of a vendor's date, in ms since the epoch; null if there is none, it is unreadable, or no such day
 * exists: then the vendor's text is shown, never another day. A date without a time is that calendar day wherever the
 * reader is, so it is taken as local midnight; a time without a zone is UTC.
 */
export function instantOf(written: string | null): number | null {
  const period = written === null || !beginsWithDay.test(written) ? null : periodOf(written);
  if (written === null || period === null) return null;
  const plain = dateOnly.exec(written);
  if (plain === null) return period.from;
  return new Date(Number(plain[1]), Number(plain[2]) - 1, Number(plain[3])).getTime();
}

const two = (value: number) => String(value).padStart(2, '0');
const clock = (date: Date) => `${two(date.getHours())}:${two(date.getMinutes())}`;
const dayAndMonth = (date: Date) => `${date.getDate()} ${months[date.getMonth()] ?? ''}`;
const wholeDay = (date: Date) => `${dayAndMonth(date)} ${date.getFullYear()}`;

/** `12 Dec 2026`, in the reader's zone; an unreadable date is shown as the vendor wrote it. */
export function dayOf(written: string | null): string {
  const instant = instantOf(written);
  return instant === null ? (written ?? unknown) : wholeDay(new Date(instant));
}

/** `Tue 24 Nov, 14:00 (12:00 UTC)`. */
export function momentOf(written: string | null): string {
  const instant = instantOf(written);
  if (instant === null) return written ?? unknown;
  const date = new Date(instant);
  const utc = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  return `${weekdays[date.getDay()] ?? ''} ${dayAndMonth(date)}, ${clock(date)} (${utc} UTC)`;
}

/** `14:02` today, `12 Dec 2026, 14:02` otherwise. */
export function timeOf(written: string | null, now: number): string {
  const instant = instantOf(written);
  if (instant === null) return written ?? unknown;
  const date = new Date(instant);
  const today = midnight(instant) === midnight(now);
  return today ? clock(date) : `${wholeDay(date)}, ${clock(date)}`;
}

/** The same in 13 cells: `14:02`, `12 Dec, 14:02` this year, `12 Dec 2025` before. */
export function shortTimeOf(written: string | null, now: number): string {
  const instant = instantOf(written);
  const long = timeOf(written, now);
  if (instant === null || midnight(instant) === midnight(now)) return long;
  const date = new Date(instant);
  return date.getFullYear() === new Date(now).getFullYear() ? `${dayAndMonth(date)}, ${clock(date)}` : wholeDay(date);
}

/** `in 71 days`, `today`, `3 days ago`; null if the date is unreadable. Counts days of the reader's calendar. */
export function daysFrom(written: string | null, now: number): string | null {
  const instant = instantOf(written);
  if (instant === null) return null;
  const days = Math.round((midnight(instant) - midnight(now)) / day);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${counted(days, 'day')}` : `${counted(-days, 'day')} ago`;
}

function midnight(instant: number): number {
  const date = new Date(instant);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** The time until an instant, in its two largest units: `2 d 4 h`, `3 h 20 min`, `4 min`. Null once it has passed. */
export function countdown(written: string | null, now: number): string | null {
  const instant = instantOf(written);
  if (instant === null || instant <= now) return null;
  return lengthText(instant - now);
}

/** The time since an instant: `8 s ago`, `2 min ago`, `3 h ago`, `4 days ago`. */
export function ago(written: string, now: number): string {
  const instant = instantOf(written);
  if (instant === null) return written;
  const seconds = Math.max(0, Math.floor((now - instant) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${counted(Math.floor(seconds / 86_400), 'day')} ago`;
}

/** A running time: `0:42`, `1:02:03`. */
export function elapsed(since: string, now: number): string {
  const instant = instantOf(since);
  if (instant === null) return unknown;
  const seconds = Math.max(0, Math.floor((now - instant) / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
