import { withoutEnd } from './without-end.ts';

/** What all spellings of an id have in common: it without dashes, in small letters. */
export function plainId(id: string): string {
  return id.replaceAll('-', '').replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/**
 * An id in the one spelling that all its spellings share: dashes, case, percent-encoding and Unicode's composition make no difference. For guards
 * alone, where two ids that are taken for one wait for each other, and one that is taken for two is changed twice.
 */
export function canonicalId(id: string): string {
  const plain = plainId(withDecodedParts(id));
  return plain.length > longest ? plain : plain.normalize('NFC');
}

const dash = /[\u2010-\u2015\u2043\u2212]/gu;
const uuid = /(?<![\p{L}\p{N}])[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}(?![\p{L}\p{N}])/giu;

/** A text as ids are looked for in it: without invisible characters, wide letters and every kind of dash as plain ones. */
export function plainText(text: string): string {
  // Unicode's own normalization takes quadratic time on a run of combining marks.
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(dash, '-')
    .replace(/\p{Cf}+/gu, '');
}

/** The UUIDs in a text, also those that are percent-encoded or wrapped over two lines. */
export function uuidsIn(text: string): readonly string[] {
  const plain = [text, withDecodedParts(text)].map(plainText);
  const all = [...plain, ...plain.map(unwrapped)];
  return [...new Set(all.flatMap((each) => Array.from(each.matchAll(uuid), ([match]) => match)))];
}

/** A text without its line breaks and what mail programs put around them: `=` before one, the marks of a quotation behind it. */
function unwrapped(text: string): string {
  const lines = text.split(/[\r\n]+/);
  return lines.map((line) => withoutEnd(line.replace(/^[>|\s]+/, ''), ' \t=')).join('');
}

/** A text with its percent-encoded parts decoded. */
export function withDecodedParts(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/giu, decoded);
}

const invisible = /[\p{Cf}\p{Cc}]+/gu;
const before = /^[\s"'`“”„‘’«»<([{]+/u;
const behind = ' \t\r\n\u00a0"\'`“”„‘’«»>)]}.,;:!?';
/** What is meant as a REF. */
const reference = /^[a-z0-9][a-z0-9_-]{0,62}\/\S+$/i;
/** A longer text is no id. */
const longest = 2000;

/**
 * The ids that a pasted text may be, the likeliest first: without invisible characters and without blanks, quotes, brackets
 * and stops around it, then percent-decoded, then the parts of a URL, then the UUIDs in any text.
 */
export function pastedIds(text: string): readonly string[] {
  if (text.length > longest) return [text];
  const clean = bare(text.replace(invisible, ''));
  const parts = /^[a-z][a-z0-9+.-]*:\/\//i.test(clean) ? clean.split(/[/?&#=]+/).slice(1) : [];
  // Behind another connection's name it is the id of something else.
  const uuids = reference.test(clean) ? [] : uuidsIn(text);
  const all = [clean, decoded(clean), ...parts.flatMap((part) => [decoded(part), part]), ...uuids];
  return [...new Set(all.map(bare))].filter((each) => each !== '');
}

function bare(text: string): string {
  return withoutEnd(text.replace(before, ''), behind);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
