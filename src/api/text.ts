import type { SafeText } from '../model/text.ts';

const plainAscii = /^[\x20-\x7e]*$/;

/**
 * What may not pass as it is: C0, DEL and C1; format characters (direction overrides and isolates, zero-width, soft
 * hyphen, byte order mark, tags); whatever Unicode lets a renderer draw as nothing (Hangul fillers, variation selectors);
 * line and paragraph separators; the blank braille pattern; noncharacters; and combining marks, which are counted.
 */
const suspicious =
  /[\x00-\x1f\x7f-\x9f\u2028\u2029\u2800]|\p{Cf}|\p{Default_Ignorable_Code_Point}|\p{Noncharacter_Code_Point}|\p{M}/u;
const combining = /^\p{M}$/u;
/** Format characters that are drawn: number and abbreviation signs of Arabic, Syriac and Kaithi. */
const visibleFormat = /^[\u0600-\u0605\u06dd\u070f\u08e2\u{110bd}\u{110cd}]$/u;
const pictograph = /^\p{Extended_Pictographic}$/u;
const skinTone = /^\p{Emoji_Modifier}$/u;

const zeroWidthJoiner = '\u200d';
const emojiPresentation = '\ufe0f';
const keycap = '\u20e3';
const marksPerBase = 4;

/**
 * Untrusted text to safe text, at the edge where it enters. Never throws.
 *
 * - C0 and DEL become control pictures (`␛`, `␊`, `␡`), so a line stays one line.
 * - Any other character that is invisible or steers the terminal becomes its number in angle brackets (`⟨202E⟩`), so two
 *   names that only look alike do not.
 * - Lone surrogates become U+FFFD. More than four combining marks on one base become `⟨+n⟩`.
 * - The joiner and the emoji variation selector stay inside real emoji; scripts of either direction stay as they are.
 * - What is longer than `maxLength` UTF-16 units ends in `… (n more)`, n counted in the same units.
 */
export function safeText(raw: string, maxLength = 4096): SafeText {
  if (raw.length <= maxLength && plainAscii.test(raw)) return raw as SafeText;
  const head = raw.slice(0, headLength(raw, maxLength)).toWellFormed();
  const clean = suspicious.test(head) ? withMarks(head, maxLength) : { text: head, used: head.length };
  const left = raw.length - clean.used;
  return (left > 0 ? `${clean.text}… (${left} more)` : clean.text) as SafeText;
}

/** An id as it is shown: ids themselves are opaque and never sanitised. */
export function showId(id: string): SafeText {
  return safeText(id, 256);
}

/** A cut never falls between the halves of a surrogate pair. */
function headLength(raw: string, maxLength: number): number {
  if (raw.length <= maxLength) return raw.length;
  const last = raw.charCodeAt(maxLength - 1);
  return last >= 0xd800 && last <= 0xdbff ? maxLength - 1 : maxLength;
}

/** Marks take more room than what they stand for: `used` says how much of the text fitted into `maxLength`. */
function withMarks(text: string, maxLength: number): { text: string; used: number } {
  const characters = Array.from(text);
  let out = '';
  let used = 0;
  for (let index = 0; index < characters.length; ) {
    const piece = nextPiece(characters, index);
    if (out.length + piece.shown.length > maxLength) break;
    out += piece.shown;
    for (; index < piece.end; index++) used += characters[index]?.length ?? 0;
  }
  return { text: out, used };
}

interface Piece {
  readonly shown: string;
  readonly end: number;
}

function nextPiece(characters: readonly string[], start: number): Piece {
  const character = characters[start] ?? '';
  if (pictograph.test(character)) return emoji(characters, start);
  if (combining.test(character) && !isIgnorable(character)) return marks(characters, start);
  const next = characters[start + 1];
  const isKeycap = next === emojiPresentation && characters[start + 2] === keycap && /[0-9#*]/.test(character);
  if (isKeycap) return { shown: character + emojiPresentation + keycap, end: start + 3 };
  return { shown: suspicious.test(character) ? mark(character) : character, end: start + 1 };
}

/** One emoji: pictograph, its variation selector or skin tone, and further ones joined to it. */
function emoji(characters: readonly string[], start: number): Piece {
  let end = start + 1;
  const decoration = characters[end];
  if (decoration === emojiPresentation || (decoration !== undefined && skinTone.test(decoration))) end++;
  const joined = characters[end + 1];
  if (characters[end] === zeroWidthJoiner && joined !== undefined && pictograph.test(joined)) {
    end = emoji(characters, end + 1).end;
  }
  return { shown: characters.slice(start, end).join(''), end };
}

function marks(characters: readonly string[], start: number): Piece {
  let end = start;
  for (let next = characters[end]; next !== undefined && combining.test(next) && !isIgnorable(next); ) {
    next = characters[++end];
  }
  const kept = characters.slice(start, Math.min(end, start + marksPerBase)).join('');
  const dropped = end - start - marksPerBase;
  return { shown: dropped > 0 ? `${kept}⟨+${dropped}⟩` : kept, end };
}

function isIgnorable(character: string): boolean {
  return /\p{Default_Ignorable_Code_Point}/u.test(character);
}

function mark(character: string): string {
  if (visibleFormat.test(character)) return character;
  const code = character.codePointAt(0) ?? 0xfffd;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `⟨${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
