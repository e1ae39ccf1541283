import type { ConsoleState } from '../../state/console-state.ts';
import type { LevelScreen, SubscriptionsScreen } from '../../state/screen.ts';
import type { Column } from '../parts/columns.ts';
import { clipMiddle } from '../text/fit.ts';

/**
 * Whether a list must name the connection of each row: connections share an account, or rows of two connections read alike.
 * Below the top everything is of one connection, which the place names.
 */
export function needsConnection(screen: LevelScreen | SubscriptionsScreen, state: ConsoleState): boolean {
  if (screen.trail.length > 0) return false;
  const accounts = state.connections.map(({ account }) => account);
  if (new Set(accounts).size < accounts.length) return true;
  return screen.kind === 'level'
    ? readAlike(screen.list.rows, ({ name }) => name)
    : readAlike(screen.list.rows, ({ name, organization }) => `${name}\n${organization?.name ?? ''}`);
}

export function readAlike<Row extends { readonly connection: string }>(
  rows: readonly Row[],
  text: (row: Row) => string,
): boolean {
  const first = new Map<string, string>();
  return rows.some((row) => {
    const said = text(row);
    const connection = first.get(said) ?? row.connection;
    first.set(said, connection);
    return connection !== row.connection;
  });
}

/** The columns with that of the connection among them, whatever room there is and whoever chose; behind the name where it was not. */
export function withConnection<Row extends { readonly connection: string }>(
  columns: readonly Column<Row>[],
  usual: Column<Row>,
): readonly Column<Row>[] {
  const column: Column<Row> = { ...usual, rank: 0, short: ({ connection }, width) => clipMiddle(connection, width) };
  const isThere = columns.some(({ id }) => id === column.id);
  if (isThere) return columns.map((each) => (each.id === column.id ? column : each));
  return [...columns.slice(0, 1), column, ...columns.slice(1)];
}
