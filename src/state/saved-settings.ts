import { fieldNamed, isSortField } from '../model/field-names.ts';
import { parseFilter } from '../model/filter-parse.ts';
import { printable } from '../model/printable.ts';
import type { Remembered, SavedView, SortKey } from './table-layout.ts';
import { levelSortFields } from './table-layout.ts';
import { type TableName, unknownColumns } from './tables.ts';

const namedAtMost = 3;
const longestName = 40;

/**
 * One sentence on the columns that saved tables and views name and no table has, such as those of a later Subdeck; null where
 * there are none. They stay in the file.
 */
export function unknownInSaved({ looks, views }: Pick<Remembered, 'looks' | 'views'>): string | null {
  const tables = Object.entries(looks).flatMap(([table, look]) =>
    unknownIn(table as TableName, look).map((name) => `${quoted(name)} (${table})`),
  );
  const inViews = views.flatMap((view) =>
    unknownIn('subscriptions', view).map((name) => `${quoted(name)} (view ${quoted(view.name)})`),
  );
  return sentenceOf([...tables, ...inViews]);
}

/** The same of one view, with what is wrong with its filter. */
export function unknownInView(view: SavedView): string | null {
  const filter = parseFilter(view.filter);
  if (!filter.ok) return `The filter of this view is left out: ${printable(filter.message)}`;
  return sentenceOf(unknownIn('subscriptions', view).map(quoted));
}

function unknownIn(
  table: TableName,
  { columns, sort }: { readonly columns: readonly string[] | null; readonly sort: readonly SortKey[] },
): readonly string[] {
  const orders = sort.map(({ field }) => field).filter((name) => !isSorted(table, name));
  return [...new Set([...unknownColumns(table, columns), ...orders])];
}

function isSorted(table: TableName, name: string): boolean {
  if (table !== 'subscriptions') return levelSortFields.some((field) => field === name);
  const field = fieldNamed(name);
  return field !== null && isSortField(field);
}

function sentenceOf(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const more = names.length - namedAtMost;
  const said = [...names.slice(0, namedAtMost), ...(more > 0 ? [`${more} more`] : [])].join(', ');
  const [what, they] = names.length === 1 ? ['an unknown column', 'It is'] : ['unknown columns', 'They are'];
  return `Saved tables and views name ${what}: ${said}. ${they} kept, and not shown.`;
}

function quoted(name: string): string {
  const shown = printable(name);
  return `“${shown.length > longestName ? `${shown.slice(0, longestName)}…` : shown}”`;
}
