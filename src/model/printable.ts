/**
 * Everything invisible or unsafe in a terminal: control and format characters, line and paragraph separators, lone
 * surrogates, and what Unicode allows to be drawn as nothing. Excluded are Arabic and Indic number signs, which are
 * drawn, and the joiner and the emoji selector within an emoji.
 */
const risky =
  /(?![\u0600-\u0605\u06dd\u070f\u08e2\u{110bd}\u{110cd}])(?!(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic}))(?!(?<=[\p{Extended_Pictographic}0-9#*])\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** One line that is safe for a terminal, whatever the text: vendors' ids are not sanitized. */
export function printable(text: string): string {
  return text.replace(
    risky,
    (character) => `⟨${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}

/** The same for a text of several lines: line ends stay, other control characters do not. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
