import { Box } from 'ink';
import { type ReactNode, useMemo } from 'react';
import { sinceWords } from '../../commands/since.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { linesAboveTimeline, listHeight } from '../../state/layout.ts';
import { visibleRows } from '../../state/list.ts';
import { listName } from '../../state/list-name.ts';
import { mostRecords } from '../../state/record-rows.ts';
import { rowId } from '../../state/row-id.ts';
import type { ChangesScreen, SubscriptionScreen } from '../../state/screen.ts';
import { FilterHelp, filterParts, shownForms } from '../parts/filter-line.tsx';
import { spread } from '../parts/line-pieces.ts';
import { tabStrip } from '../parts/tab-strip.ts';
import { useTheme } from '../parts/theme.ts';
import { aboutPart, inForms, nameOf, titleRanks } from '../parts/title-line.ts';
import { TitleRow } from '../parts/title-row.tsx';
import { noMatch } from '../table/empty-list.ts';
import { positionPart } from '../table/list-title.ts';
import { ListView } from '../table/list-view.tsx';
import { Line, Table } from '../table/table.tsx';
import { timelineColumns } from '../table/timeline-columns.ts';
import { visible } from '../text/cells.ts';
import { ago } from '../text/dates.ts';
import { count } from '../text/numbers.ts';
import { wrapInto } from '../text/wrap.ts';
import { openTabLabel, tabLabels } from './subscription/tab-labels.ts';

/** The tab in which the vendor's history, the changes between syncs and the journal stand by time. */
export function TimelineView({
  screen,
  state,
}: {
  readonly screen: SubscriptionScreen;
  readonly state: ConsoleState;
}): ReactNode {
  const theme = useTheme();
  const { timeline, hiddenColumns: hidden, filterText } = screen;
  const { now } = state;
  const columns = useMemo(
    () => timelineColumns('one', { now, marks: theme.marks, hidden }),
    [now, theme.marks, hidden],
  );
  const height = listHeight(state);
  const width = state.columns - 2;
  const filter = filterParts(state, shownForms(timeline.total));
  const [left, right] =
    filter.length === 0
      ? [[tabStrip(tabLabels(screen), screen.tab)], []]
      : [[nameOf(openTabLabel(screen)), ...filter], [positionPart(timeline, height, theme)]];
  const isEmpty = timeline.stamp !== null && timeline.total === 0;
  const empty = filterText === '' ? ['Nothing is known yet.', 'r reads the vendor’s history.'] : noMatch(screen, state);
  const about = wrapInto(linesAboveTimeline, aboutTimeline(screen, now), width);
  return (
    <Box flexDirection="column">
      <TitleRow width={state.columns} y={1} left={left} right={right} />
      {Array.from({ length: linesAboveTimeline }, (_, index) => {
        const key = `about ${index}`;
        return (
          <Line key={key} text={` ${spread(theme, width, [{ text: visible(about[index] ?? ''), tone: 'dim' }])}`} />
        );
      })}
      {isEmpty ? (
        <Box flexDirection="column" height={height + 1} paddingTop={1}>
          {empty.map((line, index) => (
            <Line key={line} text={`   ${theme.paint(index === 0 ? 'plain' : 'dim', visible(line))}`} />
          ))}
        </Box>
      ) : (
        <Table
          list={listName(state)}
          data={visibleRows(timeline, height)}
          columns={columns}
          width={state.columns}
          height={height}
          rowKey={rowId.timeline}
          cursor={timeline.cursor}
        />
      )}
      <FilterHelp state={state} />
    </Box>
  );
}

/** Where the lines are from, and how old the vendor's part is. */
function aboutTimeline({ history }: SubscriptionScreen, now: number): string {
  const others = 'changes between syncs, and this journal. Enter opens a line; < > scroll.';
  switch (history.kind) {
    case 'idle':
    case 'loading':
      return `Reading the vendor’s history…; ${others}`;
    case 'not-kept':
      return `Without the vendor’s history, which was never read (o goes online); ${others}`;
    case 'no':
      return `Without a history of the vendor: ${history.reason} Here are ${others}`;
    case 'fault':
      return `Without the vendor’s history: ${history.fault.message} Here are ${others}`;
    case 'ready': {
      const { at, through, isOutdated, asked } = history;
      const where = through === null ? '' : ` through ${through}`;
      const since = isOutdated ? ', before the last change was sent' : '';
      const again =
        asked === 'running' ? ', being read again' : typeof asked === 'object' ? `; then: ${asked.message}` : '';
      return `The vendor’s history, read ${ago(new Date(at).toISOString(), now)}${where}${since}${again}; ${others}`;
    }
  }
}

/** What changed between syncs, of every subscription. */
export function ChangesView({
  screen,
  state,
}: {
  readonly screen: ChangesScreen;
  readonly state: ConsoleState;
}): ReactNode {
  const theme = useTheme();
  const { list, found, since, connections, hiddenColumns: hidden } = screen;
  const { now } = state;
  const columns = useMemo(
    () => timelineColumns('many', { now, marks: theme.marks, hidden }),
    [now, theme.marks, hidden],
  );
  const filter = filterParts(state, shownForms(list.total));
  const where = connections === null || connections.length > 1 ? '' : ` of ${connections.join(', ')}`;
  const latest = found?.length === mostRecords ? `, the latest ${count(mostRecords)}` : '';
  const about = aboutPart(`between syncs, ${sinceWords(since.text)}${where}${latest}   < > scroll`);
  return (
    <ListView
      state={state}
      list={list}
      data={visibleRows(list, listHeight(state))}
      columns={columns}
      rowKey={rowId.timeline}
      title={[
        nameOf('Changes'),
        inForms(titleRanks.count, [{ text: ` ${count(found?.length ?? null)}` }]),
        ...(filter.length === 0 ? [about] : filter),
      ]}
      empty={
        screen.filter.length > 0
          ? noMatch(screen, state)
          : [
              `No changes ${sinceWords(since.text)}.`,
              'Esc goes back; :subscription changes --since month looks further.',
            ]
      }
    />
  );
}
