import type { Filter, FilterField } from '../../model/filter.ts';
import type { SubscriptionsScreen } from '../../state/screen.ts';

const columnOf: Readonly<Partial<Record<FilterField, string>>> = { qty: 'seats', cancel: 'deadline' };

/**
 * The columns that a list's order and its comparisons are about: `cancel<9d` is about the deadline. A filter for one value
 * is not: every row then shows the same.
 */
export function askedColumns(sort: SubscriptionsScreen['sort'], filter: Filter): readonly string[] {
  const compared = filter.flatMap((term) => (term.kind === 'date' || term.kind === 'number' ? [term.field] : []));
  const fields: readonly FilterField[] = [...sort.map(({ field }) => field), ...compared];
  return [...new Set(fields.map((field) => columnOf[field] ?? field))].filter((id) => id !== 'name');
}
