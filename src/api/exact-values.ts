import type { Json, JsonObject } from '../model/text.ts';
import { Digits } from './digits.ts';
import { smallKeys } from './wire-row.ts';

/**
 * A vendor's value compared with the requested one. `same`: letter for letter. `same-letters`: only spaces around or
 * between words, or Unicode composition, differ; a vendor may normalize these.
 */
export type Likeness = 'same' | 'same-letters' | 'other';

type Values = Readonly<Record<string, unknown>>;

/**
 * Values as a vendor wrote them, under the names of `Draft.before` and `Draft.after`. Rows hold texts in display form;
 * sent texts are compared with these originals. They may contain control characters or a licence key, so they are never
 * exposed: no log, no JSON, no message. Evaluated lazily, since few rows need them.
 */
export class ExactValues {
  readonly #read: () => Values;

  constructor(read: () => Values) {
    this.#read = read;
  }

  /** Whether the vendor gave a value under this name. */
  has(name: string): boolean {
    return this.#read()[name] !== undefined;
  }

  compare(name: string, asked: Json): Likeness {
    return likeness(this.#read()[name], asked);
  }
}

/** The first of these fields of a vendor's object that contains a text, unchanged. */
export function exactText(object: unknown, fields: readonly string[]): string | undefined {
  if (typeof object !== 'object' || object === null) return undefined;
  const small = smallKeys(object);
  const found = fields.map((field) => small[field]).find((value) => isText(value) && value !== '');
  return found === undefined ? undefined : String(found);
}

/** All of `asked` must match; the vendor may return more. Numbers and their digit strings are equal. */
function likeness(shown: unknown, asked: Json): Likeness {
  if (isObject(asked)) {
    if (typeof shown !== 'object' || shown === null || Array.isArray(shown)) return 'other';
    const inner = shown as Values;
    const found = Object.entries(asked).map(([name, value]) => likeness(inner[name], value));
    return found.includes('other') ? 'other' : found.includes('same-letters') ? 'same-letters' : 'same';
  }
  if (asked === null || shown === null || shown === undefined) return asked === (shown ?? null) ? 'same' : 'other';
  if (!isText(shown) && typeof shown !== 'boolean') return 'other';
  const [one, other] = [String(shown), String(asked)];
  if (one === other) return 'same';
  if (one.length > longestCompared || other.length > longestCompared) return 'other';
  return letters(one) === letters(other) ? 'same-letters' : 'other';
}

/** What a text field of a schema accepts. */
function isText(value: unknown): value is string | number | Digits {
  return typeof value === 'string' || typeof value === 'number' || value instanceof Digits;
}

/** Unicode composes in quadratic time what is a pile of marks. No name is so long. */
const longestCompared = 4096;

function letters(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/gu, ' ');
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
