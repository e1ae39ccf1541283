import type { ConsoleState } from '../../state/console-state.ts';
import { topScreen } from '../../state/console-state.ts';
import { workColumns } from '../../state/layout.ts';
import type { Menu } from '../../state/overlay.ts';
import { chosenColumns } from '../../state/table-layout.ts';
import type { Theme } from '../parts/theme.ts';
import { needsConnection } from './alike.ts';
import type { Column } from './columns.ts';
import { journalColumns } from './journal-columns.ts';
import { levelColumns } from './level-columns.ts';
import { requestColumns, requestsReadAlike } from './request-columns.ts';
import { subscriptionColumns, workIn } from './subscription-columns.ts';
import { columnsIn } from './table.tsx';

/** The column chooser; a chosen column that is not on screen is marked. */
export function withScopeColumns(menu: Menu, state: ConsoleState, theme: Theme): Menu {
  const placed = menu.purpose === 'columns' ? placedIds(state, theme) : null;
  if (placed === null) return menu;
  const entries = menu.entries.map((entry) => {
    const isMissing = entry.checked === true && !placed.includes(entry.id);
    return isMissing ? { ...entry, note: 'does not fit, or is already in the breadcrumbs' } : entry;
  });
  return { ...menu, entries };
}

function placedIds(state: ConsoleState, { marks }: Theme): readonly string[] | null {
  const screen = topScreen(state);
  const chosen = chosenColumns(state, screen);
  switch (screen.kind) {
    case 'level':
      return idsOf(levelColumns(screen.level, state.now, chosen, needsConnection(screen, state)), state);
    case 'subscriptions':
      return idsOf(
        subscriptionColumns(screen, workIn(state), state.now, marks, chosen, needsConnection(screen, state)),
        state,
      );
    case 'requests':
      return idsOf(requestColumns(state.now, marks, chosen, requestsReadAlike(screen.list.rows)), state);
    case 'journal':
      return idsOf(journalColumns(state.now, marks, chosen, screen.list.rows), state);
    default:
      return null;
  }
}

function idsOf<Row>(columns: readonly Column<Row>[], state: ConsoleState): readonly string[] {
  return columnsIn(columns, workColumns(state)).map(({ column }) => column.id);
}
