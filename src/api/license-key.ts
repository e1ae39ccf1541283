/**
 * Licence keys are as good as money: no list, cache, log or export holds one. A field is taken for one by its name,
 * whatever the vendor; in lists of named values (custom properties, history lines) by the name beside the value.
 */
export function isLicenseKeyName(name: string): boolean {
  return /^(?:old|new|current|previous)?[\s_-]*(?:licen[cs]e|activation|product|serial)[\s_-]*keys?$|^passw(?:or)?d$/i.test(
    name,
  );
}

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
const never = () => false;

/** For an object such as `{name: "License key", value: "…"}`: which of its fields hold the key. */
export function hidesLicenseKey(object: object): (field: string) => boolean {
  for (const [field, value] of Object.entries(object)) {
    if (typeof value !== 'string' || !namingFields.has(field.toLowerCase())) continue;
    if (isLicenseKeyName(value)) return (name) => valueField.test(name);
  }
  return never;
}

/** Every licence key in a value, so that a copy of it in a note or a message can be masked too. */
export function licenseKeysIn(value: unknown, depth = 0): readonly string[] {
  if (typeof value !== 'object' || value === null || depth > 40) return [];
  if (Array.isArray(value)) return value.flatMap((item) => licenseKeysIn(item, depth + 1));
  const hides = hidesLicenseKey(value);
  return Object.entries(value).flatMap(([field, item]) => {
    if (!isLicenseKeyName(field) && !hides(field)) return licenseKeysIn(item, depth + 1);
    return typeof item === 'string' && item.length >= 6 ? [item] : [];
  });
}
