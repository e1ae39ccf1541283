import { months, weekdays } from './calendar.ts';
import { readDate } from './date-text.ts';

/**
 * How people read dates, in both front ends (docs/reference/fields.md): day, month by name, year, then the time and its zone: `24 Nov 2026`,
 * `24 Nov 2026 12:00 UTC`. A sentence names the weekday before it. Days and times are in UTC; a moment by which a person
 * decides has the reader's time before it. A day without an hour is that day everywhere. Below a header that names UTC the zone
 * is left out, and the console leaves out this year and today there. JSON, CSV and what is typed have ISO 8601.
 *
 * Vendors' dates come in many forms; what is no date stays as it is.
 */
export function dateWords(written: string): string {
  const read = readDate(written);
  if (read === null) return written;
  const day = dayText(read.from, 'UTC');
  return read.isDay ? day : `${day} ${clockText(read.from, 'UTC')} UTC`;
}

/** The same beside a label, where no sentence is around it: `24 Nov 2026 12:00 UTC`. */
export function dateField(written: string): string {
  const read = readDate(written);
  return read === null || read.isDay ? dateCell(written) : `${dateCell(written)} UTC`;
}

/** The same to the second, for what is compared with a vendor's records: `Tue 24 Nov 2026 12:00:07 UTC`. */
export function exactWords(written: string): string {
  const read = readDate(written);
  if (read === null || read.isDay) return dateWords(written);
  return `${dayText(read.from, 'UTC')} ${clockText(read.from, 'UTC')}:${two(new Date(read.from).getUTCSeconds())} UTC`;
}

/** The same below a header that names UTC: `24 Nov 2026 12:00`. */
export function dateCell(written: string): string {
  const read = readDate(written);
  if (read === null) return written;
  const day = dateText(read.from, 'UTC');
  return read.isDay ? day : `${day} ${clockText(read.from, 'UTC')}`;
}

/** `Tue 24 Nov 2026 14:00 local / 12:00 UTC`, with the UTC day if that differs; without `local` where that is UTC. */
export function momentText(instant: number, zone?: string): string {
  return inBothZones(instant, zone, dayText, ' local');
}

/** In a column: `24 Nov 14:00 / 12:00 UTC`. */
export function shortMomentText(instant: number, zone?: string): string {
  return inBothZones(instant, zone, shortDateText, '');
}

function inBothZones(instant: number, zone: string | undefined, dayIn: typeof dayText, local: string): string {
  const [here, there] = [dayIn(instant, zone), dayIn(instant, 'UTC')];
  const [clockHere, clockThere] = [clockText(instant, zone), clockText(instant, 'UTC')];
  if (here === there && clockHere === clockThere) return `${here} ${clockHere} UTC`;
  return `${here} ${clockHere}${local} / ${here === there ? '' : `${there} `}${clockThere} UTC`;
}

/** `Tue 24 Nov 2026`. */
export function dayText(instant: number, zone?: string): string {
  return `${weekday(instant, zone)} ${dateText(instant, zone)}`;
}

/** `24 Nov 2026`. */
export function dateText(instant: number, zone?: string): string {
  return `${shortDateText(instant, zone)} ${partsOf(instant, zone).year}`;
}

/** `24 Nov`, where the year is clear. */
export function shortDateText(instant: number, zone?: string): string {
  const { month, day } = partsOf(instant, zone);
  return `${day} ${months[month - 1] ?? ''}`;
}

/** `14:00`. */
export function clockText(instant: number, zone?: string): string {
  const { hour, minute } = partsOf(instant, zone);
  return `${two(hour)}:${two(minute)}`;
}

/** `Tue`. */
function weekday(instant: number, zone?: string): string {
  const { year, month, day } = partsOf(instant, zone);
  return weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? '';
}

export const two = (value: number) => String(value).padStart(2, '0');

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** The fields of local time in a zone of the time zone database; by default in the system's. */
function partsOf(instant: number, zone?: string): DateParts {
  const date = new Date(instant);
  if (zone === undefined) {
    const [year, month, dayOfMonth] = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
    return { year, month, day: dayOfMonth, hour: date.getHours(), minute: date.getMinutes() };
  }
  if (zone === 'UTC') {
    const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    return { year, month, day: dayOfMonth, hour: date.getUTCHours(), minute: date.getUTCMinutes() };
  }
  const numbers = new Map(
    formatIn(zone)
      .formatToParts(date)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => numbers.get(name) ?? 0;
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') };
}

/** Cached: creating one takes longer than drawing a line. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-GB', { ...fields, timeZone: zone });
  formats.set(zone, format);
  return format;
}

const fields = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  hourCycle: 'h23',
} as const;

/** Whether a value of this name in a vendor's or our own object is a date: `endsAt`, `cancellableUntil`, `applyDate`. */
export function isDateName(name: string): boolean {
  return /(?:^(?:date|at|until)|[a-z](?:Date|At|Until|Since))$/.test(name);
}
