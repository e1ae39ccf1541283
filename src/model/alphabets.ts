const alphabets = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];

/** Whether one word of a text mixes look-alike alphabets, as forged names do. */
export function mixesAlphabets(text: string): boolean {
  return text.split(/[^\p{L}]+/u).some((word) => alphabets.filter((alphabet) => alphabet.test(word)).length > 1);
}
