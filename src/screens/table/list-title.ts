import { costText } from '../../model/cost.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { List } from '../../state/list.ts';
import { outsideText } from '../../state/mark-words.ts';
import type { LevelScreen, SubscriptionsScreen } from '../../state/screen.ts';
import { sortKeys, sortLabel } from '../../state/updates/sort.ts';
import { filterParts } from '../parts/filter-line.tsx';
import type { Piece } from '../parts/line-pieces.ts';
import type { Theme } from '../parts/theme.ts';
import { inForms, nameOf, optional, type TitlePart, titleRanks } from '../parts/title-line.ts';
import { visible } from '../text/cells.ts';
import { count, counted, countIn } from '../text/numbers.ts';
import { summaryPart } from './customer-summary.ts';

const levelTitles = { seller: 'Sellers', reseller: 'Resellers', organization: 'Organizations', service: 'Services' };

/** The line above a table: what it lists, how many rows, and every filter, highlighted. */
export function listTitle(
  screen: LevelScreen | SubscriptionsScreen,
  state: ConsoleState,
  theme: Theme,
): readonly TitlePart[] {
  const isTyped = state.overlay?.kind === 'filter';
  const filter = filterParts(state, shownForms(screen));
  const order = orderParts(screen, theme);
  if (filter.length === 0 && screen.kind === 'subscriptions' && screen.frame !== null) {
    return [summaryPart(screen.frame), ...unplacedParts(screen), ...order];
  }
  const title = nameOf(screen.kind === 'level' ? levelTitles[screen.level] : 'Subscriptions');
  return [title, ...allParts(screen), ...filter, ...unplacedParts(screen), ...(isTyped ? [] : order)];
}

/** The count without the filter. A subscription shown by several connections counts once, however many rows it has. */
function allParts(screen: LevelScreen | SubscriptionsScreen): readonly TitlePart[] {
  if (screen.list.stamp === null) return [];
  const number = screen.kind === 'level' ? screen.unfiltered : screen.subscriptions.all;
  const rows = screen.unfiltered ?? number;
  const all = inForms(
    titleRanks.count,
    [{ text: ` ${count(number)}` }],
    [{ text: ` ${countIn(number, shortestCount)}` }],
  );
  if (screen.kind === 'level' || number === rows) return [all];
  return [all, optional(titleRanks.rows, { text: ` in ${count(rows)} rows` })];
}

/** In a narrow title a large count is rounded, since a count that is cut is another one. */
const shortestCount = 5;

/** What the filter leaves. */
function shownForms(screen: LevelScreen | SubscriptionsScreen): readonly [string, ...string[]] {
  const { total, counted } = screen.list;
  const uncertain = counted ? '' : '…';
  const shown = screen.kind === 'level' ? total : screen.subscriptions.shown;
  const short = [
    `${count(shown)}${uncertain} shown`,
    `${count(shown)}${uncertain}`,
    `${countIn(shown, shortestCount)}${uncertain}`,
  ] as const;
  return shown === total ? short : [`${count(shown)} in ${count(total)} rows${uncertain} shown`, ...short];
}

function orderParts(screen: LevelScreen | SubscriptionsScreen, theme: Theme): readonly TitlePart[] {
  const keys = sortKeys(screen) ?? [];
  if (keys.length === 0) return [];
  const fields = keys.map(
    ({ field, descending }) => `${sortLabel(screen, field)}${descending ? ` ${theme.marks.down}` : ''}`,
  );
  return [optional(titleRanks.order, { text: `   by ${fields.join(', ')}`, tone: 'dim' })];
}

/** Rows that need a date which cannot be read. */
function unplacedParts(screen: LevelScreen | SubscriptionsScreen): readonly TitlePart[] {
  if (screen.kind === 'level' || screen.unplaced === 0) return [];
  const form = (text: string): readonly Piece[] => [{ text: `   ${text}`, tone: 'warn' }];
  const rows = screen.unplaced;
  return [
    inForms(
      titleRanks.warning,
      form(`${count(rows)} with unreadable dates`),
      form(`${count(rows)} unreadable`),
      form(`! ${countIn(rows, shortestCount)}`),
    ),
  ];
}

/**
 * The marked rows, and what their totals add up: `3 marked, 2 outside this filter, 120 seats, 1,234.00 EUR a month (list),
 * 1 without a price`.
 */
export function markedText(screen: SubscriptionsScreen): string {
  const { marks, marked } = screen;
  const totals = marked?.totals;
  const isFewer = totals !== undefined && totals.subscriptions < marks.size;
  return [
    `${count(marks.size)} marked${isFewer ? ` (${counted(totals.subscriptions, 'subscription')})` : ''}`,
    outsideText(screen),
    totals === undefined ? null : `${counted(totals.seats, 'seat')}`,
    ...(totals?.costs ?? []).map((sum) => visible(costText(sum))),
    totals === undefined || totals.withoutPrice === 0 ? null : `${count(totals.withoutPrice)} without a price`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** How many rows are above and below the visible ones. */
export function positionPart(
  { total, top }: Pick<List<unknown>, 'total' | 'top'>,
  height: number,
  theme: Theme,
): TitlePart {
  const below = Math.max(0, total - top - height);
  const parts = [
    top > 0 ? `${theme.marks.up} ${count(top)}` : '',
    below > 0 ? `${theme.marks.down} ${count(below)} more` : '',
  ].filter((part) => part !== '');
  return optional(titleRanks.position, { text: parts.join('  '), tone: 'dim' });
}
