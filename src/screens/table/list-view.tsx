import { Box } from 'ink';
import type { ReactNode } from 'react';
import { namedMessage } from '../../model/fault.ts';
import { paletteWords } from '../../model/palette-words.ts';
import type { ConnectionView, ConsoleState } from '../../state/console-state.ts';
import { bannerLines, linesAboveList, listHeight, nextStandsBelow, troubled } from '../../state/layout.ts';
import type { List } from '../../state/list.ts';
import { listName } from '../../state/list-name.ts';
import { FilterHelp } from '../parts/filter-line.tsx';
import type { Piece } from '../parts/line-pieces.ts';
import { spread } from '../parts/line-pieces.ts';
import type { Theme } from '../parts/theme.ts';
import { useTheme } from '../parts/theme.ts';
import type { TitlePart } from '../parts/title-line.ts';
import { TitleRow } from '../parts/title-row.tsx';
import { visible } from '../text/cells.ts';
import type { Column } from './columns.ts';
import { positionPart } from './list-title.ts';
import { Line, Table } from './table.tsx';

interface ListViewProps<Row> {
  readonly state: ConsoleState;
  readonly list: List<Row>;
  readonly data: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly marks?: ReadonlySet<string>;
  readonly title: readonly TitlePart[];
  readonly empty: readonly string[];
}

/** A list: its title, the table or why it is empty, and a line for each failed connection. */
export function ListView<Row extends object>(props: ListViewProps<Row>): ReactNode {
  const theme = useTheme();
  const { state, list } = props;
  const width = state.columns - 2;
  const height = listHeight(state);
  return (
    <Box flexDirection="column">
      {bannerLines(state).map((line) => (
        <Line key={line} text={` ${theme.paint('accent', visible(line))}`} />
      ))}
      <TitleRow
        width={state.columns}
        y={1 + linesAboveList(state) + bannerLines(state).length}
        left={props.title}
        right={[positionPart(list, height, theme)]}
      />
      {list.stamp !== null && list.total === 0 ? (
        <Box flexDirection="column" height={height + 1} paddingTop={1}>
          {props.empty.map((line, index) => (
            <Line key={line} text={`   ${theme.paint(index === 0 ? 'plain' : 'dim', visible(line))}`} />
          ))}
        </Box>
      ) : (
        <Table
          list={listName(state)}
          data={props.data}
          columns={props.columns}
          width={state.columns}
          height={height}
          rowKey={props.rowKey}
          cursor={list.cursor}
          {...(props.marks === undefined ? {} : { marks: props.marks })}
        />
      )}
      <FilterHelp state={state} />
      {troubled(state).flatMap((view) =>
        trouble(view, nextStandsBelow(view, state.columns), theme).map(([left, right], at) => (
          <Line key={[view.name, at].join(' ')} text={` ${spread(theme, width, left, right)}`} />
        )),
      )}
    </Box>
  );
}

/** One line with a left and a right part. */
type Spread = readonly [left: readonly Piece[], right: readonly Piece[]];

/** What happened and what to do, on one line or two. */
function trouble(view: ConnectionView, below: boolean, theme: Theme): readonly Spread[] {
  const { message = '', next: words = '' } = view.freshness.lastFault ?? {};
  const next = paletteWords(words);
  const happened: readonly Piece[] = [
    { text: `${theme.marks.bad} `, tone: 'bad' },
    { text: visible(namedMessage({ connection: view.name, message })) },
  ];
  const mends: readonly Piece[] = [
    { text: 'r', tone: 'key' },
    { text: ' refreshes', tone: 'dim' },
  ];
  const todo: Piece = { text: `  ${visible(next)}`, tone: 'dim' };
  return below
    ? [
        [happened, mends],
        [[todo], []],
      ]
    : [[[...happened, todo], mends]];
}
