import { Box } from 'ink';
import { type ReactNode, useMemo } from 'react';
import type { ConsoleState } from '../../state/console-state.ts';
import { listHeight } from '../../state/layout.ts';
import { visibleRows } from '../../state/list.ts';
import { listName, screenOfColumns } from '../../state/list-name.ts';
import { rowId } from '../../state/row-id.ts';
import type { JournalScreen, LevelScreen, RequestsScreen, Screen, SubscriptionsScreen } from '../../state/screen.ts';
import { chosenColumns } from '../../state/table-layout.ts';
import { filterParts, shownForms } from '../parts/filter-line.tsx';
import { useTheme } from '../parts/theme.ts';
import { aboutPart, nameOf, type TitlePart } from '../parts/title-line.ts';
import { needsConnection } from '../table/alike.ts';
import { noMatch, whyEmpty } from '../table/empty-list.ts';
import { entriesReadAlike, journalColumns } from '../table/journal-columns.ts';
import { levelColumns } from '../table/level-columns.ts';
import { listTitle } from '../table/list-title.ts';
import { ListView } from '../table/list-view.tsx';
import { requestColumns, requestsReadAlike } from '../table/request-columns.ts';
import { subscriptionColumns, workIn } from '../table/subscription-columns.ts';
import { useAlikeSeen } from '../table/widest-seen.ts';
import { CustomerHeader } from './customer-header.tsx';

interface Props<Of> {
  readonly screen: Of;
  readonly state: ConsoleState;
}

export function LevelView({ screen, state }: Props<LevelScreen>): ReactNode {
  const theme = useTheme();
  const { level } = screen;
  const { now } = state;
  const chosen = chosenColumns(state, screen);
  const names = useAlikeSeen(listName(state), needsConnection(screen, state));
  const columns = useMemo(() => levelColumns(level, now, chosen, names), [level, now, chosen, names]);
  return (
    <ListView
      state={state}
      list={screen.list}
      data={visibleRows(screen.list, listHeight(state))}
      columns={columns}
      rowKey={rowId.level}
      title={listTitle(screen, state, theme)}
      empty={whyEmpty(screen, state)}
    />
  );
}

export function SubscriptionsView({ screen, state }: Props<SubscriptionsScreen>): ReactNode {
  const theme = useTheme();
  const { trail, sort, frame } = screen;
  const { filter } = subscriptionsOf(screenOfColumns(state)) ?? screen;
  const { requests, connections, colleagues, now } = state;
  const chosen = chosenColumns(state, screen);
  const names = useAlikeSeen(listName(state), needsConnection(screen, state));
  const columns = useMemo(
    () =>
      subscriptionColumns(
        { trail, sort, filter, frame },
        workIn({ requests, connections, colleagues }),
        now,
        theme.marks,
        chosen,
        names,
      ),
    [trail, sort, filter, frame, requests, connections, colleagues, now, theme.marks, chosen, names],
  );
  const list = (
    <ListView
      state={state}
      list={screen.list}
      data={visibleRows(screen.list, listHeight(state))}
      columns={columns}
      rowKey={rowId.subscriptions}
      marks={screen.marks}
      title={listTitle(screen, state, theme)}
      empty={whyEmpty(screen, state)}
    />
  );
  if (frame === null) return list;
  return (
    <Box flexDirection="column">
      <CustomerHeader frame={frame} tab="subscriptions" state={state} />
      {list}
    </Box>
  );
}

/** The list whose filter the columns are laid out for; null: the screen is none. */
function subscriptionsOf(screen: Screen): SubscriptionsScreen | null {
  return screen.kind === 'subscriptions' ? screen : null;
}

export function RequestsView({ screen, state }: Props<RequestsScreen>): ReactNode {
  const theme = useTheme();
  const areAlike = useAlikeSeen(listName(state), requestsReadAlike(screen.list.rows));
  return (
    <ListView
      state={state}
      list={screen.list}
      data={visibleRows(screen.list, listHeight(state))}
      columns={requestColumns(state.now, theme.marks, chosenColumns(state, screen), areAlike)}
      rowKey={rowId.requests}
      title={[nameOf('Requests'), ...filteredOr(screen, state, 'open requests at the vendors, and settled ones')]}
      empty={screen.filter.length > 0 ? noMatch(screen, state) : ['There are no open requests.', 'Esc goes back.']}
    />
  );
}

export function JournalView({ screen, state }: Props<JournalScreen>): ReactNode {
  const theme = useTheme();
  const { rows } = screen.list;
  const areAlike = useAlikeSeen(listName(state), entriesReadAlike(rows));
  return (
    <ListView
      state={state}
      list={screen.list}
      data={visibleRows(screen.list, listHeight(state))}
      columns={journalColumns(state.now, theme.marks, chosenColumns(state, screen), rows, areAlike)}
      rowKey={rowId.journal}
      title={[nameOf('Journal'), ...filteredOr(screen, state, 'what was sent, with the outcome')]}
      empty={screen.filter.length > 0 ? noMatch(screen, state) : ['Nothing has been sent yet.', 'Esc goes back.']}
    />
  );
}

/** The filter of a list in memory, or what the list is. */
function filteredOr(
  { list }: Pick<JournalScreen | RequestsScreen, 'list'>,
  state: ConsoleState,
  about: string,
): readonly TitlePart[] {
  const filter = filterParts(state, shownForms(list.total));
  return filter.length > 0 ? filter : [aboutPart(about)];
}
