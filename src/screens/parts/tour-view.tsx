import type { ReactNode } from 'react';
import type { Command } from '../../commands/command.ts';
import { activeScopes } from '../../state/active-key-scopes.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { tourStepOf } from '../../state/tour.ts';
import { tourSteps } from '../../state/tour-steps.ts';
import { Line } from '../table/table.tsx';
import { visible, widthOf } from '../text/cells.ts';
import { wrapInto } from '../text/wrap.ts';
import { keyName } from './key-names.ts';
import { type Piece, spread } from './line-pieces.ts';
import { type Theme, useTheme } from './theme.ts';

interface TourViewProps {
  readonly commands: readonly Command[];
  readonly state: ConsoleState;
}

/** The tour's lines below the footer: which step it is, and what it says; none without a tour, or without room. */
export function TourView({ commands, state }: TourViewProps): ReactNode {
  const theme = useTheme();
  const { tour, ticket } = state;
  const at = tourStepOf(state);
  const step = at === null ? undefined : tourSteps[at];
  if (at === null || step === undefined || tour === null || ticket === null || tour.lines === 0) return null;
  const width = state.columns - 2;
  const lines = wrappedPieces(said(step.says(ticket, state), commands, state), tour.lines - 1, width);
  const [left, right] = heading(at, keyOf(['tour'], commands, state), width, theme);
  return (
    <>
      <Line text={` ${spread(theme, width, left, right)}`} />
      {lineNames.slice(0, tour.lines - 1).map((name, line) => (
        <Line key={name} text={` ${spread(theme, width, lines[line] ?? [])}`} />
      ))}
    </>
  );
}

const lineNames = ['first', 'second', 'third'] as const;

function heading(
  at: number,
  leave: string,
  width: number,
  theme: Theme,
): readonly [readonly Piece[], readonly Piece[]] {
  const left = `Tour · step ${at + 1} of ${tourSteps.length} `;
  const leaves = ' leaves the tour';
  const gap = 2;
  const room = width - widthOf(left) - widthOf(leave) - leaves.length - gap;
  const rule = theme.marks.border.horizontal.repeat(Math.max(0, room));
  return [
    [
      { text: left, tone: 'accent' },
      { text: rule, tone: 'dim' },
    ],
    [
      { text: leave, tone: 'key' },
      { text: leaves, tone: 'dim' },
    ],
  ];
}

/** The sentences, with the key of each command that they name. */
function said(text: string, table: readonly Command[], state: ConsoleState): readonly Piece[] {
  const [begin = '', ...others] = text.split('{');
  return [
    { text: visible(begin) },
    ...others.flatMap((part): readonly Piece[] => {
      const [ids = '', rest = ''] = part.split('}');
      return [{ text: keyOf(ids.split('|'), table, state), tone: 'key' }, { text: visible(rest) }];
    }),
  ];
}

/** The key of the first of the commands that works here, else of the first; without a key, how the palette runs it. */
function keyOf(ids: readonly string[], table: readonly Command[], state: ConsoleState): string {
  const scopes = activeScopes(state);
  const named = ids.flatMap((id) => table.filter((command) => command.id === id));
  const here = named.find(({ keys }) => keys?.scopes.some((scope) => scopes.includes(scope)));
  const { id = '', keys } = here ?? named[0] ?? {};
  const key = keys?.keys[0];
  return key === undefined ? `:${id}` : keyName(key);
}

/** Wrapped as one text, each character with its tone. */
function wrappedPieces(pieces: readonly Piece[], lines: number, width: number): readonly (readonly Piece[])[] {
  const text = pieces.map((piece) => piece.text).join('');
  let start = 0;
  return wrapInto(lines, text, width).map((line) => {
    // A break takes one space.
    const from = text.indexOf(line, start);
    start = from + line.length;
    return cut(pieces, from, start);
  });
}

function cut(pieces: readonly Piece[], from: number, to: number): readonly Piece[] {
  let before = 0;
  return pieces.flatMap((piece) => {
    const begin = before;
    before += piece.text.length;
    const text = piece.text.slice(Math.max(0, from - begin), Math.max(0, to - begin));
    return text === '' ? [] : [{ ...piece, text }];
  });
}
