import { Box } from 'ink';
import type { ReactNode } from 'react';
import { namedMessage } from '../../model/fault.ts';
import type { ConnectionView, ConsoleState } from '../../state/console-state.ts';
import { bannerLines, listHeight, troubled } from '../../state/layout.ts';
import type { List } from '../../state/list.ts';
import type { Column } from '../parts/columns.ts';
import { caretColumn, InputCursor } from '../parts/input-cursor.tsx';
import type { Piece } from '../parts/spread.ts';
import { spread } from '../parts/spread.ts';
import { Line, Table } from '../parts/table.tsx';
import type { Theme } from '../parts/theme.ts';
import { useTheme } from '../parts/theme.ts';
import { visible } from '../text/cells.ts';
import { morePieces } from './title.ts';

interface ListViewProps<Row> {
  readonly state: ConsoleState;
  readonly list: List<Row>;
  readonly data: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly marks?: ReadonlySet<string>;
  readonly title: readonly Piece[];
  readonly empty: readonly string[];
}

/** A list: its title, the table or why it is empty, and a line for each connection that failed. */
export function ListView<Row>(props: ListViewProps<Row>): ReactNode {
  const theme = useTheme();
  const { state, list } = props;
  const width = state.columns - 2;
  const height = listHeight(state);
  const column = caretColumn(props.title);
  return (
    <Box flexDirection="column">
      {bannerLines(state).map((line) => (
        <Line key={line} text={` ${theme.paint('accent', visible(line))}`} />
      ))}
      {column === null ? null : <InputCursor x={1 + column} y={1 + bannerLines(state).length} />}
      <Line text={` ${spread(theme, width, props.title, morePieces(list, height, theme))}`} />
      {list.stamp !== null && list.total === 0 ? (
        <Box flexDirection="column" height={height + 1} paddingTop={1}>
          {props.empty.map((line, index) => (
            <Line key={line} text={`   ${theme.paint(index === 0 ? 'plain' : 'dim', visible(line))}`} />
          ))}
        </Box>
      ) : (
        <Table
          data={props.data}
          columns={props.columns}
          width={state.columns}
          height={height}
          rowKey={props.rowKey}
          cursor={list.cursor}
          {...(props.marks === undefined ? {} : { marks: props.marks })}
        />
      )}
      {troubled(state).map((view) => (
        <Line key={view.name} text={` ${troubleLine(view, width, theme)}`} />
      ))}
    </Box>
  );
}

function troubleLine(view: ConnectionView, width: number, theme: Theme): string {
  const fault = view.freshness.lastFault;
  return spread(
    theme,
    width,
    [
      { text: `${theme.marks.bad} `, tone: 'bad' },
      { text: visible(namedMessage({ connection: view.name, message: fault?.message ?? '' })) },
      { text: `  ${visible(fault?.next ?? '')}`, tone: 'dim' },
    ],
    [
      { text: 'r', tone: 'key' },
      { text: ' reads again', tone: 'dim' },
    ],
  );
}
