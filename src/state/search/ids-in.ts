import { plainText, uuidsIn, withDecodedParts } from '../../model/id-spelling.ts';
import { withoutEnd } from '../../model/without-end.ts';

/** As many as are looked up of one text. */
const mostIds = 16;
const mostNames = 24;

/** What is longer is no id, no domain and no REF. */
const longestToken = 253;

/** What a REF may stand in. */
const apart = /[^\s"'<>()[\],;]+/gu;
/** A REF: connection/id, the id without spaces. */
const reference = /\b[a-z0-9][a-z0-9_-]{0,62}\/[^\s"'<>()[\],;]+/u;
/** What a domain or an id may stand in. */
const joined = /[\p{L}\p{N}_.:-]+/gu;
/** Domains, also behind the @ of a mail address and inside a URL. */
const domainIn = /\b(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,20}\p{L}{2,24}\b/giu;
/** Anything of letters, digits and joints that holds a digit: M13130022, sub-1, 100000123. */
const numbered =
  /(?<![\p{L}\p{N}])(?=[\p{L}_.:-]{0,253}\p{N})[\p{L}\p{N}](?:[\p{L}\p{N}_.:-]{2,253}[\p{L}\p{N}])(?![\p{L}\p{N}])/gu;

/**
 * What in a text looks like an id, a REF or a domain: the longest first, each once. Invisible characters part nothing, what is
 * percent-encoded is read, and UUIDs come with and without dashes, also those that a line break parts.
 */
export function idsIn(text: string): readonly string[] {
  const clean = text.replace(/\p{Cf}+/gu, '');
  const readings = new Set([clean, withDecodedParts(clean), plainText(clean)]);
  const ids = [...readings].flatMap((each) => [
    ...tokens(apart, each).flatMap((token) => reference.exec(token)?.[0] ?? []),
    ...tokens(joined, each).flatMap((token) => [...matches(domainIn, token), ...matches(numbered, token)]),
  ]);
  const found = new Set([...uuidsIn(text), ...ids].flatMap((id) => [id, ...otherDashes(id)]));
  return [...found].sort((one, other) => other.length - one.length).slice(0, mostIds);
}

/** The other spelling of a UUID. */
function otherDashes(id: string): readonly string[] {
  const plain = id.replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/i.test(plain)) return [];
  return [id === plain ? plain.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : plain];
}

/** Parts that are looked into one by one: what stands in none of them is passed over once, however long it is. */
function tokens(of: RegExp, text: string): readonly string[] {
  return matches(of, text).filter(({ length }) => length <= longestToken);
}

function matches(of: RegExp, text: string): readonly string[] {
  return Array.from(text.matchAll(of), ([match]) => match);
}

/** Words with a capital that follow each other. A longer word is no part of a name. */
const capitals = /\p{Lu}[\p{L}\p{N}&.'’-]{0,40}(?:[ \t]{1,3}(?:&|[\p{Lu}\p{N}][\p{L}\p{N}&.'’-]{0,40})){1,5}/gu;

/** What in a text may be the name of a company: words with a capital that follow each other, and runs of CJK. The longest first. */
export function namesIn(text: string): readonly string[] {
  const runs = [
    ...text.matchAll(capitals),
    ...text.matchAll(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]{3,60}/gu),
    ...text.matchAll(/["“„«「]([^"”“»」]{3,60})["”»」]/gu),
  ].map((match) => (match[1] ?? match[0]).trim());
  const parts = runs.flatMap((run) => [run, withoutEnd(run, '.,;:'), ...shorter(run)]);
  return [...new Set(parts)].sort((one, other) => other.length - one.length).slice(0, mostNames);
}

/** `Customer Acme Oy` may be about `Acme Oy`. */
function shorter(run: string): readonly string[] {
  const words = run.split(/[ \t]+/u);
  return words.slice(1, -1).map((_, index) => words.slice(index + 1).join(' '));
}

const domain = /^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,24}$/u;
/** Where anybody has a mailbox: nobody's own name. */
const mailboxes: readonly string[] = ['gmail', 'googlemail', 'outlook', 'hotmail', 'icloud', 'yahoo', 'proton', 'gmx'];
const leastLabel = 5;

/** The words that a domain is made of, as its owner may be called: `lindqvist bakeri` for `mail.lindqvist-bakeri.example`. */
export function wordsOfDomain(text: string): string | null {
  if (!domain.test(text)) return null;
  const labels = text.toLowerCase().split('.').slice(0, -1);
  const longest = labels.reduce((one, other) => (other.length > one.length ? other : one));
  return longest.length < leastLabel || mailboxes.includes(longest) ? null : longest.replaceAll('-', ' ');
}
