import { withoutEnd } from './without-end.ts';

/** What all spellings of an id have in common: it without dashes, in small letters. */
export function plainId(id: string): string {
  return id.replaceAll('-', '').replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

const invisible = /[\p{Cf}\p{Cc}]+/gu;
const before = /^[\s"'`“”„‘’«»<([{]+/u;
const behind = ' \t\r\n\u00a0"\'`“”„‘’«»>)]}.,;:!?';
/** A longer text is no id. */
const longest = 2000;

/**
 * The ids that a pasted text may be, the likeliest first: without invisible characters and without blanks, quotes, brackets
 * and stops around it, then percent-decoded, then the parts of a URL.
 */
export function pastedIds(text: string): readonly string[] {
  if (text.length > longest) return [text];
  const clean = bare(text.replace(invisible, ''));
  const parts = /^[a-z][a-z0-9+.-]*:\/\//i.test(clean) ? clean.split(/[/?&#=]+/).slice(1) : [];
  const all = [clean, decoded(clean), ...parts.flatMap((part) => [decoded(part), part])];
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
