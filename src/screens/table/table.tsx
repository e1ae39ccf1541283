import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { memo, useMemo } from 'react';
import type { Theme } from '../parts/theme.ts';
import { useTheme } from '../parts/theme.ts';
import { widthOf } from '../text/cells.ts';
import { fitTo } from '../text/fit.ts';
import type { Column, PlacedColumn, Widest } from './columns.ts';
import { cellText, placeColumns } from './columns.ts';
import { useWidestSeen } from './widest-seen.ts';

export interface TableProps<Row> {
  /** Only the rows on screen. */
  readonly data: readonly Row[];
  /** Which list it is: its columns keep their widths for it. */
  readonly list: string;
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
  widest?: Widest,
): readonly PlacedColumn<Row>[] {
  return placeColumns(columns, width - gutter - 1, padding, widest);
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
  const shown = props.data.slice(0, props.height);
  const widest = useWidestSeen(props.list);
  const valuesOf = useMemo(() => rowValues(columns, widest), [columns, widest]);
  for (const row of shown) valuesOf(row);
  const fresh = columnsIn(columns, width, padding, widest);
  const widths = fresh.map((place) => place.width).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same columns of the same widths are the same.
  const placed = useMemo(() => fresh, [columns, widths]);
  const textOf = useMemo(() => rowTexts(placed, valuesOf, gap, theme), [placed, valuesOf, gap, theme]);
  return (
    <Box flexDirection="column" height={props.height + 1}>
      <Line text={theme.paint('dim', headLine(placed, gap))} />
      {shown.map((row) => {
        const key = props.rowKey(row);
        const selected = key === props.cursor;
        const marked = props.marks?.has(key) ?? false;
        const text = selected ? rowText(row, placed, valuesOf, gap, null) : textOf(row);
        const mark = marked ? theme.marks.mark : ' ';
        return <Line key={key} text={selected ? cursorLine(text, mark, width, theme) : plainLine(text, mark, theme)} />;
      })}
    </Box>
  );
}

type Values = ReadonlyMap<string, string>;

/** The values of a row by column id, made once a row; what they need is noted in `widest`. */
function rowValues<Row extends object>(
  columns: readonly Column<Row>[],
  widest: Map<string, number>,
): (row: Row) => Values {
  const known = new WeakMap<Row, Values>();
  return (row) => {
    const before = known.get(row);
    if (before !== undefined) return before;
    const values = new Map<string, string>();
    for (const column of columns) {
      const value = column.value(row);
      values.set(column.id, value);
      const needed = widthOf(column.needed?.(row) ?? value);
      if (needed > (widest.get(column.id) ?? -1)) widest.set(column.id, needed);
    }
    known.set(row, values);
    return values;
  };
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
  valuesOf: (row: Row) => Values,
  gap: string,
  theme: Theme,
): (row: Row) => string {
  const known = new WeakMap<Row, string>();
  return (row) => {
    const text = known.get(row) ?? rowText(row, placed, valuesOf, gap, theme);
    known.set(row, text);
    return text;
  };
}

/** The cells of a row, painted by a theme or plain. */
function rowText<Row>(
  row: Row,
  placed: readonly PlacedColumn<Row>[],
  valuesOf: (row: Row) => Values,
  gap: string,
  theme: Theme | null,
): string {
  const values = valuesOf(row);
  const texts = placed.map((place) => {
    const text = cellText(place, row, values.get(place.column.id));
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
