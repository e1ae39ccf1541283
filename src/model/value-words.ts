import type { Json } from './text.ts';

/** A value of a plan or of the journal in one line, without braces: `type CHANGE, plan ANNUAL`. */
export function valueWords(value: Json): string {
  if (value === null) return '–';
  if (Array.isArray(value)) return value.map(valueWords).join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name} ${valueWords(inner)}`)
    .join(', ');
}
