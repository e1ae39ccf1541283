import { allFields } from './field-names.ts';
import type { Subscription } from './subscription.ts';

type Nullable = {
  [Property in keyof Subscription]: null extends Subscription[Property] ? Property : never;
}[keyof Subscription];

/** What a vendor's map gives: what it has no place for is left out, and null in the row. */
export type MappedSubscription = Omit<Subscription, Nullable> & Partial<Pick<Subscription, Nullable>>;

const unmapped = Object.fromEntries(
  allFields.flatMap(({ property, nullable }) => (nullable ? [[property, null]] : [])),
) as Pick<Subscription, Nullable>;

export function subscriptionFrom(mapped: MappedSubscription): Subscription {
  return { ...unmapped, ...mapped };
}
