import { months } from '../../model/calendar.ts';
import { dayText } from '../../model/date-words.ts';
import type { Term } from '../../model/filter.ts';
import type { CacheReader, Share, SubscriptionQuery } from '../../query/cache-reader.ts';
import type { PriceBases } from '../../query/sum-costs.ts';
import { type Canvas, fitted, short, standingCell } from './cells.ts';
import { type Measure, sizeOf, sumText } from './measure.ts';
import { cutMark, cutNote, scaleOf } from './scale.ts';

/** What ends or renews in one week; weeks begin on Monday, in UTC, as dates without a time do. */
export interface Week extends Pick<Share, 'subscriptions' | 'seats' | 'money'> {
  /** Milliseconds; `to` belongs to the next week. */
  readonly from: number;
  readonly to: number;
}

type CalendarQuery = Pick<SubscriptionQuery, 'scope' | 'anyOf' | 'connections' | 'search' | 'filter'>;

const day = 86_400_000;
const week = 7 * day;
/** Twelve months, from the week of `now`. */
const weeksAhead = 53;
/** What the calendar leaves out. */
export const gone: readonly Term[] = (['cancelled', 'expired'] as const).map((text) => ({
  kind: 'equals',
  field: 'status',
  text,
  negated: true,
}));

/** The next twelve months by week, without cancelled and expired rows. One query to the cache, in slices. */
export function* renewalWeeks(
  cache: Pick<CacheReader, 'shares'>,
  scope: CalendarQuery,
  bases: PriceBases,
  now: number,
): Generator<undefined, readonly Week[]> {
  const midnight = Math.floor(now / day) * day;
  const monday = midnight - ((new Date(midnight).getUTCDay() + 6) % 7) * day;
  const edges = Array.from({ length: weeksAhead + 1 }, (_, index) => monday + index * week);
  const query = { ...scope, filter: [...scope.filter, ...gone] };
  const shares = yield* cache.shares(query, { kind: 'ends', edges }, bases);
  return shares.map(({ subscriptions, seats, money }, index) => ({
    from: edges[index] ?? monday,
    to: edges[index + 1] ?? monday,
    subscriptions,
    seats,
    money,
  }));
}

export interface CalendarCanvas extends Canvas {
  /** Lines of the bars alone; the chart has three more. */
  readonly height: number;
  readonly measure: Measure;
  /** The week that is marked, by its beginning; null: none of these. Absent: without the lines for that. */
  readonly selected?: number | null;
}

/**
 * The weeks as vertical bars with their months below, and the maximum. If the width is too small, a bar stands for two
 * weeks, or four, and so on.
 */
export function renewalCalendarLines(weeks: readonly Week[], canvas: CalendarCanvas): readonly string[] {
  const { width, height, measure } = canvas;
  const each = Math.max(1, Math.ceil(weeks.length / Math.max(1, width - 1)));
  const columns = Array.from({ length: Math.ceil(weeks.length / each) }, (_, index) =>
    weeks.slice(index * each, (index + 1) * each),
  );
  const sizes = columns.map((column) => column.reduce((sum, one) => sum + sizeOf(one, measure), 0));
  const { whole, isCut } = scaleOf(sizes);
  const scale = short(whole);
  const margin = width >= columns.length + scale.length + 1 ? scale.length + 1 : 0;
  const step = Math.max(1, Math.floor((width - margin) / Math.max(1, columns.length)));
  const bar = Math.max(1, step > 2 ? step - 1 : step);
  const lines = Array.from({ length: height }, (_, index) => {
    const level = height - 1 - index;
    const label = index === 0 ? scale : level === 0 ? '0' : '';
    const cells = sizes.map((size) => {
      const isMark = isCut(size) && index === Math.min(1, height - 1);
      const cell = isMark ? cutMark(canvas) : standingCell(whole === 0 ? 0 : size / whole, height, level, canvas);
      return cell.repeat(bar).padEnd(step);
    });
    return line(label, margin, cells.join(''), canvas);
  });
  const { selected } = canvas;
  const at = columns.findIndex((column) => column.some(({ from }) => from === selected));
  const pointer = at === -1 ? '' : ' '.repeat(at * step) + (canvas.marks === 'ascii' ? '^' : '▲').repeat(bar);
  const week = weeks.find(({ from }) => from === selected);
  return [
    ...lines,
    ...(selected === undefined ? [] : [line('', margin, pointer, canvas)]),
    line('', margin, monthNames(columns, step), canvas),
    ...(selected === undefined ? [] : [fitted(week === undefined ? '' : weekText(week, measure), width, canvas)]),
    ...summary(weeks, each, isCut, canvas),
  ].map((text) => text.trimEnd());
}

/** `week of Mon 16 Nov 2026: 80 seats, 3 subscriptions`. */
function weekText(week: Week, measure: Measure): string {
  const subscriptions = sumText([week], { kind: 'subscriptions' });
  const size = measure.kind === 'subscriptions' ? [] : [sumText([week], measure)];
  return `week of ${dayText(week.from, 'UTC')}: ${[...size, subscriptions].join(', ')}`;
}

/** Each month's name below the first bar that begins in it, if there is room before the next name. */
function monthNames(columns: readonly (readonly Week[])[], step: number): string {
  const begins = columns.flatMap(([first], index) => {
    const month = first === undefined ? null : new Date(first.from).getUTCMonth();
    const before = columns[index - 1]?.[0];
    const isNew = month !== null && (before === undefined || new Date(before.from).getUTCMonth() !== month);
    return isNew ? [{ name: months[month] ?? '', at: index * step }] : [];
  });
  return begins.reduce((text, { name, at }, index) => {
    const next = begins[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    return next - at <= name.length ? text : `${text.padEnd(at)}${name}`;
  }, '');
}

/** The sum of the bars and the maximum week: two lines, so that neither is truncated. */
function summary(
  weeks: readonly Week[],
  each: number,
  isCut: (size: number) => boolean,
  canvas: CalendarCanvas,
): readonly string[] {
  const { measure } = canvas;
  const sizes = weeks.map((one) => sizeOf(one, measure));
  const most = Math.max(0, ...sizes);
  const peak = weeks[sizes.indexOf(most)];
  const span = each === 1 ? 'a bar is a week' : `a bar is ${each} weeks`;
  if (peak === undefined || most === 0) return [fitted('Nothing ends in the next 12 months.', canvas.width, canvas)];
  return [
    `${sumText(weeks, measure)} in 12 months; ${span}`,
    `most in the week of ${dayText(peak.from, 'UTC')}: ${sumText([peak], measure)}${isCut(most) ? ` (${cutNote(canvas)})` : ''}`,
  ].map((text) => fitted(text, canvas.width, canvas));
}

function line(label: string, margin: number, text: string, canvas: Canvas): string {
  const left = margin === 0 ? '' : `${fitted(label, margin - 1, canvas, 'right')} `;
  return fitted(left + text, canvas.width, canvas);
}
