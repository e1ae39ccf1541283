import type { TableName } from '../../state/tables.ts';
import { columnIds } from '../../state/tables.ts';
import type { Column } from './columns.ts';

/**
 * The columns of a table in the order to show. Where somebody chose them, the last one leaves first when the terminal
 * narrows, since the order says what matters.
 */
export function chosenColumns<Row>(
  table: TableName,
  chosen: readonly string[] | null,
  columns: readonly Column<Row>[],
): readonly Column<Row>[] {
  return columnIds(table, chosen).flatMap((id, index) => {
    const column = columns.find((each) => each.id === id);
    if (column === undefined) return [];
    return [chosen === null ? column : { ...column, rank: index + 1 }];
  });
}
