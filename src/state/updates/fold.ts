import type { ConsoleState } from '../console-state.ts';
import type { MenuEntry } from '../overlay.ts';

/** Shows or hides the entries of a folded line of the menu, below it. */
export function turnFold(state: ConsoleState, id: string): ConsoleState {
  const { overlay } = state;
  if (overlay?.kind !== 'menu') return state;
  const entries = overlay.entries.flatMap((entry): readonly MenuEntry[] => {
    if (entry.id !== id || entry.fold === undefined) return isIn(entry, overlay.entries, id) ? [] : [entry];
    const isOpen = !entry.fold.isOpen;
    return [{ ...entry, fold: { ...entry.fold, isOpen } }, ...(isOpen ? entry.fold.entries : [])];
  });
  return { ...state, overlay: { ...overlay, entries } };
}

/** Whether an entry stands in the menu because this line is unfolded. */
function isIn({ id }: MenuEntry, entries: readonly MenuEntry[], fold: string): boolean {
  const line = entries.find((entry) => entry.id === fold)?.fold;
  return line?.isOpen === true && line.entries.some((entry) => entry.id === id);
}
