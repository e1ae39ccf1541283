/**
 * Licence keys are as good as money: no list, cache, log or export holds one. A field is taken for one by its name,
 * whatever the vendor; in lists of named values (custom properties, history lines) by the name beside the value.
 */
export function isLicenseKeyName(name: string): boolean {
  return fieldName(name).isLicenseKey;
}

/** The text of a section of details if the vendor has no key. */
export const noLicenseKey = 'not set';

/** What stands in the place of a key. */
export function licenseKeyShown(value: unknown): 'set' | null {
  return value === null || value === undefined || value === '' || value === false ? null : 'set';
}

const namingFields: ReadonlySet<string> = new Set([
  'name',
  'code',
  'label',
  'property',
  'propertyname',
  'propertyid',
  'field',
  'type',
  'key',
  'title',
]);
const valueField = /^(?:old|new|default|current|previous)?_?values?(?:External)?$|^(?:from|to|before|after)$/i;
const licenseKeyName =
  /^(?:old|new|current|previous)?[\s_-]*(?:licen[cs]e|activation|product|serial)[\s_-]*keys?$|^passw(?:or)?d$/i;

interface FieldName {
  readonly isLicenseKey: boolean;
  /** Its value may say what another field of the same object is. */
  readonly isNaming: boolean;
  readonly isValue: boolean;
}

/** A vendor's objects have the same few field names a million times. */
const known = new Map<string, FieldName>();
const knownAtMost = 4096;
const longestKnown = 64;

function fieldName(name: string): FieldName {
  const found = known.get(name);
  if (found !== undefined) return found;
  const fresh = {
    isLicenseKey: licenseKeyName.test(name),
    isNaming: namingFields.has(name.toLowerCase()),
    isValue: valueField.test(name),
  };
  if (name.length <= longestKnown && known.size < knownAtMost) known.set(name, fresh);
  return fresh;
}

/** For an object such as `{name: "License key", value: "…"}`: which of its fields hold the key. */
export function hidesLicenseKey(object: Readonly<Record<string, unknown>>): (field: string) => boolean {
  for (const field of Object.keys(object)) {
    if (!fieldName(field).isNaming) continue;
    const value = object[field];
    if (typeof value === 'string' && licenseKeyName.test(value)) return (name) => fieldName(name).isValue;
  }
  return () => false;
}

/** Every licence key in a value, so that a copy of it in a note or a message can be masked too. */
export function licenseKeysIn(value: unknown): readonly string[] {
  const keys: string[] = [];
  collectKeys(value, 0, keys);
  return keys;
}

function collectKeys(value: unknown, depth: number, keys: string[]): void {
  if (typeof value !== 'object' || value === null || depth > 40) return;
  if (Array.isArray(value)) {
    for (const item of value) collectKeys(item, depth + 1, keys);
    return;
  }
  const object = value as Readonly<Record<string, unknown>>;
  const hides = hidesLicenseKey(object);
  for (const field of Object.keys(object)) {
    const item = object[field];
    if (!isLicenseKeyName(field) && !hides(field)) collectKeys(item, depth + 1, keys);
    else if (typeof item === 'string' && item.length >= 6) keys.push(item);
  }
}

/**
 * A copy of what an adapter made of an answer, with the licence keys in it masked, and those `known` from the answer itself
 * wherever a text repeats them.
 */
export function withoutLicenseKeys<Value>(value: Value, known: readonly string[] = []): Value {
  const keys = [...known, ...licenseKeysIn(value).filter((key) => key !== noLicenseKey)];
  return masked(value, keys) as Value;
}

function masked(value: unknown, keys: readonly string[]): unknown {
  if (typeof value === 'string') return keys.reduce((text, key) => text.replaceAll(key, '•••'), value);
  if (Array.isArray(value)) return value.map((item) => masked(item, keys));
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Readonly<Record<string, unknown>>;
  const hides = hidesLicenseKey(object);
  const entries = Object.entries(object).map(([name, inner]) => {
    const isKey = (isLicenseKeyName(name) || hides(name)) && inner !== noLicenseKey;
    return [name, isKey ? licenseKeyShown(inner) : masked(inner, keys)];
  });
  return Object.fromEntries(entries);
}
