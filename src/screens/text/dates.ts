import { lengthText } from '../../model/calendar.ts';
import { endOf, readDate, wholeSecond } from '../../model/date-text.ts';
import { clockText, dateText, momentText, shortDateText, two } from '../../model/date-words.ts';
import { counted, unknown } from './numbers.ts';

const day = 86_400_000;

/**
 * `12 Dec 2026`, in the reader's zone; a day without an hour is that day everywhere. An unreadable date is shown as the vendor
 * wrote it.
 */
export function dayOf(written: string | null): string {
  const read = readDate(written ?? '');
  if (read === null) return written ?? unknown;
  return dateText(read.from, read.isDay ? 'UTC' : undefined);
}

/** `Tue 24 Nov 2026 14:00 local / 12:00 UTC`; the day alone where there is no hour. */
export function momentOf(written: string | null): string {
  const read = readDate(written ?? '');
  return read === null || read.isDay ? dayOf(written) : momentText(read.from);
}

/** The zone of the times in lists, for their headers and texts. */
export function zoneOfTimes(): string {
  return new Date().getTimezoneOffset() === 0 ? 'UTC' : 'local';
}

/** `14:02 local` today, `12 Dec 2026 14:02 local` otherwise. */
export function timeOf(written: string | null, now: number): string {
  const read = readDate(written ?? '');
  if (read === null || read.isDay) return dayOf(written);
  const today = midnight(read.from) === midnight(now);
  return `${today ? '' : `${dateText(read.from)} `}${clockText(read.from)} ${zoneOfTimes()}`;
}

/** In 12 cells, below a header that names the zone: `14:02`, `12 Dec 14:02` this year, `12 Dec 2025` before. */
export function shortTimeOf(written: string | null, now: number): string {
  const read = readDate(written ?? '');
  if (read === null || read.isDay) return dayOf(written);
  if (midnight(read.from) === midnight(now)) return clockText(read.from);
  const isThisYear = new Date(read.from).getFullYear() === new Date(now).getFullYear();
  return isThisYear ? `${shortDateText(read.from)} ${clockText(read.from)}` : dateText(read.from);
}

/** `14:02:07`, in the reader's zone. */
export function clockOf(written: string): string {
  const date = new Date(written);
  return `${clockText(date.getTime())}:${two(date.getSeconds())}`;
}

/**
 * `in 71 days`, `today`, `3 days ago`; null if the date is unreadable. Counts days of the reader's calendar, or UTC days for a
 * day without an hour, which ends in UTC.
 */
export function daysFrom(written: string | null, now: number): string | null {
  const read = readDate(written ?? '');
  if (read === null) return null;
  const today = read.isDay ? Math.floor(now / day) * day : midnight(now);
  const days = Math.round(((read.isDay ? read.from : midnight(read.from)) - today) / day);
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
