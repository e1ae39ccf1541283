import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { memo, useMemo } from 'react';
import type { Theme } from '../parts/theme.ts';
import { useTheme } from '../parts/theme.ts';
import { fitTo } from '../text/fit.ts';
import type { Column, PlacedColumn } from './columns.ts';
import { cellText, placeColumns } from './columns.ts';

export interface TableProps<Row> {
  /** Only the rows on screen. */
  readonly data: readonly Row[];
  /** While this value is the same, an unchanged row has unchanged cells. */
  readonly columns: readonly Column<Row>[];
  /** Cells between columns. */
  readonly padding?: number;
  readonly width: number;
  /** Rows of the screen for the table, without column heads. */
  readonly height: number;
  readonly rowKey: (row: Row) => string;
  readonly cursor: string | null;
  readonly marks?: ReadonlySet<string>;
}

/** Room before the first column: the cursor's bar, the mark, a space. */
const gutter = 3;

const usualPadding = 2;

/** The columns that fit into a table of this width. */
export function columnsIn<Row>(
  columns: readonly Column<Row>[],
  width: number,
  padding = usualPadding,
): readonly PlacedColumn<Row>[] {
  return placeColumns(columns, width - gutter - 1, padding);
}

/** A table with one string a row; unchanged rows are not redrawn. */
export function Table<Row extends object>({
  columns,
  width,
  padding = usualPadding,
  ...props
}: TableProps<Row>): ReactNode {
  const theme = useTheme();
  const gap = ' '.repeat(padding);
  const placed = useMemo(() => columnsIn(columns, width, padding), [columns, width, padding]);
  const textOf = useMemo(() => rowTexts(placed, gap, theme), [placed, gap, theme]);
  return (
    <Box flexDirection="column" height={props.height + 1}>
      <Line text={theme.paint('dim', headLine(placed, gap))} />
      {props.data.slice(0, props.height).map((row) => {
        const key = props.rowKey(row);
        const selected = key === props.cursor;
        const marked = props.marks?.has(key) ?? false;
        const text = selected ? rowText(row, placed, gap, null) : textOf(row);
        const mark = marked ? theme.marks.mark : ' ';
        return <Line key={key} text={selected ? cursorLine(text, mark, width, theme) : plainLine(text, mark, theme)} />;
      })}
    </Box>
  );
}

/** One line of the screen. `wrap` only guards against a terminal that shrank in between. */
export const Line = memo(function Line({ text }: { readonly text: string }) {
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});

function headLine<Row>(placed: readonly PlacedColumn<Row>[], gap: string): string {
  const heads = placed.map(({ column, width }) => fitTo(column.title, width, column.align));
  return (' '.repeat(gutter) + heads.join(gap)).trimEnd();
}

/** `rowText`, computed once a row. */
function rowTexts<Row extends object>(
  placed: readonly PlacedColumn<Row>[],
  gap: string,
  theme: Theme,
): (row: Row) => string {
  const known = new WeakMap<Row, string>();
  return (row) => {
    const text = known.get(row) ?? rowText(row, placed, gap, theme);
    known.set(row, text);
    return text;
  };
}

/** The cells of a row, painted by a theme or plain. */
function rowText<Row>(row: Row, placed: readonly PlacedColumn<Row>[], gap: string, theme: Theme | null): string {
  const texts = placed.map((place) => {
    const text = cellText(place, row);
    return theme === null ? text : theme.paint(place.column.tone?.(row) ?? 'plain', text);
  });
  return texts.join(gap);
}

function plainLine(text: string, mark: string, theme: Theme): string {
  return ` ${theme.paint('accent', mark)} ${text.trimEnd()}`;
}

/** The row under the cursor, over the full width. */
function cursorLine(text: string, mark: string, width: number, theme: Theme): string {
  const bar = theme.paint('accent', theme.marks.bar);
  return `${bar}${theme.selected(fitTo(`${mark} ${text}`, width - 2))}`;
}
