import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { ConsoleState } from '../../state/console-state.ts';
import { detailHeight, listHeight } from '../../state/layout.ts';
import type { List } from '../../state/list.ts';
import { visibleRows } from '../../state/list.ts';
import { listName } from '../../state/list-name.ts';
import type { PieceLine } from '../parts/fields.ts';
import { FilterHelp } from '../parts/filter-line.tsx';
import { spread } from '../parts/line-pieces.ts';
import { useTheme } from '../parts/theme.ts';
import type { TitlePart } from '../parts/title-line.ts';
import { TitleRow } from '../parts/title-row.tsx';
import type { Column } from '../table/columns.ts';
import { positionPart } from '../table/list-title.ts';
import { Line, Table } from '../table/table.tsx';
import { visible } from '../text/cells.ts';

interface DetailListProps<Row> {
  readonly state: ConsoleState;
  readonly list: List<Row>;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly title: readonly TitlePart[];
  readonly empty: readonly string[];
  /** The row under the cursor in sentences. */
  readonly detail: readonly PieceLine[];
}

/** A list with one short line an item and the full text of the selected one below it. */
export function DetailList<Row extends object>(props: DetailListProps<Row>): ReactNode {
  const theme = useTheme();
  const { state, list } = props;
  const width = state.columns - 2;
  const height = listHeight(state);
  return (
    <Box flexDirection="column">
      <TitleRow width={state.columns} y={1} left={props.title} right={[positionPart(list, height, theme)]} />
      {list.stamp !== null && list.total === 0 ? (
        <Box flexDirection="column" height={height + 1} paddingTop={1}>
          {props.empty.map((line, index) => (
            <Line key={line} text={`   ${theme.paint(index === 0 ? 'plain' : 'dim', visible(line))}`} />
          ))}
        </Box>
      ) : (
        <Table
          list={listName(state)}
          data={visibleRows(list, height)}
          columns={props.columns}
          width={state.columns}
          height={height}
          rowKey={props.rowKey}
          cursor={list.cursor}
        />
      )}
      <Line text={` ${theme.paint('dim', theme.marks.rest.repeat(width))}`} />
      {props.detail.slice(0, detailHeight(state) - 1).map((line, index) => {
        const key = `${index}`;
        return <Line key={key} text={`   ${spread(theme, state.columns - 6, line)}`} />;
      })}
      <FilterHelp state={state} />
    </Box>
  );
}
