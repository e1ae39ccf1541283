import { askedFields } from '../../model/asked-fields.ts';
import { endOf } from '../../model/date-text.ts';
import { columnFields, type FieldId, type FieldWithColumn } from '../../model/field-names.ts';
import type { FieldValue } from '../../model/field-value.ts';
import { printable } from '../../model/printable.ts';
import { renewalAhead } from '../../model/renewal-ahead.ts';
import type { Request } from '../../model/request.ts';
import type { CachedSubscription, Status, Subscription } from '../../model/subscription.ts';
import { colleagueOn } from '../../state/colleagues.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { SubscriptionsScreen } from '../../state/screen.ts';
import { columnIds } from '../../state/tables.ts';
import { hasLevel, isImplied, type Trail } from '../../state/trail.ts';
import { type ColleagueWork, colleagueText } from '../../today/colleagues.ts';
import { deadlineMoment, deadlineOf, isOver, localAndUtcText, shortDay } from '../../today/deadline.ts';
import type { Marks, Tone } from '../parts/theme.ts';
import { widthOf } from '../text/cells.ts';
import { ago, dayOf, elapsed, inUtc } from '../text/dates.ts';
import { clip } from '../text/fit.ts';
import { count, countIn, unknown } from '../text/numbers.ts';
import { mainPriceText, renewalWord } from '../text/vendor-words.ts';
import { withColumn } from './alike.ts';
import { changeText } from './change-text.ts';
import type { Column } from './columns.ts';
import { columnsToShow } from './columns-to-show.ts';

const day = 86_400_000;
/** Of a name, beside who works on it. */
const leastName = 8;

export const statusTones: Readonly<Record<Status, Tone>> = {
  active: 'good',
  pending: 'accent',
  suspended: 'warn',
  cancelled: 'dim',
  expired: 'dim',
  error: 'bad',
  unknown: 'warn',
};

/** What is under way on the rows of a list. */
export interface WorkUnderWay {
  readonly requests: readonly Request[];
  /** What another member of the team does to it; null: nobody else does anything. */
  colleagueOn(row: CachedSubscription): ColleagueWork | null;
}

export function workIn(state: Pick<ConsoleState, 'requests' | 'connections' | 'colleagues'>): WorkUnderWay {
  return { requests: state.requests, colleagueOn: (row) => colleagueOn(state, row) };
}

/** How a column shows its field if the field's kind does not define it. */
type Shown = Partial<Column<CachedSubscription>>;

/**
 * The columns of a list of subscriptions. Without a user's choice, columns that the breadcrumbs already show are left
 * out, and columns that the filter or order uses (`askedFields`) come first.
 */
export function subscriptionColumns(
  { trail, sort, filter, frame }: Pick<SubscriptionsScreen, 'trail' | 'sort' | 'filter' | 'frame'>,
  { requests, colleagueOn }: WorkUnderWay,
  now: number,
  marks: Marks,
  chosen: readonly string[] | null = null,
  namesConnection = false,
): readonly Column<CachedSubscription>[] {
  const running = runningOn(requests);
  const asked: readonly string[] = askedFields(sort, filter);
  const own: Readonly<Partial<Record<FieldId, Shown>>> = {
    ...plainly,
    name: shownName(colleagueOn, marks),
    ends: { tone: (row) => endTone(row, now) },
    read: { value: (row) => ago(row.readAt, now) },
    status: { value: (row) => `${marks.status[row.status]} ${row.status}`, tone: (row) => statusTones[row.status] },
    qty: shownSeats(requests, running, marks),
    cancel: shownDeadline({ running, colleagueOn }, now, marks, asked.includes('cancel')),
  };
  const all = columnFields.map((field) => columnOf(field, own[field.id] ?? null));
  const named = (columns: readonly Column<CachedSubscription>[]) => {
    const connection = all.find(({ id }) => id === 'connection');
    const shown = [...all.filter(({ id }) => id === 'name'), ...columns];
    return namesConnection && connection !== undefined ? withColumn(shown, connection) : shown;
  };
  if (chosen !== null) return named(columnsToShow('subscriptions', chosen, all));
  const usual = columnIds('subscriptions', null);
  const ids = [...usual, ...asked.filter((id) => !usual.includes(id))];
  const columns = ids.flatMap((id) => ranked(all, asked).find((column) => column.id === id) ?? []);
  const said = (id: string) => (frame === null ? saidByPlace(id, trail) : id === 'org');
  return named(columns.filter(({ id }) => asked.includes(id) || !said(id)));
}

function columnOf({ id, column, value }: FieldWithColumn, own: Shown | null): Column<CachedSubscription> {
  const { header, rank, size } = column;
  // A date that is shown as something else than its day names its zone itself, or needs none.
  const title = value.kind === 'date' && own?.value === undefined ? inUtc(header) : header;
  return { id, title, rank, ...size, min: Math.max(size.min, title.length), ...byKind(value), ...own };
}

function byKind({ kind, texts, cell }: FieldValue): Shown & Pick<Column<CachedSubscription>, 'value'> {
  switch (kind) {
    case 'number':
      return {
        align: 'right',
        value: (row) => numberText(texts(row), count),
        short: (row, width) => numberText(texts(row), (number) => countIn(number, width)),
      };
    case 'money':
      return { align: 'right', value: mainPriceText, short: () => '(details)' };
    case 'date':
      return { value: (row) => dayOf(cell(row)), tone: () => 'dim' };
    case 'switch':
      return { value: (row) => (cell(row) === 'true' ? 'yes' : ''), tone: () => 'dim' };
    default:
      return { value: (row) => cell(row) || unknown, tone: () => 'dim' };
  }
}

function numberText([text]: readonly string[], shown: (number: number | null) => string): string {
  return shown(text === undefined ? null : Number(text));
}

const askedRank = 2;

/**
 * Columns in use stay on narrow screens, those of the filter longer than those of the order; the end date makes room for a column
 * that would not have fitted.
 */
function ranked(
  columns: readonly Column<CachedSubscription>[],
  asked: readonly string[],
): readonly Column<CachedSubscription>[] {
  const lifted = columns.filter(({ id, rank }) => asked.includes(id) && rank > askedRank).map(({ id }) => id);
  return columns.map((column) => {
    if (lifted.includes(column.id)) {
      const after = asked.length - 1 - asked.indexOf(column.id);
      return { ...column, rank: askedRank + after / asked.length };
    }
    return column.id === 'ends' && lifted.length > 0 && !asked.includes('ends') ? { ...column, rank: 5 } : column;
  });
}

function saidByPlace(id: string, trail: Trail): boolean {
  if (id === 'org') return hasLevel(trail, 'organization');
  if (id === 'service') return hasLevel(trail, 'service');
  return id === 'connection' && trail.length > 0;
}

/** The columns that are not shown by their field's kind. */
const plainly: Readonly<Partial<Record<FieldId, Shown>>> = {
  org: { value: (row) => row.organization?.name || unknown, tone: () => 'plain' },
  id: { value: (row) => printable(row.id) },
  renewal: { value: (row) => renewalWord(renewalAhead(row)) },
  seller: { value: (row) => nameIn(row, row.seller) || unknown },
  reseller: { value: (row) => nameIn(row, row.reseller) || unknown },
};

/** An implied seller or reseller has no name of its own. */
function nameIn(row: Subscription, node: Subscription['seller']): string | null {
  return node === null || isImplied(node.id, row.connection) ? null : node.name;
}

type Running = (row: CachedSubscription) => Request | undefined;

/** The request that the vendor is working on, whichever connection sent it. */
export function runningOn(requests: readonly Request[]): Running {
  const byRef = new Map(requests.map((request) => [request.ref, request]));
  return ({ ref, sameAs }) => byRef.get([ref, ...sameAs].find((each) => byRef.has(each)) ?? ref);
}

/** The name, and who else works on it: that stays where the name is cut. */
function shownName(colleagueOn: WorkUnderWay['colleagueOn'], marks: Marks): Shown {
  const member = (row: CachedSubscription) => {
    const colleague = colleagueOn(row);
    return colleague === null ? '' : ` ${marks.running} ${colleague.member}`;
  };
  return {
    value: (row) => `${row.name}${member(row)}`,
    short: (row, width) => {
      const room = width - widthOf(member(row));
      return room < leastName ? clip(row.name, width) : `${clip(row.name, room)}${member(row)}`;
    },
    tone: () => 'plain',
  };
}

/** Wide enough for the running changes, so that neither number is ever truncated. */
function shownSeats(requests: readonly Request[], running: Running, marks: Marks): Shown {
  const changes = requests.map((one) => changeText(one.from, one.to, marks.arrow).length);
  return {
    min: Math.min(21, Math.max(7, ...changes)),
    value: (row) => seats(row, running(row), marks),
    short: (row, width) => {
      const change = running(row);
      return change?.to === undefined || change.to === null
        ? countIn(row.quantity, width)
        : changeText(change.from ?? row.quantity, change.to, marks.arrow, width);
    },
    tone: (row) => (running(row) !== undefined ? 'accent' : 'plain'),
  };
}

interface Under {
  readonly running: Running;
  readonly colleagueOn: WorkUnderWay['colleagueOn'];
}

function shownDeadline(under: Under, now: number, marks: Marks, asked: boolean): Shown {
  const deadline = (row: CachedSubscription) => deadlineWords(row, under, now, marks);
  return {
    // Where the filter is about deadlines, the date is worth more than the whole of a long name.
    ...(asked ? { min: withDate, good: withClocks + 4 } : {}),
    needed: (row) => {
      const said = deadline(row);
      return (asked ? said.find(({ from }) => from <= withClocks) : said.at(-1))?.text ?? '';
    },
    value: (row) => deadline(row)[0].text,
    short: (row, width) => {
      const said = deadline(row);
      const fitting = said.find(({ from, text }) => from <= width && text.length <= width);
      return clip((fitting ?? said[0]).text, width);
    },
    tone: (row) => {
      if (under.running(row) !== undefined || under.colleagueOn(row) !== null) return 'accent';
      const until = deadlineOf(row.cancellableUntil, { now });
      return until === null || isOver(until, { now }) ? 'dim' : 'warn';
    },
  };
}

/** The seats; while a request runs the old and the requested number, never the new one alone. */
export function seats(row: Subscription, running: Request | undefined, marks: Marks): string {
  if (running === undefined || running.to === null) return count(row.quantity);
  return changeText(running.from ?? row.quantity, running.to, marks.arrow);
}

/** `13 h 20 min · 24 Nov UTC`. */
const withDate = 24;
/** `2 d 4 h · 24 Nov 14:00 / 12:00 UTC`. */
const withClocks = 34;

/** A deadline's text by column width: more detail in more cells, the same for all rows of the column. */
interface Wording {
  readonly from: number;
  readonly text: string;
}

function deadlineWords(
  row: CachedSubscription,
  { running: runningOf, colleagueOn }: Under,
  now: number,
  marks: Marks,
): readonly [Wording, ...Wording[]] {
  const colleague = colleagueOn(row);
  if (colleague !== null) {
    const { member, brief } = colleague;
    return [
      { from: 0, text: `${marks.running} ${colleagueText(colleague)}` },
      { from: 0, text: `${marks.running} ${member}: ${brief}` },
      { from: 0, text: `${marks.running} ${member}` },
    ];
  }
  const running = runningOf(row);
  if (running !== undefined) return [{ from: 0, text: `${marks.running} running ${elapsed(running.startedAt, now)}` }];
  const written = row.status === 'cancelled' || row.status === 'expired' ? null : row.cancellableUntil;
  const until = deadlineOf(written, { now });
  if (until === null) return [{ from: 0, text: written ?? '' }];
  if (isOver(until, { now })) return [{ from: 0, text: 'passed' }];
  const { remaining: left } = until;
  const clocks = localAndUtcText(until, { now });
  return [
    { from: 54, text: `${left} left, cancel by ${deadlineMoment(until, { now })}` },
    { from: withClocks, text: `${left} · ${clocks}` },
    { from: withDate, text: `${left} · ${shortDay(until)}` },
    { from: 20, text: `${left} to cancel` },
    { from: 0, text: left },
  ];
}

function endTone(row: Subscription, now: number): Tone {
  const ends = endOf(row.endsAt);
  if (ends === null || row.status === 'cancelled' || row.status === 'expired') return 'dim';
  return ends - now < 30 * day ? 'warn' : 'plain';
}
