import { costText } from '../../model/cost.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { listHeight } from '../../state/layout.ts';
import type { List } from '../../state/list.ts';
import { outsideText } from '../../state/mark-words.ts';
import type { LevelScreen, SubscriptionsScreen } from '../../state/screen.ts';
import { sortKeys, sortLabel } from '../../state/updates/sort.ts';
import { caretPieces } from '../parts/caret.ts';
import type { Piece } from '../parts/line-pieces.ts';
import type { Theme } from '../parts/theme.ts';
import { visible, widthOf } from '../text/cells.ts';
import { clip } from '../text/fit.ts';
import { count, counted } from '../text/numbers.ts';
import { summaryPieces } from './customer-summary.ts';

const levelTitles = { seller: 'Sellers', reseller: 'Resellers', organization: 'Organizations', service: 'Services' };

/**
 * The line above a table: what it lists, how many rows, and every filter, highlighted. In a narrow terminal the filter
 * stays: first the hint is dropped, then the sort order, then the word for the rows, which the breadcrumbs show too.
 */
export function titlePieces(
  screen: LevelScreen | SubscriptionsScreen,
  state: ConsoleState,
  theme: Theme,
): readonly Piece[] {
  const title: Piece = { text: screen.kind === 'level' ? levelTitles[screen.level] : 'Subscriptions', tone: 'bold' };
  const { all, shown } = numbersOf(screen);
  const number: Piece = { text: ` ${screen.list.stamp === null ? '' : all}` };
  const { overlay } = state;
  const text = visible(screen.filterText);
  if (overlay?.kind === 'filter') {
    const typed = caretPieces(overlay.line, Math.max(10, state.columns - 50));
    const found: Piece = { text: `   ${shown}`, tone: 'dim' };
    // The typed filter has priority over the unfiltered row count.
    const short = screen.kind === 'level' ? number : { text: ` ${count(screen.subscriptions.all)}` };
    return [title, short, { text: '   / ', tone: 'accent' }, ...typed, found];
  }
  const more = widthOfAll(morePieces(screen.list, listHeight(state), theme));
  const room = state.columns - 2 - (more === 0 ? 0 : more + 2);
  const order = orderPieces(screen, theme);
  if (text === '' && screen.kind === 'subscriptions' && screen.frame !== null) {
    const beside = [...unplacedPieces(screen), ...order];
    return [...summaryPieces(screen.frame, room - widthOfAll(beside)), ...beside];
  }
  if (text === '') return [title, number, ...unplacedPieces(screen), ...order];
  const around: readonly Piece[] = [
    { text: '   filter: ', tone: 'warn' },
    { text: ` (${shown})`, tone: 'warn' },
  ];
  const fits = (head: readonly Piece[]) => widthOfAll([...head, ...around]) + widthOf(text) <= room;
  const head = fits([title, number]) ? [title, number] : [number];
  const filter: Piece = { text: clip(text, Math.max(16, room - widthOfAll([...head, ...around]))), tone: 'bold' };
  const said = [...head, ...around.slice(0, 1), filter, ...around.slice(1), ...unplacedPieces(screen)];
  const hint: readonly Piece[] = [{ text: '   Esc clears', tone: 'dim' }];
  const ordered = widthOfAll([...said, ...order]) <= room ? [...said, ...order] : said;
  return widthOfAll([...ordered, ...hint]) <= room ? [...ordered, ...hint] : ordered;
}

/**
 * The counts without and with the filter. A subscription shown by several connections counts once, however many rows it
 * has.
 */
function numbersOf(screen: LevelScreen | SubscriptionsScreen): { readonly all: string; readonly shown: string } {
  const { total, counted } = screen.list;
  const uncertain = counted ? '' : '…';
  if (screen.kind === 'level') return { all: count(screen.unfiltered), shown: `${count(total)} shown` };
  const { all, shown } = screen.subscriptions;
  return {
    all: inRows(all, screen.unfiltered ?? all),
    shown: `${inRows(shown, total)}${uncertain} shown`,
  };
}

/** `2,412`, or `2,412 in 3,000 rows`. */
function inRows(subscriptions: number, rows: number): string {
  return subscriptions === rows ? count(rows) : `${count(subscriptions)} in ${count(rows)} rows`;
}

function orderPieces(screen: LevelScreen | SubscriptionsScreen, theme: Theme): readonly Piece[] {
  const keys = sortKeys(screen) ?? [];
  if (keys.length === 0) return [];
  const fields = keys.map(
    ({ field, descending }) => `${sortLabel(screen, field)}${descending ? ` ${theme.marks.down}` : ''}`,
  );
  return [{ text: `   by ${fields.join(', ')}`, tone: 'dim' }];
}

/** Rows that need a date which cannot be read. */
function unplacedPieces(screen: LevelScreen | SubscriptionsScreen): readonly Piece[] {
  if (screen.kind === 'level' || screen.unplaced === 0) return [];
  return [{ text: `   ${count(screen.unplaced)} with unreadable dates`, tone: 'warn' }];
}

function widthOfAll(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { text }) => sum + widthOf(text), 0);
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
export function morePieces(
  { total, top }: Pick<List<unknown>, 'total' | 'top'>,
  height: number,
  theme: Theme,
): readonly Piece[] {
  const below = Math.max(0, total - top - height);
  const parts = [
    top > 0 ? `${theme.marks.up} ${count(top)}` : '',
    below > 0 ? `${theme.marks.down} ${count(below)} more` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [{ text: parts.join('  '), tone: 'dim' }];
}
