import type { FieldId } from '../../model/field-names.ts';
import type { Filter } from '../../model/filter.ts';
import type { SubscriptionsScreen } from '../../state/screen.ts';
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

/**
 * The columns of the sort order and of comparisons in the filter: `cancel<9d` needs the deadline, `status:a|b` the
 * status. A filter for one value needs none: every row shows the same.
 */
export function filteredColumns(sort: SubscriptionsScreen['sort'], filter: Filter): readonly string[] {
  const compared = filter.flatMap((term): readonly FieldId[] => {
    if (term.kind === 'any') return term.of.flatMap((part) => ('field' in part ? [part.field] : [])).slice(0, 1);
    return term.kind === 'date' || term.kind === 'number' ? [term.field] : [];
  });
  const fields: readonly FieldId[] = [...sort.map(({ field }) => field), ...compared];
  return [...new Set(fields)].filter((id) => id !== 'name');
}
