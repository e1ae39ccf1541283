import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import type { PieceLine } from '../parts/fields.ts';
import { caretColumn, InputCursor } from '../parts/input-cursor.tsx';
import { painted, spread } from '../parts/line-pieces.ts';
import type { Theme, Tone } from '../parts/theme.ts';
import { useTheme } from '../parts/theme.ts';
import { widthOf } from '../text/cells.ts';
import { clip } from '../text/fit.ts';

/** What an overlay shows: a title in the border, and lines. */
export interface OverlayContent {
  readonly title: string;
  readonly tone: Tone;
  readonly lines: readonly PieceLine[];
  /** Whether it may cover the whole screen, the first line and the footer included. */
  readonly covers?: boolean;
}

interface OverlayBoxProps {
  readonly content: OverlayContent;
  readonly width: number;
  readonly columns: number;
  readonly rows: number;
}

/**
 * A box above the screen, with a rounded border. All boxes begin on the same row, so that nothing jumps between them. It covers its
 * rows from edge to edge: of what is under it, no cut piece is left.
 */
export function OverlayBox({ content, width, columns, rows }: OverlayBoxProps): ReactNode {
  const theme = useTheme();
  const left = Math.max(0, Math.floor((columns - width) / 2));
  const [before, after] = [' '.repeat(left), ' '.repeat(Math.max(0, columns - left - width))];
  const lines = overlayLines(content, width, content.covers ? rows : rows - 2, theme).map(
    (line) => `${before}${line}${after}`,
  );
  const top = content.covers ? Math.max(0, rows - lines.length) : overlayTop(lines.length, rows);
  const typing = content.lines.findIndex((line) => caretColumn(line) !== null);
  const column = caretColumn(content.lines[typing] ?? []);
  return (
    <Box position="absolute" left={0} top={top} width={columns} height={lines.length} flexDirection="column">
      <Text wrap="truncate">{lines.join('\n')}</Text>
      {column === null ? null : <InputCursor x={left + 2 + column} y={top + 1 + typing} />}
    </Box>
  );
}

const firstRow = 3;
const lowScreen = 20;

/** The row of an overlay's top border. */
export function overlayTop(height: number, rows: number): number {
  return Math.max(1, Math.min(rows < lowScreen ? firstRow - 1 : firstRow, rows - 2 - height));
}

/** Whether all lines of an overlay fit on a screen of this many rows. */
export function overlayFits({ lines, covers = false }: OverlayContent, rows: number): boolean {
  return lines.length <= (covers ? rows - 2 : overlayHeight(rows));
}

/** Lines inside the border on a screen of this many rows. */
export function overlayHeight(rows: number): number {
  return rows - 4;
}

export const usualWidth = 132;
/** The border and a space at both sides. */
export const aroundOverlay = 4;

/** The width of an overlay on a screen of this many columns. */
export function overlayBoxWidth(columns: number, wanted = usualWidth): number {
  return Math.min(wanted, columns - 4);
}

/** Cells inside the border. */
export function overlayRoom(width: number): number {
  return width - aroundOverlay;
}

function overlayLines(content: OverlayContent, width: number, rows: number, theme: Theme): readonly string[] {
  const { border } = theme.marks;
  const room = overlayRoom(width);
  const title = clip(content.title, room - 2);
  const edge = (text: string) => theme.paint(content.tone, text);
  const rule = border.horizontal.repeat(Math.max(0, width - 4 - widthOf(title)));
  const shown = content.lines.slice(0, Math.max(1, rows - 2));
  return [
    `${edge(`${border.topLeft} `)}${theme.paint('bold', painted(theme, [{ text: title }], room).text)}${edge(` ${rule}${border.topRight}`)}`,
    ...shown.map((line) => `${edge(border.vertical)} ${spread(theme, room, line)} ${edge(border.vertical)}`),
    edge(`${border.bottomLeft}${border.horizontal.repeat(width - 2)}${border.bottomRight}`),
  ];
}
