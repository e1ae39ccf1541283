import type { Command, Keys } from '../../commands/command.ts';
import { lengthText } from '../../model/calendar.ts';
import { activeScopes } from '../../state/active-key-scopes.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { topScreen } from '../../state/console-state.ts';
import { reachable } from '../../state/dispatch.ts';
import { connectionOf } from '../../state/trail.ts';
import { widthOf } from '../text/cells.ts';
import { keyName } from './key-names.ts';
import type { Piece } from './line-pieces.ts';
import { spread } from './line-pieces.ts';
import type { Theme } from './theme.ts';

/** The footer: the keys of this screen, each complete or left out, and the write mode. */
export function footerLine(table: readonly Command[], state: ConsoleState, theme: Theme): string {
  const width = state.columns - 2;
  const mode = modePieces(state, theme);
  const room = width - mode.reduce((sum, piece) => sum + widthOf(piece.text), 0) - 2;
  const hints = reachable(table, activeScopes(state)).flatMap((command) => hintOf(command, state));
  // The hint that leads to all other keys is always there.
  const last = hints.filter((hint) => hint.alwaysShown);
  const kept = whatFits(
    hints.filter((hint) => !last.includes(hint)),
    room - last.reduce((sum, hint) => sum + widthOfHint(hint), 0),
  );
  const pieces = [...kept, ...last].flatMap((hint, index): readonly Piece[] => [
    { text: index === 0 ? '' : gap },
    { text: hint.key, tone: hint.off ? 'dim' : 'key' },
    { text: ` ${hint.text}`, tone: 'dim' },
  ]);
  return ` ${spread(theme, width, pieces, mode)}`;
}

interface Hint {
  readonly alwaysShown: boolean;
  /** Those of the highest rank are left out first. */
  readonly rank: number;
  /** On how many screens the key works: on one of few it is worth more. */
  readonly screens: number;
  readonly key: string;
  readonly text: string;
  readonly off: boolean;
}

const gap = '   ';

function hintOf({ keys }: Command, state: ConsoleState): readonly Hint[] {
  const key = keys?.keys[0];
  if (keys?.hint === undefined || key === undefined) return [];
  const { hint: text, alwaysShown = false } = keys;
  return [
    {
      alwaysShown,
      rank: rankOf(keys),
      screens: keys.scopes.length,
      key: keyName(key),
      text,
      off: (keys.unavailable?.(state) ?? null) !== null,
    },
  ];
}

/** Keys that work everywhere go first, then those that say so, then the others of the screen. */
function rankOf({ hintStays, scopes }: Keys): number {
  if (hintStays === 'longest') return 0;
  if (scopes.includes('any')) return 3;
  return hintStays === 'shortest' ? 2 : 1;
}

function widthOfHint(hint: Hint): number {
  return gap.length + widthOf(hint.key) + 1 + widthOf(hint.text);
}

/** Hints in order, each complete or left out. One of a higher rank is only there if all of the lower ones are. */
function whatFits(hints: readonly Hint[], room: number): readonly Hint[] {
  let left = room + gap.length;
  let highest = Number.POSITIVE_INFINITY;
  const kept = new Set<Hint>();
  for (const hint of hints.toSorted((one, other) => one.rank - other.rank || one.screens - other.screens)) {
    const needed = widthOfHint(hint);
    if (needed <= left && hint.rank <= highest) {
      left -= needed;
      kept.add(hint);
    } else highest = Math.min(highest, hint.rank);
  }
  return hints.filter((hint) => kept.has(hint));
}

/** Whether writes are allowed here, and for how long. */
function modePieces(state: ConsoleState, theme: Theme): readonly Piece[] {
  const { marks } = theme;
  if (state.readOnly !== false) return [{ text: `${marks.readOnly} read-only`, tone: 'warn' }];
  if (state.armed === null) return [{ text: `${marks.writable} read-write`, tone: 'dim' }];
  const screen = topScreen(state);
  const subject = screen.kind === 'subscription' ? (screen.subscription?.connection ?? null) : null;
  const here = subject ?? ('trail' in screen ? connectionOf(screen.trail) : null);
  const untils = state.armed
    .filter(({ name }) => here === null || name === here)
    .flatMap(({ until }) => (until === null || until <= state.now ? [] : [until]));
  if (untils.length === 0) return [{ text: `${marks.readOnly} read-only (W arms)`, tone: 'warn' }];
  return [{ text: `${marks.writable} read-write armed ${lengthText(Math.max(...untils) - state.now)}`, tone: 'bad' }];
}
