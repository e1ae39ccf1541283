import type { Command } from '../../commands/command.ts';
import { activeScopes } from '../../state/active-scopes.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { ConsoleStore } from '../../state/console-store.ts';
import { reachable } from '../../state/dispatch.ts';
import { widthOf } from '../text/cells.ts';
import { keyName } from './key-names.ts';
import type { Piece } from './spread.ts';
import { spread } from './spread.ts';
import type { Theme } from './theme.ts';

/** The line of what can be done: the keys of this place, whole or not at all, and whether anything may be sent. */
export function footerLine(
  table: readonly Command[],
  console: ConsoleStore,
  state: ConsoleState,
  theme: Theme,
): string {
  const width = state.columns - 2;
  const mode: readonly Piece[] = state.readOnly
    ? [{ text: `${theme.marks.readOnly} read-only`, tone: 'warn' }]
    : [{ text: `${theme.marks.writable} read-write`, tone: 'dim' }];
  const room = width - mode.reduce((sum, piece) => sum + widthOf(piece.text), 0) - 2;
  const pieces: Piece[] = [];
  let used = 0;
  for (const command of reachable(table, activeScopes(state))) {
    const hint = command.keys?.hint;
    const key = command.keys?.keys[0];
    if (hint === undefined || key === undefined) continue;
    const off = (command.keys?.unavailable?.(console) ?? null) !== null;
    const shown = keyName(key);
    const gap = used === 0 ? '' : '   ';
    const width = widthOf(gap) + widthOf(shown) + 1 + widthOf(hint);
    if (used + width > room) continue;
    used += width;
    pieces.push({ text: gap }, { text: shown, tone: off ? 'dim' : 'key' }, { text: ` ${hint}`, tone: 'dim' });
  }
  return ` ${spread(theme, width, pieces, mode)}`;
}
