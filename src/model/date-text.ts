/** A stretch of time: `from` belongs to it, `to` does not. Milliseconds since the epoch. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** A date as a vendor wrote it. */
export interface WrittenDate {
  /** Where it begins, in milliseconds since the epoch. */
  readonly from: number;
  /** A day without an hour. */
  readonly isDay: boolean;
}

const second = 1000;
const day = 86_400_000;
/** Longer texts are no dates; every pattern here is linear. */
const longest = 64;

const yearOrMonth = /^(\d{4})(?:-(\d{2}))?$/;
const dayFirst = /^(\d{4})(?:-(\d{2})-(\d{2})|\/(\d{1,2})\/(\d{1,2}))/;
const time = /^(?:[T ] ?(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?)? ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i;
const rfc1123 = /^(?:[A-Za-z]{3},? )?(\d{1,2}) ([A-Za-z]{3}) (\d{4})(?= |$)/;
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** An instant on a day that every month has: nearly all of a vendor's dates, which the engine reads by itself. */
const plainInstant = /^\d{4}-\d\d-(?:[01]\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * A day or an instant in any form that vendors write (docs/reference/fields.md lists them); null where it is none. What names no zone
 * is in UTC, so that the same row sorts the same way on every machine.
 */
export function readDate(text: string): WrittenDate | null {
  if (text.length > longest) return null;
  const plain = plainInstant.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(plain)) return { from: plain, isDay: false };
  const read = read1123(text.trim()) ?? readDayFirst(text.trim());
  return read === null ? null : { from: read.from, isDay: read.length === day };
}

/** The year, month, day, minute, second or instant that a text names; null when it names none. */
export function periodOf(text: string): Period | null {
  if (text.length > longest) return null;
  const trimmed = text.trim();
  const [, year, month] = yearOrMonth.exec(trimmed) ?? [];
  if (year !== undefined) {
    const [y, m] = [Number(year), month === undefined ? 1 : Number(month)];
    const from = utc(y, m, 1);
    const to = month === undefined || m === 12 ? utc(y + 1, 1, 1) : utc(y, m + 1, 1);
    return from === null || to === null ? null : { from, to };
  }
  const read = read1123(trimmed) ?? readDayFirst(trimmed);
  return read === null ? null : { from: read.from, to: read.from + read.length };
}

/** The instant at which a vendor's date begins, or null for none and for what is no date. */
export function beginOf(text: string | null): number | null {
  return text === null ? null : (readDate(text)?.from ?? null);
}

/**
 * The last second of a vendor's date: a day without an hour lasts until it is over, in UTC, since no vendor's rule names
 * another zone; anything else is the instant that it names. Null for none and for what is no date.
 */
export function endOf(text: string | null): number | null {
  const read = text === null ? null : readDate(text);
  if (read === null) return null;
  return read.isDay ? read.from + day - second : read.from;
}

/** Now, as it is compared with dates: by the second, so that the last second of a day has begun but is not over. */
export function wholeSecond(now: number): number {
  return Math.floor(now / second) * second;
}

interface Read {
  readonly from: number;
  /** Milliseconds: how exactly it was written. */
  readonly length: number;
}

function readDayFirst(text: string): Read | null {
  const found = dayFirst.exec(text);
  if (found === null) return null;
  const [whole, year, month = found[4], date = found[5]] = found;
  return withTime(utc(Number(year), Number(month), Number(date)), text.slice(whole.length));
}

/** `Mon, 30 Nov 2026 23:59:59 GMT`; the weekday is not looked at. */
function read1123(text: string): Read | null {
  const [whole, date, name = '', year] = rfc1123.exec(text) ?? [];
  const month = monthNames.indexOf(name.toLowerCase()) + 1;
  if (whole === undefined || month === 0) return null;
  return withTime(utc(Number(year), month, Number(date)), text.slice(whole.length));
}

function withTime(start: number | null, rest: string): Read | null {
  const parts = time.exec(rest);
  if (start === null || parts === null) return null;
  const [, hour, minute, seconds, fraction, zone] = parts;
  if (hour === undefined) return zone === undefined ? { from: start, length: day } : null;
  const [h, min, s] = [Number(hour), Number(minute), Number(seconds ?? 0)];
  const offset = zoneMinutes(zone);
  if (min > 59 || s > 60 || h > 24 || (h === 24 && min + s > 0) || offset === null) return null;
  const milliseconds = fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
  const from = start + ((h * 60 + min) * 60 + s) * second + milliseconds - offset * 60_000;
  return { from, length: seconds === undefined ? 60_000 : fraction === undefined ? second : 1 };
}

/** Null where the calendar has no such day. `Date.UTC` would take years below 100 for 19xx. */
function utc(year: number, month: number, date: number): number | null {
  const found = new Date(0);
  found.setUTCFullYear(year, month - 1, date);
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === date ? found.getTime() : null;
}

/** Null where no clock is so far ahead or behind. */
function zoneMinutes(zone: string | undefined): number | null {
  if (zone === undefined || /^[zug]/i.test(zone)) return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), zone.length > 3 ? Number(zone.slice(-2)) : 0];
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
