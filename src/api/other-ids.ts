import { Digits } from './digits.ts';

/**
 * Every other id in a vendor's object, by the vendor's own field name: top-level fields ending in `Id` that the schema does
 * not read. Nothing else, so that no text of the vendor's passes as an id.
 */
export function otherIds(
  object: unknown,
  schema: { readonly entries: Readonly<Record<string, unknown>> },
): Readonly<Record<string, string>> {
  if (typeof object !== 'object' || object === null) return {};
  return Object.fromEntries(
    Object.entries(object).flatMap(([field, value]) => {
      if (!/^[A-Za-z][A-Za-z0-9]{0,62}Ids?$/.test(field) || field in schema.entries) return [];
      const isId = typeof value === 'number' || (typeof value === 'string' && value !== '') || value instanceof Digits;
      return isId ? [[field, String(value)]] : [];
    }),
  );
}
