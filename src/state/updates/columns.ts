import type { ConsoleState } from '../console-state.ts';
import { topScreen } from '../console-state.ts';
import { clamp } from '../list.ts';
import type { Menu } from '../overlay.ts';
import { layoutOf, withLayout } from '../table-layout.ts';
import type { TableName } from '../tables.ts';
import { columnIds, tableColumns, tableOf, unknownColumns } from '../tables.ts';

/** Opens the column chooser of the table on screen; the table behind it changes live. */
export function openColumns(state: ConsoleState): ConsoleState {
  const table = tableOf(topScreen(state));
  return table === null ? state : { ...state, overlay: columnsMenu(state, table, null) };
}

/** Visible columns first, in their order. */
function columnsMenu(state: ConsoleState, table: TableName, cursor: string | null): Menu {
  const all = tableColumns[table];
  const shown = columnIds(table, layoutOf(state, table).columns);
  const entry = (id: string, checked: boolean) => ({
    id,
    label: all.find((column) => column.id === id)?.label ?? id,
    note: null,
    unavailable: null,
    checked,
  });
  const entries = [
    ...shown.map((id) => entry(id, true)),
    ...all.filter((column) => !shown.includes(column.id)).map((column) => entry(column.id, false)),
  ];
  return {
    kind: 'menu',
    purpose: 'columns',
    title: 'Columns after the name, from the left',
    entries,
    cursor: cursor ?? entries[0]?.id ?? null,
    subject: null,
  };
}

/** Shows or hides the column under the cursor. */
export function toggleColumn(state: ConsoleState): ConsoleState {
  return changed(state, (shown, id) => (shown.includes(id) ? shown.filter((each) => each !== id) : [...shown, id]));
}

/** Moves the column under the cursor left (−1) or right. */
export function shiftColumn(state: ConsoleState, by: 1 | -1): ConsoleState {
  return changed(state, (shown, id) => {
    const at = shown.indexOf(id);
    if (at === -1) return shown;
    return shown.filter((each) => each !== id).toSpliced(clamp(at + by, shown.length - 1), 0, id);
  });
}

export function standardColumns(state: ConsoleState): ConsoleState {
  return changed(state, () => null);
}

function changed(
  state: ConsoleState,
  change: (shown: readonly string[], id: string) => readonly string[] | null,
): ConsoleState {
  const table = tableOf(topScreen(state));
  const { overlay } = state;
  if (table === null || overlay?.kind !== 'menu' || overlay.purpose !== 'columns' || overlay.cursor === null) {
    return state;
  }
  const chosen = layoutOf(state, table).columns;
  const columns = change(columnIds(table, chosen), overlay.cursor);
  const next = withLayout(state, table, { columns: columns && [...columns, ...unknownColumns(table, chosen)] });
  return { ...next, overlay: columnsMenu(next, table, overlay.cursor) };
}
