import { sureWidthOf } from '../text/cells.ts';

const sgr = /\u001b\[[\d;]*m/g;
const eraseToEnd = '\u001b[K';

/**
 * The bytes that turn a line that stands on the screen into another one, from its first cell that changed on where that is
 * shorter; the cursor is in the line. `columns`: those of the terminal, where that is known. Takes the place of
 * `ink/build/line-update.js` in the bundle, which looks at a line cluster by cluster as soon as it is not plain ASCII; what
 * this one cannot measure at a glance it draws whole.
 */
export default function lineUpdate(previous: string, next: string, columns = 0): string {
  const whole = toColumn(0) + eraseToEnd + next;
  const isSure = [previous, next].every((line) => (widthOf(line) ?? Number.POSITIVE_INFINITY) <= columns);
  if (!isSure) return whole;
  const kept = next.slice(0, unchanged(previous, next));
  const column = widthOf(kept) ?? 0;
  // Behind the last column a terminal would stay on it.
  if (column === 0 || column >= columns) return whole;
  const styles = kept.match(sgr)?.join('') ?? '';
  const part = toColumn(column) + eraseToEnd + styles + next.slice(kept.length);
  return part.length < whole.length ? part : whole;
}

function widthOf(line: string): number | null {
  return sureWidthOf(line.includes('\u001b') ? line.replace(sgr, '') : line);
}

function toColumn(column: number): string {
  return `\u001b[${column + 1}G`;
}

/** How much of the beginning is the same; a sequence of styles is so as a whole or not at all. */
function unchanged(previous: string, next: string): number {
  let length = 0;
  while (length < next.length && previous[length] === next[length]) length += 1;
  for (const { index, 0: sequence } of next.matchAll(sgr)) {
    if (index >= length) break;
    if (index + sequence.length > length) return index;
  }
  return length;
}
