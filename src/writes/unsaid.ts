import type { PlanReading, Unsaid } from '../api/contract.ts';
import type { RememberedName } from '../model/remembered-name.ts';
import type { Named, Subscription } from '../model/subscription.ts';

/** The row, with fields that the vendor left out taken from the known row, if both are of the same company. */
export function withUnsaid(fresh: Subscription, known: Subscription | null, unsaid: readonly Unsaid[]): Subscription {
  if (known === null) return fresh;
  const kept = unsaid.filter(({ field }) => field === 'services' || isSame(fresh[field], known[field]));
  return { ...fresh, ...Object.fromEntries(kept.map(({ field }) => [field, known[field]])) };
}

/** The cached names of companies and product that the vendor left out. */
export function rememberedNames(
  { subscription, unsaid }: PlanReading,
  known: Subscription | null,
): readonly RememberedName[] {
  return unsaid.flatMap(({ field, calledBy }): readonly RememberedName[] => {
    if (known === null || calledBy === 'title' || field === 'services') return [];
    const named = known[field];
    if (named === null || !isSame(subscription[field], named)) return [];
    return [{ what: field, id: named.id, name: named.name, readAt: known.readAt }];
  });
}

function isSame(fresh: Named | null, known: Named | null): boolean {
  return fresh === null || fresh.id === known?.id;
}
