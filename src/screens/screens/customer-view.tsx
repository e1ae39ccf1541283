import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { CustomerPage } from '../../customers/customer-page.ts';
import { paletteWords } from '../../model/palette-words.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { CustomerScreen } from '../../state/customer-screen.ts';
import { listHeight } from '../../state/layout.ts';
import { visibleRows } from '../../state/list.ts';
import { rowId } from '../../state/row-id.ts';
import { filterParts, shownForms } from '../parts/filter-line.tsx';
import { useTheme } from '../parts/theme.ts';
import { cuttable, nameOf, type TitlePart, titleRanks } from '../parts/title-line.ts';
import { customerColumns } from '../table/customer-columns.ts';
import { noMatch } from '../table/empty-list.ts';
import { ListView } from '../table/list-view.tsx';
import { visible } from '../text/cells.ts';
import { counted } from '../text/numbers.ts';
import { wrapInto } from '../text/wrap.ts';
import { CustomerHeader, tabNames } from './customer-header.tsx';

/** A tab of a customer beside its subscriptions. */
export function CustomerView({
  screen,
  state,
}: {
  readonly screen: CustomerScreen;
  readonly state: ConsoleState;
}): ReactNode {
  const theme = useTheme();
  const { frame, tab, list } = screen;
  return (
    <Box flexDirection="column">
      <CustomerHeader frame={frame} tab={tab} state={state} />
      <ListView
        state={state}
        list={list}
        data={visibleRows(list, listHeight(state))}
        columns={customerColumns(screen, state, theme)}
        rowKey={rowId.customer}
        title={titleOf(screen, state)}
        empty={emptyLines(screen, state)}
      />
    </Box>
  );
}

const abouts: Readonly<Record<CustomerScreen['tab'], string>> = {
  addons: '/ finds one by name or id',
  requests: 'requests that the vendors are processing',
  deadlines: 'what Today has of this customer',
  changes: 'between syncs, of the subscriptions in the cache',
  journal: 'what was sent, with the outcome',
};

function titleOf({ tab, list, frame }: CustomerScreen, state: ConsoleState): readonly TitlePart[] {
  const filter = filterParts(state, shownForms(list.total));
  if (filter.length > 0) return [nameOf(tabNames[tab]), ...filter];
  const unread = tab === 'addons' && frame.page !== null ? unreadText(frame.page) : null;
  return [
    cuttable(titleRanks.hint, abouts[tab], 0, 'dim'),
    ...(unread === null ? [] : [cuttable(titleRanks.warning, `   ${unread}`, 20, 'warn')]),
  ];
}

/** `13 subscriptions not read`. */
function unreadText({ unread }: CustomerPage): string | null {
  return unread === 0 ? null : `${counted(unread, 'subscription')} not read: A reads them`;
}

function emptyLines(screen: CustomerScreen, state: ConsoleState): readonly string[] {
  const { tab, frame, filterText } = screen;
  if (filterText !== '') return noMatch(screen, state);
  switch (tab) {
    case 'addons':
      return frame.page === null || frame.page.unread === 0
        ? ['Its subscriptions have no add-ons.', 'Esc goes back.']
        : [
            `The add-ons of ${counted(frame.page.unread, 'subscription')} were never read.`,
            ...commandLines(frame.page, state),
          ];
    case 'requests':
      return ['No request is open.', 'R shows the requests of all customers.'];
    case 'deadlines':
      return ['Nothing needs attention, according to the cache and the journal.', 'T shows all customers.'];
    case 'changes':
      return ['Nothing changed between syncs.', 'r reads its organizations again.'];
    case 'journal':
      return ['Nothing was sent for this customer.', 'J shows the whole journal.'];
  }
}

const mostCommandLines = 8;

/** The commands that read add-ons, as the palette takes them. */
function commandLines({ commands }: CustomerPage, state: ConsoleState): readonly string[] {
  const lines = commands.flatMap((command) => wrapInto(2, visible(paletteWords(command)), state.columns - 6));
  return ['A reads them, or type:', ...lines.slice(0, mostCommandLines)];
}
