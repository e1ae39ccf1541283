/**
 * Everything that is invisible or steers a terminal: control and format characters, line and paragraph separators, lone
 * surrogates, and what Unicode lets a renderer draw as nothing. Left out are Arabic and Indic number signs, which are
 * drawn, and the joiner and the emoji selector where they stand inside an emoji.
 */
const risky =
  /(?![\u0600-\u0605\u06dd\u070f\u08e2\u{110bd}\u{110cd}])(?!(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic}))(?!(?<=[\p{Extended_Pictographic}0-9#*])\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** One line that cannot harm a terminal, whatever is in it: ids are the vendors' own and were never made safe. */
export function printable(text: string): string {
  return text.replace(
    risky,
    (character) => `⟨${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}

/** The same of a text in lines: its line ends stay, and nothing else that steers. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
