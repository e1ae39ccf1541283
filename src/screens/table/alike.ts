import type { ConsoleState } from '../../state/console-state.ts';
import type { LevelScreen, SubscriptionsScreen } from '../../state/screen.ts';
import { clipMiddle } from '../text/fit.ts';
import type { Column } from './columns.ts';

/**
 * Whether a list must show the connection of each row: connections share an account, or rows of two connections look
 * the same. Below the top level all rows are of the connection in the breadcrumbs.
 */
export function needsConnection(screen: LevelScreen | SubscriptionsScreen, state: ConsoleState): boolean {
  if (screen.kind === 'subscriptions' && screen.frame !== null) return true;
  if (screen.trail.length > 0) return false;
  const accounts = state.connections.map(({ account }) => account);
  if (new Set(accounts).size < accounts.length) return true;
  return screen.kind === 'level'
    ? readAlike(screen.list.rows, ({ name }) => name, connectionOf)
    : readAlike(screen.list.rows, ({ name, organization }) => `${name}\n${organization?.name ?? ''}`, connectionOf);
}

const connectionOf = ({ connection }: { readonly connection: string }) => connection;

/** Whether two rows that differ in `apart` show the same text. */
export function readAlike<Row>(rows: readonly Row[], text: (row: Row) => string, apart: (row: Row) => string): boolean {
  const first = new Map<string, string>();
  return rows.some((row) => {
    const said = text(row);
    const known = first.get(said) ?? apart(row);
    first.set(said, known);
    return known !== apart(row);
  });
}

/**
 * The columns including one that tells rows apart, whatever the width and the user's choice; it follows the name if it
 * was not chosen. If it is too narrow, both its ends are shown.
 */
export function withColumn<Row>(columns: readonly Column<Row>[], wanted: Column<Row>): readonly Column<Row>[] {
  const short = (row: Row, width: number) => clipMiddle(wanted.value(row), width);
  const column: Column<Row> = { ...wanted, rank: 0, good: wanted.good ?? wanted.max ?? wanted.min, short };
  const isThere = columns.some(({ id }) => id === column.id);
  if (isThere) return columns.map((each) => (each.id === column.id ? column : each));
  return [...columns.slice(0, 1), column, ...columns.slice(1)];
}
