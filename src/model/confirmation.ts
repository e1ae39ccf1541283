import { mixesAlphabets } from './alphabets.ts';
import { printable } from './printable.ts';

/**
 * The texts that confirm an irreversible write when typed: the id always, with `\u{…}` escapes for untypeable
 * characters; the name only if it can be typed as displayed.
 */
export function offeredWords([id, ...names]: readonly string[]): readonly string[] {
  if (id === undefined) return [];
  return [isTypable(id) ? id : spelled(id), ...names.filter((name) => isTypable(name) && !mixesAlphabets(name))];
}

/** Whether the typed text confirms: exactly one of the offered texts. */
export function confirms(confirmations: readonly string[], typed: string): boolean {
  return typed !== '' && (confirmations.includes(typed) || offeredWords(confirmations).includes(typed));
}

/** Letters, digits, punctuation and single spaces, as keyboards produce them. */
function isTypable(text: string): boolean {
  const isPlain = /^(?! )(?!.* (?: |$))[\p{L}\p{N}\p{P}\p{S} ]+$/u.test(text);
  const isPictured = /(?![©®™])\p{Extended_Pictographic}/u.test(text);
  return isPlain && !isPictured && printable(text) === text && text.normalize('NFC') === text;
}

/** Plain ASCII; other characters as escapes. */
function spelled(id: string): string {
  return id.replace(/[^\x21-\x7e]|\\/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
