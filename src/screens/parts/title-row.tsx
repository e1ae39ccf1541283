import type { ReactNode } from 'react';
import { Line } from '../table/table.tsx';
import { caretColumn, InputCursor } from './input-cursor.tsx';
import { useTheme } from './theme.ts';
import { fitEnds, joinedLine, type TitlePart } from './title-line.ts';

interface TitleRowProps {
  /** Of the whole line. */
  readonly width: number;
  /** The row on the screen, from 0: the terminal's cursor stands where something is typed in it. */
  readonly y: number;
  readonly left: readonly TitlePart[];
  readonly right?: readonly TitlePart[];
}

/** A line with parts at its left and at its right end. */
export function TitleRow({ width, y, left, right = [] }: TitleRowProps): ReactNode {
  const theme = useTheme();
  const room = width - 2;
  const [start, end] = fitEnds(room, left, right);
  const caret = caretColumn(start);
  return (
    <>
      {caret === null ? null : <InputCursor x={1 + caret} y={y} />}
      <Line text={` ${joinedLine(theme, room, start, end)}`} />
    </>
  );
}
