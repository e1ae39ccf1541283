import type { DetailSection } from '../model/subscription.ts';
import type { Json, JsonObject } from '../model/text.ts';
import { safeText } from './text.ts';

type Fields = DetailSection['fields'];

/**
 * Every field of a vendor's object under a plain label: `offerGroup.billingTermUom` → "Offer group billing term uom".
 * Objects `{name}` are shown by name; the fields in `without` (as the vendor writes them) are shown elsewhere.
 */
export function plainFields(raw: JsonObject, without: readonly string[] = []): Fields {
  return Object.entries(raw)
    .filter(([key]) => !without.includes(key))
    .flatMap(([key, value]) => fieldsOf(key, value))
    .slice(0, mostFields);
}

/** More than any object has, and more than anybody reads; the raw object has them all. */
const mostFields = 2_000;
/** Of the names of what an object is in, one behind the other. */
const longestName = 256;

function fieldsOf(name: string, value: Json): Fields {
  if (value === null || typeof value !== 'object') return [{ label: safeText(labelOf(name)), value: shown(value) }];
  if (isList(value)) {
    if (value.length === 0) return [{ label: safeText(labelOf(name)), value: null }];
    return value.flatMap((item, index) => fieldsOf(value.length === 1 ? name : `${name} ${index + 1}`, item));
  }
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === 'name') return fieldsOf(name, value.name ?? null);
  return Object.entries(value).flatMap(([key, item]) => fieldsOf(`${name} ${key}`.slice(0, longestName), item));
}

/** A list, for the type checker: a readonly one is not told apart by `Array.isArray`. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function shown(value: string | number | boolean | null) {
  if (value === null || value === '') return null;
  if (typeof value === 'boolean') return safeText(value ? 'yes' : 'no');
  return safeText(String(value));
}

/** `customTermEndDate` → "Custom term end date". */
function labelOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .trim()
    .split(/\s+/)
    .map((word) => (/^[A-Z][a-z]/.test(word) ? word.toLowerCase() : word))
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
