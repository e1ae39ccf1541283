import type { FieldId } from './field-names.ts';
import type { Filter } from './filter.ts';

/**
 * The fields of the sort order and of comparisons in the filter, whose columns are shown: `cancel<9d` needs the deadline,
 * `status:a|b` the status. A filter for one value needs none: every row shows the same. The name always is.
 */
export function askedFields(sort: readonly { readonly field: FieldId }[], filter: Filter): readonly FieldId[] {
  const compared = filter.flatMap((term): readonly FieldId[] => {
    if (term.kind === 'any') return term.of.flatMap((part) => ('field' in part ? [part.field] : [])).slice(0, 1);
    return term.kind === 'date' || term.kind === 'number' ? [term.field] : [];
  });
  return [...new Set([...sort.map(({ field }) => field), ...compared])].filter((id) => id !== 'name');
}
