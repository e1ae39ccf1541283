import type { FieldId } from '../../model/field-names.ts';
import type { Filter } from '../../model/filter.ts';
import type { SubscriptionsScreen } from '../../state/screen.ts';
import { columnIds, type TableName } from '../../state/tables.ts';
import type { Column } from './columns.ts';

/**
 * The columns of a table in the order to show. Where somebody chose them, the last one leaves first when the terminal
 * narrows, since the order says what matters.
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

/**
 * The columns that a list's order and its comparisons are about: `cancel<9d` is about the deadline. A filter for one value
 * is not: every row then shows the same.
 */
export function filteredColumns(sort: SubscriptionsScreen['sort'], filter: Filter): readonly string[] {
  const compared = filter.flatMap((term) => (term.kind === 'date' || term.kind === 'number' ? [term.field] : []));
  const fields: readonly FieldId[] = [...sort.map(({ field }) => field), ...compared];
  return [...new Set(fields)].filter((id) => id !== 'name');
}
