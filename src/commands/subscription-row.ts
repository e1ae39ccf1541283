import { allFields, type Field, type FieldId, fieldOf, headerOf } from '../model/field-names.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import type { Column, Row } from './reply.ts';

const inJson = allFields.filter(({ use }) => use.includes('json'));

/** A subscription in JSON, key by key. */
export function subscriptionJson(subscription: CachedSubscription): object {
  return Object.fromEntries(inJson.map(({ property }) => [property, subscription[property]]));
}

/** The columns of the text table; CSV has these first. */
const shown: readonly FieldId[] = ['name', 'status', 'qty', 'org', 'service', 'ends', 'ref'];
const inCsv: readonly Field[] = [
  ...shown.map(fieldOf),
  ...allFields.filter(({ id, use }) => use.includes('csv') && !shown.includes(id)),
];

export const subscriptionColumns: readonly Column[] = inCsv.map((field) => ({
  id: field.property,
  title: headerOf(field),
  align: field.value.kind === 'number' ? 'right' : 'left',
  ...(shown.includes(field.id) ? {} : { hidden: true }),
}));

export function subscriptionRow(subscription: CachedSubscription): Row {
  return { json: subscriptionJson(subscription), cells: inCsv.map(({ value }) => value.cell(subscription)) };
}
