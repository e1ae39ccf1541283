/** A stretch of time: `from` belongs to it, `to` does not. Milliseconds since the epoch. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

const written =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/i;

/**
 * The year, month, day, minute, second or instant that a text names; null when it names none. A text without a zone is
 * UTC, so that the same row sorts the same way on every machine.
 */
export function periodOf(text: string): Period | null {
  const parts = written.exec(text.trim());
  if (parts === null) return null;
  const [, year = '', month, day, hour, minute, second, fraction, zone] = parts;
  const field = (value: string | undefined, otherwise: number) => (value === undefined ? otherwise : Number(value));
  const [y, m, d] = [Number(year), field(month, 1), field(day, 1)];
  const [h, min, s] = [field(hour, 0), field(minute, 0), field(second, 0)];
  if (h > 24 || min > 59 || s > 60) return null;
  const start = utc(y, m, d);
  if (start === null) return null;
  const milliseconds = fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
  const from = start + ((h * 60 + min) * 60 + s) * 1000 + milliseconds - zoneMinutes(zone) * 60_000;
  if (month === undefined) return { from, to: utc(y + 1, 1, 1) ?? from };
  if (day === undefined) return { from, to: (m === 12 ? utc(y + 1, 1, 1) : utc(y, m + 1, 1)) ?? from };
  const length = hour === undefined ? 86_400_000 : second === undefined ? 60_000 : fraction === undefined ? 1000 : 1;
  return { from, to: from + length };
}

/** An instant on a day that every month has: nearly all of a vendor's dates, which the engine reads by itself. */
const plainInstant = /^\d{4}-\d\d-(?:[01]\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?(?:Z|[+-]\d\d:\d\d)$/;

/** The instant at which a vendor's date begins, or null for none and for what is no date. */
export function instantOf(text: string | null): number | null {
  if (text === null) return null;
  const read = plainInstant.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(read) ? (periodOf(text)?.from ?? null) : read;
}

/** Null where the calendar has no such day. `Date.UTC` would take years below 100 for 19xx. */
function utc(year: number, month: number, day: number): number | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : null;
}

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
