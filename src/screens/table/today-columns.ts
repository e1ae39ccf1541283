import { costCell } from '../../model/cost.ts';
import { moneyText } from '../../model/money.ts';
import { itemsOfLine, type TodayLine } from '../../state/today-lines.ts';
import type { TodayRow, TodayScreen } from '../../state/today-screens.ts';
import { memberName } from '../../today/colleagues.ts';
import type { Item } from '../../today/item.ts';
import { groupKinds, groupNouns, itemLabel, shortDue } from '../../today/today-words.ts';
import type { Theme, Tone } from '../parts/theme.ts';
import { widthOf } from '../text/cells.ts';
import { clip } from '../text/fit.ts';
import { count } from '../text/numbers.ts';
import type { Column } from './columns.ts';

/** Room that the table needs beside its columns, and between two of them. */
const beside = 4;
const gap = 2;

interface Cell {
  readonly id: string;
  readonly title: string;
  readonly align?: 'right';
  /** It takes the room that is left, and gives way where there is none. */
  readonly isFlexible?: true;
  /** It gives way where most of its lines are empty and a flexible one would be cut. */
  readonly isExtra?: true;
  /** Of the others: dropped from the highest on, where the flexible ones would be too narrow. */
  readonly rank: number;
  readonly most: number;
  /** The same where not everything fits. */
  readonly tight?: number;
  text(line: TodayLine): string;
  short?(line: TodayLine, width: number): string;
  tone?(line: TodayLine): Tone;
}

/** The least for each flexible column, before another column is dropped for it. */
const leastFlexible = 14;

/** Columns as wide as what is in them: nothing is cut while there is room. */
export function todayColumns(
  { lines, view }: Pick<TodayScreen, 'lines' | 'view'>,
  columns: number,
  theme: Theme,
): readonly Column<TodayRow>[] {
  const cells = cellsOf(groupNouns[view.grouping], theme);
  const wholly = new Map(cells.map((cell) => [cell.id, neededBy(cell, lines, cell.most)]));
  const isTight = sum([...wholly.values()]) + gap * (cells.length - 1) > columns - beside;
  const needs = isTight
    ? new Map(cells.map((cell) => [cell.id, neededBy(cell, lines, cell.tight ?? cell.most)]))
    : wholly;
  const needed = ({ id }: Cell) => needs.get(id) ?? 0;
  const room = (some: readonly Cell[]) =>
    columns - beside - gap * (some.length - 1) - sum(some.filter((cell) => !cell.isFlexible).map(needed));
  const flexible = cells.filter((cell) => cell.isFlexible);
  const least = sum(flexible.map((cell) => Math.min(needed(cell), leastFlexible)));
  let kept = cells.filter((cell) => cell.rank === 0 || needed(cell) > widthOf(cell.title) || hasText(cell, lines));
  for (let rank = 3; rank > 0 && room(kept) < least; rank -= 1) kept = kept.filter((cell) => cell.rank < rank);
  const isCut = room(kept) < sum(flexible.map(needed));
  if (isCut) kept = kept.filter((cell) => !(cell.isExtra && isSparse(cell, lines)));
  const widths = shared(flexible.map(needed), room(kept));
  const namesNobody = !kept.some(({ id }) => id === 'owner');
  return kept.map((whole): Column<TodayRow> => {
    const cell = namesNobody && whole.id === 'what' ? withMember(whole) : whole;
    const width = cell.isFlexible ? (widths[flexible.indexOf(whole)] ?? leastFlexible) : needed(cell);
    return {
      ...{ id: cell.id, title: cell.title, rank: 0, min: Math.max(1, width), value: cell.text },
      ...(cell.align === undefined ? {} : { align: cell.align }),
      ...(cell.short === undefined ? {} : { short: cell.short, needed: fittingText(cell, cell.short, width) }),
      ...(cell.tone === undefined ? {} : { tone: cell.tone }),
    };
  });
}

function neededBy(cell: Cell, lines: readonly TodayLine[], most: number): number {
  const widest = lines.reduce((most, line) => Math.max(most, widthOf(cell.text(line))), widthOf(cell.title));
  return cell.isFlexible ? widest : Math.min(widest, Math.max(most, widthOf(cell.title)));
}

function hasText(cell: Cell, lines: readonly TodayLine[]): boolean {
  return lines.some((line) => cell.text(line) !== '');
}

/** The short text is as good as the whole one: it takes no cells from others. */
function fittingText(cell: Cell, short: NonNullable<Cell['short']>, width: number) {
  return (line: TodayLine): string => {
    const whole = cell.text(line);
    return widthOf(whole) <= width ? whole : short(line, width);
  };
}

function isSparse(cell: Cell, lines: readonly TodayLine[]): boolean {
  return lines.filter((line) => cell.text(line) !== '').length * 2 < lines.length;
}

/** What each gets of the room: all that it needs, or an equal share, and what others leave. */
function shared(needs: readonly number[], room: number): readonly number[] {
  const [first = 0, second = 0] = needs;
  if (first + second <= room) return [first, second];
  const half = Math.floor(room / 2);
  if (first <= half) return [first, room - first];
  return second <= half ? [room - second, second] : [half, room - half];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}

function cellsOf([one, many]: readonly [string, string], theme: Theme): readonly Cell[] {
  const set = theme.marks.name;
  const fold = (isOpen: boolean) => (isOpen ? theme.marks.open : theme.marks.crumb);
  const dueText = (line: TodayLine): string => {
    if (line.kind === 'fold') return fold(line.isOpen);
    if (line.kind === 'item') return `${line.isInside ? '    ' : '  '}${itemLabel(line.item, set)}`;
    const { lead } = line.group;
    return `${fold(line.isOpen)} ${lead === null ? '' : itemLabel(lead, set)}`;
  };
  const inAll = (line: TodayLine) => (line.kind === 'item' ? line.item : line.group);
  return [
    {
      ...{ id: 'due', title: 'DUE', rank: 0, most: 18, tight: 13 },
      text: dueText,
      // The larger unit alone: `4 h` of `4 h 22 min`; without a date the mark, since WHAT says the kind.
      short: (line, width) => clip(largerUnit(dueText(line)), width),
      tone: urgencyTone,
    },
    {
      ...{ id: 'who', title: one.toUpperCase(), rank: 0, most: 60, isFlexible: true },
      text: (line) => {
        if (line.kind === 'fold') return `${count(line.groups)} more ${line.groups === 1 ? one : many}`;
        if (line.kind === 'group') return line.group.label ?? `no ${one}`;
        return line.isInside && one === 'customer' ? (line.item.name ?? line.item.connection) : customerOf(line.item);
      },
    },
    {
      ...{ id: 'what', title: 'WHAT', rank: 0, most: 80, isFlexible: true },
      text: (line) => {
        if (line.kind === 'group') return groupKinds(line.group);
        if (line.kind === 'fold')
          return line.isLater ? `${count(line.group.count)} later` : `${count(line.group.count)} this week`;
        const { item, isInside } = line;
        const when = shortDue(item);
        const what = when === null ? item.brief : `${item.brief} ${when}`;
        return (isInside && one === 'customer') || item.name === null ? what : `${item.name}: ${what}`;
      },
      tone: () => 'dim',
    },
    {
      ...{ id: 'seats', title: 'SEATS', rank: 0, most: 9, align: 'right' },
      text: (line) => (inAll(line).seats === null ? '–' : count(inAll(line).seats ?? 0)),
    },
    {
      ...{ id: 'money', title: 'MONEY', rank: 0, most: 26, tight: 16, align: 'right' },
      text: (line) => (inAll(line).money.length === 0 ? '–' : inAll(line).money.map(costCell).join(' + ')),
      short: (line, width) => {
        const [first, ...others] = inAll(line).money;
        if (first === undefined) return '–';
        const more = others.length === 0 ? '' : ` +${others.length}`;
        const room = width - more.length;
        const cell = costCell(first);
        return `${clip(widthOf(cell) <= room ? cell : moneyText(first), room)}${more}`;
      },
    },
    {
      ...{ id: 'owner', title: 'WHO', rank: 2, most: 24, tight: 14 },
      text: whoText,
      short: (line, width) => clip(line.colleague === null ? whoText(line) : line.colleague.member, width),
      tone: (line) => (line.colleague === null ? 'accent' : 'dim'),
    },
    {
      ...{ id: 'note', title: 'NOTE', rank: 3, most: 30 },
      text: (line) => (line.kind === 'item' ? (line.item.marks.note?.text ?? '') : ''),
      tone: () => 'dim',
    },
    {
      ...{ id: 'next', title: 'NEXT', rank: 1, most: 16, isExtra: true },
      text: (line) => {
        if (line.kind !== 'item') return '';
        const { next } = line.item;
        return next === null ? '' : `${next.key} ${next.label}`;
      },
      tone: () => 'dim',
    },
  ];
}

/** Where there is no room for a column: who works on it, or took it, is worth more than the end of a long name. */
function withMember(cell: Cell): Cell {
  const text = (line: TodayLine) => {
    const who = whoText(line);
    return who === '' ? cell.text(line) : `${who} · ${cell.text(line)}`;
  };
  return { ...cell, text };
}

function largerUnit(text: string): string {
  const words = text.split(' ');
  const unit = words.findIndex((word) => word === 'd' || word === 'h' || word === 'min');
  if (unit === -1) return words.slice(0, -1).join(' ');
  return [...words.slice(0, unit + 1), ...(words.at(-1) === 'ago' ? ['ago'] : [])].join(' ');
}

function customerOf({ organization, connection }: Item): string {
  return organization?.name ?? connection;
}

/** Who works on it just now, else who took it. */
function whoText(line: TodayLine): string {
  const { colleague } = line;
  return colleague === null ? ownersOf(itemsOfLine(line)) : `${colleague.member}: ${colleague.brief}`;
}

/** `nina`, where she took them all; `nina 2/5`; `nina +1`, where others took some. */
function ownersOf(items: readonly Item[]): string {
  const taken = items.flatMap(({ marks }) => marks.owner ?? []);
  const [first, ...others] = new Set(taken);
  if (first === undefined) return '';
  if (others.length > 0) return `${memberName(first)} +${others.length}`;
  return taken.length === items.length ? memberName(first) : `${memberName(first)} ${taken.length}/${items.length}`;
}

function urgencyTone(line: TodayLine): Tone {
  const { urgency } = line.kind === 'item' ? line.item : line.group;
  if (urgency === 'now') return 'bad';
  return urgency === 'soon' ? 'warn' : 'dim';
}
