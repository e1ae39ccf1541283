import { Box } from 'ink';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { clamp } from '../../state/list.ts';
import { Line } from '../table/table.tsx';
import { useConsole } from './console-context.ts';
import type { PieceLine } from './fields.ts';
import { spread } from './line-pieces.ts';
import { useTheme } from './theme.ts';

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
        const right = last ? [{ text: `${theme.marks.down} ${more} more`, tone: 'dim' as const }] : [];
        return <Line key={position} text={`  ${spread(theme, width - 4, line, right)}`} />;
      })}
    </Box>
  );
}
