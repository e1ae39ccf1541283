import type { TextLine } from '../../state/text-line.ts';
import { cells } from '../text/cells.ts';
import type { Piece } from './line-pieces.ts';

/**
 * A line of typed text with its caret, scrolled to keep the caret visible; a selected text is inverse. `mask` shows a dot
 * for each character.
 */
export function caretPieces(line: TextLine, width: number, mask = false): readonly Piece[] {
  const shown = (text: string) =>
    cells(
      mask
        ? cells(text)
            .map(() => '•')
            .join('')
        : text,
    );
  const before = shown(line.text.slice(0, line.caret));
  const [under, ...after] = shown(line.text.slice(line.caret));
  const room = Math.max(0, width - (under?.width ?? 1));
  const head: string[] = [];
  let used = 0;
  for (const cell of before.toReversed()) {
    if (used + cell.width > room) break;
    head.unshift(cell.text);
    used += cell.width;
  }
  const tail: string[] = [];
  for (const cell of after) {
    if (used + cell.width > room) break;
    tail.push(cell.text);
    used += cell.width;
  }
  const tone = line.isSelected ? 'press' : 'plain';
  return [{ text: head.join(''), tone }, { text: under?.text ?? ' ', tone: 'caret' }, { text: tail.join('') }];
}
