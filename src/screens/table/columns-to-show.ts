import { columnIds, type TableName } from '../../state/tables.ts';
import type { Column } from './columns.ts';

/**
 * The columns of a table in order. With chosen columns, the last one is dropped first when the terminal narrows, since
 * the order is their priority.
 */
export function columnsToShow<Row>(
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
