/** Hides what must never be shown again: tokens, passwords, licence keys that a vendor's reply may echo. */
export interface Redactor {
  add(secret: string): void;
  /** The text with every known secret, plain, base64, hexadecimal, percent- or form-encoded, replaced. */
  clean(text: string): string;
}

/** Shorter texts would hit ordinary words. */
const shortest = 6;

export function createRedactor(): Redactor {
  const needles = new Set<string>();
  return {
    add: (secret) => {
      for (const form of formsOf(secret)) needles.add(form);
    },
    clean: (text) => hide(text, needles),
  };
}

/** The same for secrets that only one call knows. */
export function redact(text: string, secrets: readonly string[]): string {
  return hide(text, secrets.flatMap(formsOf));
}

function hide(text: string, needles: Iterable<string>): string {
  let clean = text;
  for (const needle of needles) if (clean.includes(needle)) clean = clean.replaceAll(needle, '•••');
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
