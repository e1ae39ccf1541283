import type { Subscription } from '../model/subscription.ts';

type Facts = Readonly<Record<string, string | number | null>>;

/** What differs between the row a person saw and the row as it is: "price 40.00 → 42.00". Empty: nothing that matters. */
export function changedSince(seen: Subscription, fresh: Subscription): readonly string[] {
  const [old, young] = [factsOf(seen), factsOf(fresh)];
  const labels = new Set([...Object.keys(old), ...Object.keys(young)]);
  return [...labels].flatMap((label) => {
    const [from, to] = [old[label] ?? null, young[label] ?? null];
    return from === to ? [] : [`${label} ${from ?? '–'} → ${to ?? '–'}`];
  });
}

function factsOf(row: Subscription): Facts {
  const onePrice = row.prices.length < 2;
  return {
    name: row.name,
    status: row.vendorStatus ?? row.status,
    seats: row.quantity,
    organization: row.organization?.name ?? null,
    reseller: row.reseller?.name ?? null,
    product: row.product?.name ?? null,
    billing: row.billing,
    term: row.term,
    start: row.startsAt,
    end: row.endsAt,
    'free cancellation until': row.cancellableUntil,
    renewal: row.renewal?.mode ?? null,
    'seats at renewal': row.renewal?.quantity ?? null,
    'product at renewal': row.renewal?.productId ?? null,
    'plan at renewal': row.renewal?.plan ?? null,
    ...Object.fromEntries(
      row.prices.map(({ kind, amount, currency }) => [
        onePrice ? 'price' : `${kind} price`,
        `${amount} ${currency ?? ''}`.trim(),
      ]),
    ),
  };
}
