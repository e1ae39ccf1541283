import type { Column } from './reply.ts';

/** Columns that are called what they are in JSON, at the left. `dates`: those whose cells are dates. */
export function plainColumns<Id extends string>(ids: readonly Id[], dates: readonly Id[] = []): readonly Column[] {
  return ids.map((id) => ({ id, title: id, align: 'left', isDate: dates.includes(id) }));
}
