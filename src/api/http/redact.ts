import { Digits } from '../digits.ts';

/** Hides secrets that a vendor's reply may echo: tokens, passwords, licence keys. */
export interface Redactor {
  add(secret: string): void;
  /**
   * A text for output, with every known secret replaced, whether plain, base64, hexadecimal, percent- or form-encoded.
   */
  clean(text: string): string;
  /**
   * The JSON of a successful answer; `text` as received. Rows are compared, stored and sent back, so a secret that may
   * be an ordinary word or number is kept, and secrets are not searched across JSON's structure.
   */
  cleanAnswer(value: unknown, text: string): unknown;
}

/** Shorter texts would match ordinary words. */
const shortest = 6;
/** From this length on no name or id contains one by chance. */
const never = 16;

/** The replacement of a secret. */
export const hidden = '•••';

export function createRedactor(): Redactor {
  const needles = new Set<string>();
  const unmistakable = new Set<string>();
  return {
    add: (secret) => {
      for (const form of formsOf(secret)) {
        needles.add(form);
        if (secret.length >= never) unmistakable.add(form);
      }
    },
    clean: (text) => hide(text, needles),
    cleanAnswer: (value, text) => hideWithin(value, text, unmistakable),
  };
}

/** The same as `cleanAnswer` for the secrets of one call. */
export function redactAnswer(value: unknown, text: string, secrets: readonly string[]): unknown {
  return hideWithin(value, text, new Set(secrets.flatMap(formsOf)));
}

/** Most answers contain none, and are not traversed. */
function hideWithin(value: unknown, text: string, needles: ReadonlySet<string>): unknown {
  for (const needle of needles) if (text.includes(needle)) return hideEverywhere(value, needles);
  return value;
}

/** Texts, field names and numbers; as deep as a parser allows. */
function hideEverywhere(value: unknown, needles: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return hide(value, needles);
  if (typeof value === 'number' || value instanceof Digits) {
    const digits = String(value);
    return hide(digits, needles) === digits ? value : hidden;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => hideEverywhere(item, needles));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [hide(key, needles), hideEverywhere(item, needles)]),
  );
}

/** The same for the secrets of one call. */
export function redact(text: string, secrets: readonly string[]): string {
  return hide(text, secrets.flatMap(formsOf));
}

function hide(text: string, needles: Iterable<string>): string {
  let clean = text;
  for (const needle of needles) if (clean.includes(needle)) clean = clean.replaceAll(needle, hidden);
  return clean;
}

function formsOf(secret: string): readonly string[] {
  if (secret.length < shortest) return [];
  const wellFormed = secret.toWellFormed();
  const jsonForm = JSON.stringify(wellFormed).slice(1, -1);
  const formForm = new URLSearchParams([['', wellFormed]]).toString().slice(1);
  const bytes = Buffer.from(wellFormed);
  const hex = bytes.toString('hex');
  const binary = [bytes.toString('base64'), bytes.toString('base64url'), hex, hex.toUpperCase()];
  return [wellFormed, jsonForm, encodeURIComponent(wellFormed), formForm, ...binary];
}
