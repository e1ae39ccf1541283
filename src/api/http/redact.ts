import { Digits } from '../digits.ts';

/** Hides what must never be shown again: tokens, passwords, licence keys that a vendor's reply may echo. */
export interface Redactor {
  add(secret: string): void;
  /** A text on its way out, with every known secret, plain, base64, hexadecimal, percent- or form-encoded, replaced. */
  clean(text: string): string;
  /**
   * What a good answer's JSON holds, `text` as it came. Rows are compared, kept and sent back: a secret that may be an
   * ordinary word or number stays in them, and none is looked for across the brackets of JSON.
   */
  cleanAnswer(value: unknown, text: string): unknown;
}

/** Shorter texts would hit ordinary words. */
const shortest = 6;
/** From here on no name or id of a vendor holds one by chance. */
const never = 16;

/** What stands where a secret stood. */
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

/** The same as `cleanAnswer` for secrets that only one call knows. */
export function redactAnswer(value: unknown, text: string, secrets: readonly string[]): unknown {
  return hideWithin(value, text, new Set(secrets.flatMap(formsOf)));
}

/** Most answers hold none, and are not walked through. */
function hideWithin(value: unknown, text: string, needles: ReadonlySet<string>): unknown {
  for (const needle of needles) if (text.includes(needle)) return hideEverywhere(value, needles);
  return value;
}

/** Texts, names of fields and numbers; nested as deep as a parser lets anything be. */
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

/** The same for secrets that only one call knows. */
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
