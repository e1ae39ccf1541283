import { Box } from 'ink';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { clamp } from '../../state/list.ts';
import { Line } from '../table/table.tsx';
import { useConsole } from './console-context.ts';
import type { PieceLine } from './fields.ts';
import { spread, widthOfPieces } from './line-pieces.ts';
import { type Theme, useTheme } from './theme.ts';

interface TextViewProps {
  readonly lines: readonly PieceLine[];
  readonly scroll: number;
  readonly width: number;
  readonly height: number;
}

/** Text that scrolls. Reports its length to the console, which limits scrolling. */
export function TextView({ lines, scroll, width, height }: TextViewProps): ReactNode {
  const theme = useTheme();
  const console = useConsole();
  const length = lines.length;
  useEffect(() => {
    console?.update((state) => (state.contentRows === length ? state : { ...state, contentRows: length }));
  }, [console, length]);
  const top = clamp(scroll, Math.max(0, length - height));
  const shown = lines.slice(top, top + height).map((line, index) => ({ line, position: top + index }));
  const more = length - top - height;
  return (
    <Box flexDirection="column" height={height + 1}>
      {shown.map(({ line, position }) => {
        const last = more > 0 && position === top + height - 1;
        const right = last ? withMore(line, more, width - 4, theme) : null;
        return <Line key={position} text={`  ${spread(theme, width - 4, right?.line ?? line, right?.pieces)}`} />;
      })}
    </Box>
  );
}

/** How many lines are below; the last line on screen counts among them where it has no room beside that. */
export function withMore(
  line: PieceLine,
  more: number,
  width: number,
  { marks }: Theme,
): { readonly line: PieceLine; readonly pieces: PieceLine } {
  const said = (lines: number): PieceLine => [{ text: `${marks.down} ${lines} more`, tone: 'dim' }];
  const fits = widthOfPieces(line) + 2 + widthOfPieces(said(more)) <= width;
  return fits ? { line, pieces: said(more) } : { line: [], pieces: said(more + 1) };
}
