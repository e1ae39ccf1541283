import type { ReactNode } from 'react';
import { grouped } from '../../model/numbers.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { topScreen } from '../../state/console-state.ts';
import { filterProblemLines } from '../../state/layout.ts';
import type { FilterLine } from '../../state/overlay.ts';
import { filterKindOf, filterTextOf, languages } from '../../state/screen-filter.ts';
import { Line } from '../table/table.tsx';
import { visible, widthOf } from '../text/cells.ts';
import { caretPieces } from './caret.ts';
import type { Piece } from './line-pieces.ts';
import { spread } from './line-pieces.ts';
import { type Tone, useTheme } from './theme.ts';
import { cuttable, inForms, optional, type TitlePart, titleRanks } from './title-line.ts';

/** Cells that stay of a filter, however narrow the title. */
const leastFilter = 12;

/**
 * The filter in a title: as it is typed, or the active one; nothing without one. `shown` says what it leaves, from the
 * longest form to the shortest; null: the title says it elsewhere.
 */
export function filterParts(state: ConsoleState, shown: readonly [string, ...string[]] | null): readonly TitlePart[] {
  const { overlay } = state;
  const { filter: rank, count, hint } = titleRanks;
  const counts = (around: (text: string) => string, tone: Tone): readonly TitlePart[] => {
    if (shown === null) return [];
    const [first, ...others] = shown;
    const form = (text: string): readonly Piece[] => [{ text: around(text), tone }];
    return [inForms(count, form(first), ...others.map(form))];
  };
  if (overlay?.kind === 'filter' && overlay.cannot === null) {
    const { line } = overlay;
    const full = widthOf(visible(line.text)) + 1;
    return [
      inForms(rank, [{ text: '   / ', tone: 'accent' }]),
      { rank, full, least: Math.min(full, leastFilter), draw: (room) => caretPieces(line, room) },
      ...counts((text) => `   ${text}`, 'dim'),
    ];
  }
  const text = filterTextOf(topScreen(state));
  if (text === '') return [];
  return [
    inForms(rank, [{ text: '   filter: ', tone: 'warn' }], [{ text: '   / ', tone: 'warn' }]),
    cuttable(rank, text, leastFilter, 'bold'),
    ...counts((counted) => ` (${counted})`, 'warn'),
    optional(hint, { text: '   Esc clears', tone: 'dim' }),
  ];
}

/** `1,204 shown`, or the number alone. */
export function shownForms(total: number): readonly [string, string] {
  return [`${grouped(total)} shown`, grouped(total)];
}

/** The lines below what is filtered while the filter is typed: what is wrong with it, and what Tab may put in. */
export function FilterHelp({ state }: { readonly state: ConsoleState }): ReactNode {
  const theme = useTheme();
  const { overlay } = state;
  if (overlay?.kind !== 'filter') return null;
  const width = state.columns - 2;
  const problem = filterProblemLines(state).map((text): readonly Piece[] => [
    { text: visible(text), tone: overlay.cannot === null ? 'bad' : 'warn' },
  ]);
  return [...problem, helpPieces(overlay, state, width)].map((pieces, index) => {
    const key = `${index}`;
    return <Line key={key} text={` ${spread(theme, width, pieces)}`} />;
  });
}

function helpPieces(overlay: FilterLine, state: ConsoleState, width: number): readonly Piece[] {
  if (overlay.cannot !== null) return [{ text: 'Esc closes this line.', tone: 'dim' }];
  const kind = filterKindOf(topScreen(state));
  if (kind === null || languages[kind] === null) {
    return [{ text: 'Only lines that contain this text are shown. ↑ ↓ earlier texts.', tone: 'dim' }];
  }
  const texts = overlay.past === 0 ? (overlay.completions?.texts ?? []) : [];
  const isWaiting = overlay.typed.text.trim() === '' && overlay.picked === null;
  if (texts.length === 0 || isWaiting) {
    return [{ text: 'Tab completes fields and values   ↑ ↓ earlier filters   :help filter', tone: 'dim' }];
  }
  return [{ text: 'Tab: ', tone: 'dim' }, ...choices(texts, overlay.picked, width - 6)];
}

/** As many as there is room for, from a place where the picked one is among them. */
function choices(texts: readonly string[], picked: number | null, room: number): readonly Piece[] {
  const gap = 2;
  const from = (start: number) => {
    let used = 2;
    const end = texts.slice(start).findIndex((text) => {
      used += widthOf(visible(text)) + gap;
      return used > room;
    });
    return end === -1 ? texts.length : Math.max(start + 1, start + end);
  };
  let start = 0;
  while (picked !== null && from(start) <= picked) start = from(start);
  const end = from(start);
  const pieces = texts
    .slice(start, end)
    .flatMap((text, index): readonly Piece[] => [
      { text: index === 0 ? '' : ' '.repeat(gap) },
      { text: visible(text), tone: start + index === picked ? 'title' : 'plain' },
    ]);
  return end < texts.length ? [...pieces, { text: ' …', tone: 'dim' }] : pieces;
}
