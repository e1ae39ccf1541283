import { allFields, type Field, type FieldId, fieldOf, headerOf, listedFields } from '../model/field-names.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import type { Column, Row } from './reply.ts';

const inJson = allFields
  .filter(({ use }) => use.includes('json'))
  .map(({ property }) => property as keyof CachedSubscription);

/** A subscription in JSON, key by key. */
export function subscriptionJson(subscription: CachedSubscription): object {
  return Object.fromEntries(inJson.map((property) => [property, subscription[property]]));
}

/** The columns of the text table, and behind them what only CSV has. */
const inCsv: readonly Field[] = [
  ...listedFields,
  ...allFields.filter(({ use, listed }) => use.includes('csv') && listed === null),
];

export interface CsvColumn {
  readonly column: Column;
  readonly cell: (subscription: CachedSubscription) => string | null;
}

/** The columns of CSV that a field has, one value each. */
export function csvColumnsOf(field: Field): readonly CsvColumn[] {
  const { csv, cell, kind } = field.value;
  if (csv !== null) return csv.flatMap((name) => csvColumnsOf(fieldOf(name)));
  const align = kind === 'number' ? 'right' : 'left';
  const isHidden = field.listed === null ? { hidden: true } : {};
  const isDate = kind === 'date';
  return [{ column: { id: field.property, title: headerOf(field), align, isDate, ...isHidden }, cell }];
}

const csvColumns = inCsv.flatMap(csvColumnsOf);

export const subscriptionColumns: readonly Column[] = csvColumns.map(({ column }) => column);

/** What was asked for is shown in text too, beside the usual columns. */
export function columnsWith(asked: readonly FieldId[]): readonly Column[] {
  return inCsv.flatMap((field) =>
    csvColumnsOf(field).map(({ column }) => (asked.includes(field.id) ? { ...column, hidden: false } : column)),
  );
}

export function subscriptionRow(subscription: CachedSubscription): Row {
  return { json: subscriptionJson(subscription), cells: csvColumns.map(({ cell }) => cell(subscription)) };
}
