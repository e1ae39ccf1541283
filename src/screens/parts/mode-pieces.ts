import { lengthText } from '../../model/calendar.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { topScreen } from '../../state/console-state.ts';
import { connectionOf } from '../../state/trail.ts';
import type { Piece } from './line-pieces.ts';
import type { Theme } from './theme.ts';

/** Whether anything may be sent from here, and for how long yet. */
export function modePieces(state: ConsoleState, theme: Theme): readonly Piece[] {
  const { marks } = theme;
  if (state.readOnly) return [{ text: `${marks.readOnly} read-only`, tone: 'warn' }];
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
