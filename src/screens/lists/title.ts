import type { ConsoleState } from '../../state/console-state.ts';
import type { List } from '../../state/list.ts';
import { fieldLabel, sortKeys } from '../../state/moves/sort.ts';
import type { LevelScreen, SubscriptionsScreen } from '../../state/screen.ts';
import { caretPieces } from '../parts/caret.ts';
import type { Piece } from '../parts/spread.ts';
import type { Theme } from '../parts/theme.ts';
import { visible } from '../text/cells.ts';
import { clip } from '../text/fit.ts';
import { count, counted } from '../text/numbers.ts';

const levelTitles = { seller: 'Sellers', reseller: 'Resellers', organization: 'Organizations', service: 'Services' };

/** The line above a table: what it lists, how many, and loudly every filter that hides rows. */
export function titlePieces(
  screen: LevelScreen | SubscriptionsScreen,
  state: ConsoleState,
  theme: Theme,
): readonly Piece[] {
  const title = screen.kind === 'level' ? levelTitles[screen.level] : 'Subscriptions';
  const pieces: Piece[] = [
    { text: title, tone: 'bold' },
    { text: ` ${screen.list.stamp === null ? '' : count(screen.unfiltered)}` },
  ];
  const { overlay } = state;
  const text = screen.kind === 'level' ? screen.search : screen.filterText;
  const shown = `${count(screen.list.total)}${screen.list.counted ? '' : '…'} shown`;
  if (overlay?.kind === 'filter') {
    pieces.push({ text: '   / ', tone: 'accent' }, ...caretPieces(overlay.line, Math.max(10, state.columns - 50)));
    if (overlay.problem === null) pieces.push({ text: `   ${shown}`, tone: 'dim' });
    else pieces.push({ text: `   at ${overlay.problem.position + 1}: ${overlay.problem.message}`, tone: 'bad' });
  } else if (text !== '') {
    pieces.push(
      { text: '   filter: ', tone: 'warn' },
      { text: clip(visible(text), Math.max(16, state.columns - 62)), tone: 'bold' },
    );
    pieces.push({ text: ` (${shown})`, tone: 'warn' }, { text: '   Esc clears', tone: 'dim' });
  }
  if (screen.kind === 'subscriptions' && screen.marks.size > 0) {
    pieces.push({ text: `   ${markedText(screen)}`, tone: 'accent' });
  }
  const keys = sortKeys(screen) ?? [];
  if (keys.length > 0 && overlay?.kind !== 'filter') {
    const fields = keys.map((key) =>
      `${fieldLabel(key.field)}${key.descending ? ' ↓' : ''}`.replace('↓', theme.marks.down),
    );
    pieces.push({ text: `   by ${fields.join(', ')}`, tone: 'dim' });
  }
  return pieces;
}

/** The marked rows and what they come to: `3 marked, 120 seats, 1,234.00 EUR`. */
function markedText({ marks, marked }: SubscriptionsScreen): string {
  const totals = marked?.totals;
  return [
    `${count(marks.size)} marked`,
    totals === undefined ? null : `${counted(totals.seats, 'seat')}`,
    ...(totals?.money ?? []).map(
      ({ amount, currency }) => `${amount}${currency === null ? '' : ` ${visible(currency)}`}`,
    ),
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** How much of the list lies above and below the screen. */
export function morePieces<Row>(list: List<Row>, height: number, theme: Theme): readonly Piece[] {
  const below = Math.max(0, list.total - list.top - height);
  const parts = [
    list.top > 0 ? `${theme.marks.up} ${count(list.top)}` : '',
    below > 0 ? `${theme.marks.down} ${count(below)} more` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [{ text: parts.join('  '), tone: 'dim' }];
}
