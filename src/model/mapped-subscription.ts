import { beginOf } from './date-text.ts';
import { allFields, fieldsAs } from './field-names.ts';
import type { Subscription } from './subscription.ts';

type Nullable = {
  [Property in keyof Subscription]: null extends Subscription[Property] ? Property : never;
}[keyof Subscription];

/** A vendor's mapping result: fields that it has no data for are omitted, and null in the row. */
export type MappedSubscription = Omit<Subscription, Nullable> & Partial<Pick<Subscription, Nullable>>;

const unmapped = Object.fromEntries(
  allFields.flatMap(({ property, nullable, stored }) => (nullable && stored !== null ? [[property, null]] : [])),
) as Pick<Subscription, Nullable>;

const dates = fieldsAs('instant');

/** A date that cannot be read stands as the vendor wrote it, and is among the row's surprises. */
export function subscriptionFrom(mapped: MappedSubscription): Subscription {
  const row = { ...unmapped, ...mapped };
  const unreadable = dates.flatMap(({ property, names }) => {
    const text = row[property];
    return text === null || beginOf(text) !== null ? [] : [`The ${names.label} "${text}" cannot be read as a date.`];
  });
  return unreadable.length === 0 ? row : { ...row, surprises: [...row.surprises, ...unreadable] };
}
