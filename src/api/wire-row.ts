import * as v from 'valibot';

/** A checked list object: the schema's output, and a sentence for every unexpected field. */
export interface WireRow<Row> {
  readonly row: Row;
  readonly surprises: readonly string[];
}

/**
 * Checks one object of a vendor's reply, so that a bad field loses only that field: a field that fails the schema is
 * read as absent and named in `surprises`. Capitalized keys (`Id`, `Name`) are accepted. Null if it is not an object,
 * or invalid even then (a required id is missing).
 */
export function readRow<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): WireRow<v.InferOutput<Schema>> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const small = hasCapitals(value) ? smallKeys(value) : value;
  const first = v.safeParse(schema, small);
  if (first.success) return { row: first.output, surprises: [] };
  const bad = new Set(first.issues.map((issue) => String(issue.path?.[0]?.key ?? '')));
  const rest = Object.fromEntries(Object.entries(small).filter(([key]) => !bad.has(key)));
  const second = v.safeParse(schema, rest);
  if (!second.success) return null;
  return {
    row: second.output,
    surprises: [...bad].map((key) => `The field ${key} has an unexpected form and is not shown.`),
  };
}

/** The first of some fields that is there. */
export function firstOf<Row extends Readonly<Record<string, unknown>>, Field extends keyof Row>(
  row: Row,
  fields: readonly Field[],
): Row[Field] | null {
  return fields.map((field) => row[field]).find((value) => value !== null) ?? null;
}

function hasCapitals(value: object): boolean {
  return Object.keys(value).some((key) => {
    const first = key.charCodeAt(0);
    return first >= 0x41 && first <= 0x5a;
  });
}

/** Keys in capitals read like the small ones, where both are not there. */
export function smallKeys(value: object): Record<string, unknown> {
  const entries = Object.entries(value);
  if (!hasCapitals(value)) return Object.fromEntries(entries);
  const present = new Set(entries.map(([key]) => key));
  return Object.fromEntries(
    entries.map(([key, item]) => {
      const small = key.charAt(0).toLowerCase() + key.slice(1);
      return [present.has(small) ? key : small, item];
    }),
  );
}
