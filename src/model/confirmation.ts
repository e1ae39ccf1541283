import { mixesAlphabets } from './alphabets.ts';
import { printable } from './printable.ts';

/**
 * What is offered to be typed to confirm an irreversible write, out of the id and the name: the id always, spelled with
 * `\u{…}` where it holds what no keyboard or screen gives as it is; the name only where it can be typed as it is shown.
 */
export function offeredWords([id, ...names]: readonly string[]): readonly string[] {
  if (id === undefined) return [];
  return [isTypable(id) ? id : spelled(id), ...names.filter((name) => isTypable(name) && !mixesAlphabets(name))];
}

/** Whether this text, as it was typed, confirms: one of the words exactly. */
export function confirms(confirmations: readonly string[], typed: string): boolean {
  return typed !== '' && (confirmations.includes(typed) || offeredWords(confirmations).includes(typed));
}

/** Letters, digits, punctuation and single spaces, in the form that keyboards give. */
function isTypable(text: string): boolean {
  const isPlain = /^(?! )(?!.* (?: |$))[\p{L}\p{N}\p{P}\p{S} ]+$/u.test(text);
  const isPictured = /(?![©®™])\p{Extended_Pictographic}/u.test(text);
  return isPlain && !isPictured && printable(text) === text && text.normalize('NFC') === text;
}

/** Plain ASCII; everything else by its number. */
function spelled(id: string): string {
  return id.replace(/[^\x21-\x7e]|\\/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
