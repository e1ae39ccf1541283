import { ExactValues, exactText } from '../exact-values.ts';
import { smallKeys } from '../wire-row.ts';
import { nameFields } from './wire.ts';

/**
 * The original texts of a list item or a detail, under the names of a plan: the vendor's own, and those that an update
 * sets.
 */
export function exactOf(object: unknown): ExactValues {
  return new ExactValues(() => {
    const billing = nextBilling(object);
    return {
      ...textsOf(object),
      name: exactText(object, nameFields),
      nextBillingFrequency: billing === undefined ? undefined : { billingFrequency: { name: billing } },
    };
  });
}

function textsOf(object: unknown): Readonly<Record<string, string>> {
  const fields = typeof object === 'object' && object !== null ? Object.entries(smallKeys(object)) : [];
  return Object.fromEntries(fields.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}

/** The billing frequency from the next period on; by default the present one. */
export function nextBilling(object: unknown): string | undefined {
  const next = fieldOf(object, 'nextBillingFrequency');
  return word(fieldOf(next, 'billingFrequency')) ?? word(next) ?? word(fieldOf(object, 'billingFrequency'));
}

/** `{name}`, or the bare word. */
function word(value: unknown): string | undefined {
  return exactText(value, ['name']) ?? exactText({ value }, ['value']);
}

function fieldOf(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null ? smallKeys(object)[name] : undefined;
}
