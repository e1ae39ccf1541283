import * as v from 'valibot';
import { Digits } from './digits.ts';
import { smallKeys } from './wire-row.ts';

/**
 * The new id in the answer of a create: bare, in the first of `fields` that exists, or either of them inside an object.
 * Null if there is none.
 */
export function madeId(...fields: readonly [string, ...string[]]) {
  return v.pipe(
    v.unknown(),
    v.transform((answer) => bareId(answer) ?? idUnder(answer, fields)),
  );
}

const wrappers = ['data', 'result', 'value', 'item', 'order', 'subscription', 'request'];

function idUnder(answer: unknown, fields: readonly string[], isWrapped = false): string | null {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return null;
  const small = smallKeys(answer);
  for (const field of fields) {
    const value = small[field];
    if (typeof value === 'string' && value.trim() !== '') return value;
    const id = bareId(value);
    if (id !== null) return id;
  }
  if (isWrapped) return null;
  const inner = wrappers.map((name) => small[name]).find((value) => value !== null && value !== undefined);
  return bareId(inner) ?? idUnder(inner, fields, true);
}

/** A number, a numeric text or a GUID: any other bare text may be a word like "OK". */
function bareId(value: unknown): string | null {
  const isId = typeof value === 'string' || typeof value === 'number' || value instanceof Digits;
  return isId && /^(?:[1-9]\d*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(String(value))
    ? String(value)
    : null;
}
