import { dateWords, isDateName } from './date-words.ts';
import type { Json } from './text.ts';

/** A value of a plan or of the journal in one line, without braces: `type CHANGE, plan ANNUAL`. `name`: what it is called. */
export function valueWords(value: Json, name = ''): string {
  if (value === null) return '–';
  if (Array.isArray(value)) return value.map((each) => valueWords(each, name)).join(', ');
  if (typeof value === 'string') return isDateName(name) ? dateWords(value) : value;
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([inner, each]) => `${inner} ${valueWords(each, inner)}`)
    .join(', ');
}
