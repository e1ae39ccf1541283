import { columnFields, fieldNamed } from '../model/field-names.ts';
import type { Level } from '../model/vendor.ts';
import type { Screen } from './screen.ts';

/** Each kind of list has its own columns, sort order and saved layout. */
export type TableName = Level | 'subscriptions' | 'requests' | 'journal';

/** A column that a table can show. The name's column is always shown, and always first. */
export interface ColumnChoice {
  readonly id: string;
  readonly label: string;
  /** Shown by default, unless the breadcrumbs already say it. */
  readonly standard: boolean;
}

const shown = (id: string, label: string): ColumnChoice => ({ id, label, standard: true });
const more = (id: string, label: string): ColumnChoice => ({ id, label, standard: false });

const counts = [shown('subs', 'subscriptions'), shown('seats', 'seats'), shown('ending', 'ending soon')];
const behind = [more('connection', 'connection'), more('vendor', 'vendor'), more('read', 'last read')];

/** In default order. */
export const tableColumns: Readonly<Record<TableName, readonly ColumnChoice[]>> = {
  seller: [
    shown('connection', 'connection'),
    shown('vendor', 'vendor'),
    shown('resellers', 'resellers'),
    shown('orgs', 'organizations'),
    more('services', 'services'),
    ...counts,
    shown('read', 'last read'),
  ],
  reseller: [shown('orgs', 'organizations'), more('services', 'services'), ...counts, ...behind],
  organization: [shown('services', 'services'), ...counts, ...behind],
  service: [...counts, ...behind],
  subscriptions: columnFields
    .filter(({ id }) => id !== 'name')
    .map(({ id, names, column }) => ({ id, label: names.label, standard: column.standard })),
  requests: [
    shown('state', 'state'),
    shown('org', 'organization'),
    shown('seats', 'seats'),
    shown('time', 'time'),
    shown('look', 'next check'),
    shown('vendor', 'the vendor’s state'),
    more('ref', 'reference'),
  ],
  journal: [shown('state', 'state'), shown('when', 'when'), shown('ref', 'reference'), shown('by', 'by whom')],
};

/** The table of a screen, or null if it has none. */
export function tableOf(screen: Screen): TableName | null {
  switch (screen.kind) {
    case 'level':
      return screen.level;
    case 'subscriptions':
    case 'requests':
    case 'journal':
      return screen.kind;
    default:
      return null;
  }
}

/** The column of a name that a person or another version wrote; null if there is none. */
function columnNamed(table: TableName, name: string): ColumnChoice | null {
  const id = table === 'subscriptions' ? fieldNamed(name)?.id : name;
  return tableColumns[table].find((column) => column.id === id) ?? null;
}

/** The columns to show: the chosen ones in their order, or the default ones. Unknown names are dropped. */
export function columnIds(table: TableName, chosen: readonly string[] | null): readonly string[] {
  if (chosen === null) return tableColumns[table].filter((column) => column.standard).map((column) => column.id);
  return [...new Set(chosen.flatMap((name) => columnNamed(table, name)?.id ?? []))];
}

/** Chosen names without a column. */
export function unknownColumns(table: TableName, chosen: readonly string[] | null): readonly string[] {
  return (chosen ?? []).filter((name) => columnNamed(table, name) === null);
}
