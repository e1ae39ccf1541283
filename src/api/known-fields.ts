import type { Subscription } from '../model/subscription.ts';

/**
 * A vendor's detail that leaves out what its list says: the named fields are taken from the row that is known wherever the
 * fresh one has nothing there. Other ids are joined, the fresh ones first.
 */
export function withKnown(
  fresh: Subscription,
  known: Subscription | null,
  fields: readonly (keyof Subscription)[],
): Subscription {
  if (known === null) return fresh;
  const kept = fields.filter((field) => isNothing(fresh[field])).map((field) => [field, known[field]]);
  return {
    ...fresh,
    ...Object.fromEntries(kept),
    externalIds: { ...known.externalIds, ...fresh.externalIds },
  };
}

function isNothing(value: unknown): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}
