import { type Fault, fault } from './fault.ts';

/**
 * Rejected in text for a vendor: controls, format characters, line and paragraph separators, lone surrogates,
 * replacement characters and noncharacters. Format characters used in names are allowed: soft hyphen, joiners,
 * zero-width space, number signs, and the tags in flags.
 */
const refused =
  /(?![\u00ad\u200b-\u200d\u2060\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\ufffd]/u;
const blank = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

const lineBreak = /[\n\v\f\r\u0085\u2028\u2029]/;
const turnsDirection = /\p{Bidi_Control}/u;

/**
 * How `safeText` and `printable` display invisible characters: by number, as a control picture, or truncated with a
 * count.
 */
const mark = /⟨(?:[0-9A-F]{4,6}|\+\d+)⟩|[\u2400-\u2421]|… \(\d+ more\)$/;

/**
 * Why a user's text cannot be sent to a vendor, or null. `what` names it, capitalized: `The name`. Nothing is changed
 * silently: no trimming, no normalization. The message never contains the text itself.
 */
export function textFault(what: string, text: string): Fault | null {
  const wrong = characterFault(what, text);
  if (wrong !== null) return wrong;
  if (text === '') return refusal(`${what} is empty.`, 'Give some text, or leave it out.');
  return blank.test(text) ? refusal(`${what} contains only spaces.`, 'Give some text, or leave it out.') : null;
}

/** The same for a part of a text, which may be blank. */
export function characterFault(what: string, text: string): Fault | null {
  const found = refused.exec(text)?.[0];
  return found === undefined ? null : refusal(`${what} ${problemOf(found)}.`, nextOf(found));
}

/** The same for a text that may contain anything else: a secret, an argument. */
export function encodingFault(what: string, text: string): Fault | null {
  const broken = /[\p{Cs}\ufffd]/u.exec(text)?.[0];
  return broken === undefined ? null : refusal(`${what} ${problemOf(broken)}.`, nextOf(broken));
}

/** Whether a text contains the display form of a character: the mark is not the character. */
export function holdsMark(text: string): boolean {
  return mark.test(text);
}

/** Why a text copied from a screen or an export cannot be sent, or null. */
export function markFault(what: string, text: string): Fault | null {
  const found = mark.exec(text)?.[0];
  if (found === undefined) return null;
  const message = `${what} contains ${found}, with which Subdeck displays an unprintable character; it is not the text itself.`;
  return refusal(message, 'Give the original text of the vendor.');
}

function problemOf(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (character === '\ufffd') return `has a wrong encoding: it contains the replacement character ${code}`;
  if (!character.isWellFormed()) return `has a wrong encoding: it contains half a character (${code})`;
  if (character === '\t') return `contains a tab (${code})`;
  if (lineBreak.test(character)) return `contains a line break (${code})`;
  if (/\p{Cc}/u.test(character)) return `contains a control character (${code})`;
  if (turnsDirection.test(character)) return `contains a character that changes the direction of text (${code})`;
  if (/\p{Noncharacter_Code_Point}/u.test(character)) return `contains a code point that is not a character (${code})`;
  return `contains an invisible character (${code})`;
}

function nextOf(character: string): string {
  const isBroken = character === '\ufffd' || !character.isWellFormed();
  return isBroken ? 'Give it in UTF-8.' : 'Remove it, then try again.';
}

function refusal(message: string, next: string): Fault {
  return fault('usage', message, next).fault;
}
