import * as v from 'valibot';
import { Digits } from './digits.ts';
import { smallKeys } from './wire-row.ts';

/**
 * The id of what a call made, out of its answer: bare, under the first of `fields` that is there, or either of them in an object
 * around it. Null where the answer names none.
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

/** A number, or a text that is one or a GUID: any other text alone may be a word like "OK". */
function bareId(value: unknown): string | null {
  const isId = typeof value === 'string' || typeof value === 'number' || value instanceof Digits;
  return isId && /^(?:[1-9]\d*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(String(value))
    ? String(value)
    : null;
}
