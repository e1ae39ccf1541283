import { parseFilter } from '../model/filter-parse.ts';
import { printable } from '../model/printable.ts';
import type { Remembered, SavedView, SortKey } from './table-layout.ts';
import { unknownSorts } from './table-layout.ts';
import { type TableName, unknownColumns } from './tables.ts';

const namedAtMost = 3;
const longestName = 40;

/** One sentence on what is saved and cannot be shown, such as what a later Subdeck wrote; null: nothing. It stays in the file. */
export function notShownOfSaved(remembered: Remembered, unread: readonly string[]): string | null {
  const sentences = [unreadSentence(unread), unknownInSaved(remembered)].filter((part) => part !== null);
  return sentences.length === 0 ? null : sentences.join(' ');
}

function unreadSentence(unread: readonly string[]): string | null {
  if (unread.length === 0) return null;
  return `This version of Subdeck cannot read some saved tables and views: ${listed(unread.map(quoted))}. They are kept but not shown.`;
}

/** One sentence on the columns and orders that saved tables and views name and no table has; null where there are none. */
export function unknownInSaved({ looks, views }: Pick<Remembered, 'looks' | 'views'>): string | null {
  const tables = Object.entries(looks).flatMap(([table, look]) =>
    unknownIn(table as TableName, look).map((name) => `${quoted(name)} (${table})`),
  );
  const inViews = views.flatMap((view) =>
    unknownIn('subscriptions', view).map((name) => `${quoted(name)} (view ${quoted(view.name)})`),
  );
  return sentenceOf([...tables, ...inViews]);
}

/** The same for one view, with the error in its filter. */
export function unknownInView(view: SavedView): string | null {
  const filter = parseFilter(view.filter);
  if (!filter.ok) return `The filter of this view is not applied: ${printable(filter.message)}`;
  return sentenceOf(unknownIn('subscriptions', view).map(quoted));
}

function unknownIn(
  table: TableName,
  { columns, sort }: { readonly columns: readonly string[] | null; readonly sort: readonly SortKey[] },
): readonly string[] {
  const orders = unknownSorts(table, sort).map(({ field }) => field);
  return [...new Set([...unknownColumns(table, columns), ...orders])];
}

function sentenceOf(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const [what, they] = names.length === 1 ? ['an unknown column', 'It is'] : ['unknown columns', 'They are'];
  return `Saved tables and views name ${what}: ${listed(names)}. ${they} kept but not shown.`;
}

function listed(names: readonly string[]): string {
  const more = names.length - namedAtMost;
  return [...names.slice(0, namedAtMost), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

function quoted(name: string): string {
  const shown = printable(name);
  return `“${shown.length > longestName ? `${shown.slice(0, longestName)}…` : shown}”`;
}
