import type { ConsoleState } from '../console-state.ts';
import { topScreen, withTop } from '../console-state.ts';
import { move } from './cursor.ts';

/** Marks or unmarks the row under the cursor, and moves to the next. Marks hold refs. */
export function toggleMark(state: ConsoleState): ConsoleState {
  const screen = topScreen(state);
  if (screen.kind !== 'subscriptions' || screen.list.cursor === null) return state;
  const marks = new Set(screen.marks);
  if (!marks.delete(screen.list.cursor)) marks.add(screen.list.cursor);
  return move(withTop(state, { ...screen, marks }), { rows: 1 });
}

export function clearMarks(state: ConsoleState): ConsoleState {
  const screen = topScreen(state);
  if (screen.kind !== 'subscriptions' || screen.marks.size === 0) return state;
  return withTop(state, { ...screen, marks: new Set() });
}
