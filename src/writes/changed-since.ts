import { exactWords } from '../model/date-words.ts';
import { allFields, type Field, type FieldId } from '../model/field-names.ts';
import type { Subscription } from '../model/subscription.ts';

type Facts = Readonly<Record<string, string | number | null>>;

/** Fields that show more than their table cell, or something else. */
const said: Readonly<Partial<Record<FieldId, (row: Subscription) => Facts>>> = {
  status: ({ status, vendorStatus }) => ({ status: vendorStatus ?? status }),
  // An implied seller has the user's own title of the connection.
  seller: ({ seller, connection }) => namedFacts('seller', seller?.id === connection ? null : seller),
  reseller: ({ reseller }) => namedFacts('reseller', reseller),
  org: ({ organization }) => namedFacts('organization', organization),
  product: ({ product }) => namedFacts('product', product),
  renewal: ({ renewal }) => ({
    renewal: renewal?.mode ?? null,
    'seats at renewal': renewal?.quantity ?? null,
    'product at renewal': renewal?.productId ?? null,
    'plan at renewal': renewal?.plan ?? null,
  }),
  price: ({ prices }) =>
    Object.fromEntries(
      prices.map(({ kind, amount, currency }) => [
        prices.length < 2 ? 'price' : `${kind} price`,
        `${amount} ${currency ?? ''}`.trim(),
      ]),
    ),
};

const compared = allFields.filter(({ use }) => use.includes('plan'));

/**
 * The differences between the row on screen and the current row: "price 40.00 → 42.00". Empty: none that matter. A
 * field missing in a plan of an earlier version is ignored.
 */
export function changedSince(seen: Subscription, fresh: Subscription): readonly string[] {
  return compared
    .filter(({ property }) => Object.hasOwn(seen, property))
    .flatMap((field) => {
      const [old, current] = [factsOf(field, seen), factsOf(field, fresh)];
      const labels = new Set([...Object.keys(old), ...Object.keys(current)]);
      return [...labels].flatMap((label) => {
        const [from, to] = [old[label] ?? null, current[label] ?? null];
        return from === to ? [] : [`${label} ${changeText(field, from, to)}`];
      });
    });
}

/** Dates as people read them, unless that leaves nothing of the difference. */
function changeText({ value }: Field, from: Facts[string] = null, to: Facts[string] = null): string {
  const written = [from, to].map((each) => String(each ?? '–'));
  const read = value.kind === 'date' ? written.map(exactWords) : written;
  return (read[0] === read[1] ? written : read).join(' → ');
}

function factsOf({ id, names, value }: Field, row: Subscription): Facts {
  return said[id]?.(row) ?? { [names.label]: value.cell(row) };
}

function namedFacts(label: string, named: Subscription['seller']): Facts {
  return { [label]: named?.name ?? null, [`${label} id`]: named?.id ?? null };
}
