import type { Json, JsonObject } from '../model/text.ts';

/** What may stand in the journal for a licence key: whether there is one. */
const marks: readonly Json[] = [null, true, false, 'set', 'none'];

/** The last wall: whatever a caller hands over under a licence key's name, the journal keeps only that there is one. */
export function withoutLicenseKeys(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, clean(name, inner)]));
}

/** The same for a value of any kind. */
export function withoutLicenseKey(value: Json): Json {
  return clean('', value);
}

function clean(name: string, value: Json): Json {
  if (/licen[cs]e[-_ ]?key$/i.test(name)) return marks.includes(value) ? value : 'set';
  if (Array.isArray(value)) return value.map((each: Json) => clean('', each));
  return isObject(value) ? withoutLicenseKeys(value) : value;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
