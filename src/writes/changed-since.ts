import type { Named, Subscription } from '../model/subscription.ts';

type Facts = Readonly<Record<string, string | number | null>>;

/** What differs between the row a person saw and the row as it is: "price 40.00 → 42.00". Empty: nothing that matters. */
export function changedSince(seen: Subscription, fresh: Subscription): readonly string[] {
  const [old, current] = [factsOf(seen), factsOf(fresh)];
  const labels = new Set([...Object.keys(old), ...Object.keys(current)]);
  return [...labels].flatMap((label) => {
    const [from, to] = [old[label] ?? null, current[label] ?? null];
    return from === to ? [] : [`${label} ${from ?? '–'} → ${to ?? '–'}`];
  });
}

function factsOf(row: Subscription): Facts {
  const onePrice = row.prices.length < 2;
  return {
    name: row.name,
    status: row.vendorStatus ?? row.status,
    seats: row.quantity,
    ...namedFacts('organization', row.organization),
    ...namedFacts('reseller', row.reseller),
    // A seller that stands for the connection is called by the person's own title of it.
    ...namedFacts('seller', row.seller?.id === row.connection ? null : row.seller),
    ...namedFacts('product', row.product),
    service: row.services.map(({ name }) => name).join(', ') || null,
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

function namedFacts(label: string, named: Named | null): Facts {
  return { [label]: named?.name ?? null, [`${label} id`]: named?.id ?? null };
}
