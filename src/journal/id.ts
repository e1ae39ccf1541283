/** Crockford's base 32 in lower case: without `i`, `l`, `o`, `u`, so that ids can be read out and copied by hand. */
export const idDigits = '0123456789abcdefghjkmnpqrstvwxyz';
const epoch = Date.UTC(2024, 0, 1);
const width = 8;

/**
 * The id of the next entry: milliseconds since 2024 in eight digits, or the last id plus one if the clock has not
 * advanced. Ids of one journal are unique and sort in order of creation, whatever the clock does.
 */
export function nextId(now: number, last: string | null): string {
  const after = last === null ? 0 : numberOf(last) + 1;
  return textOf(Math.max(Math.floor(now) - epoch, after, 0));
}

/** Normalizes a typed id: case and look-alike characters. */
export function readId(typed: string): string {
  return typed.trim().toLowerCase().replaceAll('o', '0').replaceAll(/[il]/g, '1');
}

function textOf(value: number): string {
  let rest = value;
  let text = '';
  while (rest > 0) {
    text = idDigits.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text.padStart(width, '0');
}

function numberOf(id: string): number {
  let value = 0;
  for (const digit of id) value = value * 32 + Math.max(idDigits.indexOf(digit), 0);
  return Number.isSafeInteger(value) ? value : 0;
}
