import * as v from 'valibot';
import type { SafeText } from '../model/text.ts';
import { Digits, plainDecimal } from './digits.ts';
import { safeText } from './text.ts';

/**
 * Building blocks of the vendors' schemas: liberal in what they accept, exact in what they return. Each returns null
 * for null and absent.
 */

/** A check instead of a union: failed attempts of a union are expensive. */
const textLike = v.custom<string | number | Digits>(
  (value) => typeof value === 'string' || typeof value === 'number' || value instanceof Digits,
);

/** An id: a string, or a number with all its digits. Empty is no id. */
export const idValue = v.pipe(
  textLike,
  v.transform((id) => String(id)),
  v.check((id) => id !== '', 'empty id'),
);
export const idField = orNull(
  v.pipe(
    textLike,
    v.transform((id): string | null => (id === '' ? null : String(id))),
  ),
);

/** Words for people, sanitised. */
export const textField = orNull(
  v.pipe(
    textLike,
    v.transform((text): SafeText | null => (text === '' ? null : safeText(String(text)))),
  ),
);

/** A date or instant exactly as the vendor wrote it, checked only for being harmless: what is none is said where it is shown. */
export const dateField = orNull(
  v.pipe(
    textLike,
    v.transform((date): string | null => (date === '' ? null : safeText(String(date), 64))),
  ),
);

/** A whole count, also as a string. */
export const countField = orNull(
  v.pipe(
    textLike,
    v.transform((count) => (typeof count === 'string' && count.trim() === '' ? Number.NaN : Number(String(count)))),
    v.number(),
    v.safeInteger(),
  ),
);

/** Any finite number, if digits do not matter: seconds, page numbers. */
export const numberField = orNull(
  v.pipe(
    textLike,
    v.transform((number) => Number(String(number))),
    v.number(),
    v.finite(),
  ),
);

/**
 * Money as a decimal string with the vendor's own digits. Hundreds of digits are rejected, since sums would take too
 * long.
 */
export const amountField = orNull(
  v.pipe(
    textLike,
    v.transform((amount) => plainDecimal(String(amount).trim())),
    v.regex(/^-?\d{1,60}(?:\.\d{1,60})?$/),
  ),
);

export const flagField = orNull(
  v.union([
    v.boolean(),
    v.pipe(
      v.picklist(['true', 'false', 'True', 'False']),
      v.transform((word) => word.toLowerCase() === 'true'),
    ),
  ]),
);

/** `{id, name}` in either part, a bare name, or nothing. */
export const namedField = orNull(
  v.union([
    v.object({ id: idField, name: textField }),
    v.pipe(
      textLike,
      v.transform((name) => ({ id: null, name: safeText(String(name)) })),
    ),
  ]),
);

/** A list whose items are checked one by one later, so that one bad item does not invalidate it. */
export const listField = v.optional(v.nullable(v.array(v.unknown()), []), []);

function orNull<Schema extends v.GenericSchema>(schema: Schema) {
  return v.optional(v.nullable(schema, null), null);
}
