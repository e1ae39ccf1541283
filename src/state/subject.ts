import type { CachedSubscription } from '../model/subscription.ts';
import { type ConsoleState, topScreen } from './console-state.ts';
import { rowUnderCursor } from './list.ts';
import { rowId } from './row-id.ts';

/** The subscription for an action or a rule: the open one, or the one under the cursor. */
export function subjectOf(state: ConsoleState): CachedSubscription | null {
  const screen = topScreen(state);
  if (screen.kind === 'subscription') return screen.subscription;
  if (screen.kind === 'customer') {
    const line = rowUnderCursor(screen.list, rowId.customer);
    return line?.kind === 'item' ? line.row : null;
  }
  if (screen.kind === 'today') {
    const line = rowUnderCursor(screen.list, rowId.today);
    return line?.kind === 'item' ? line.row : null;
  }
  return screen.kind === 'subscriptions' ? rowUnderCursor(screen.list, rowId.subscriptions) : null;
}
