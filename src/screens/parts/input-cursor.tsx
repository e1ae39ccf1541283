import { useCursor } from 'ink';
import type { ReactNode } from 'react';
import { widthOf } from '../text/cells.ts';
import type { PieceLine } from './fields.ts';

interface InputCursorProps {
  /** Column and row on the screen, from 0. */
  readonly x: number;
  readonly y: number;
}

/** Moves the terminal's own cursor to the text field, so that an input method opens its window there. */
export function InputCursor({ x, y }: InputCursorProps): ReactNode {
  const { setCursorPosition } = useCursor();
  setCursorPosition({ x, y });
  return null;
}

/** The caret's position in a line, in cells; null if the line has none. */
export function caretColumn(line: PieceLine): number | null {
  const caret = line.findIndex((piece) => piece.tone === 'caret');
  return caret === -1 ? null : line.slice(0, caret).reduce((sum, piece) => sum + widthOf(piece.text), 0);
}
