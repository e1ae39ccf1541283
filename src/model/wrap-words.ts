/** Lines of at most `width`, as `measure` counts it, broken at blanks; a longer word has a line of its own. */
export function wrapWords(
  text: string,
  width: number,
  measure: (text: string) => number = ({ length }) => length,
): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
