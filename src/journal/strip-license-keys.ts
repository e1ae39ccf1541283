import type { Json, JsonObject } from '../model/text.ts';

/** The journal's form of a licence key: whether there is one. */
const marks: readonly Json[] = [null, true, false, 'set', 'none'];

/** The last safeguard: of any value named as a licence key, the journal stores only that there is one. */
export function stripLicenseKeys(value: JsonObject): JsonObject;
export function stripLicenseKeys(value: Json): Json;
export function stripLicenseKeys(value: Json): Json {
  return clean('', value);
}

function clean(name: string, value: Json): Json {
  if (/licen[cs]e[-_ ]?key$/i.test(name)) return marks.includes(value) ? value : 'set';
  if (Array.isArray(value)) return value.map((each: Json) => clean('', each));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, clean(inner, each)]));
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
