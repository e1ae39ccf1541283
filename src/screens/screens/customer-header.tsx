import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Customer } from '../../customers/customer.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { type CustomerFrame, type CustomerTab, customerTabs, tabCounts } from '../../state/customer-screen.ts';
import type { Piece } from '../parts/line-pieces.ts';
import { spread } from '../parts/line-pieces.ts';
import { tabStrip } from '../parts/tab-strip.ts';
import { useTheme } from '../parts/theme.ts';
import { optional, titleRanks } from '../parts/title-line.ts';
import { TitleRow } from '../parts/title-row.tsx';
import { Line } from '../table/table.tsx';
import { visible } from '../text/cells.ts';
import { count, counted } from '../text/numbers.ts';

export const tabNames: Readonly<Record<CustomerTab, string>> = {
  subscriptions: 'Subscriptions',
  addons: 'Add-ons',
  requests: 'Requests',
  deadlines: 'Deadlines',
  changes: 'Changes',
  journal: 'Journal',
};

/** The tabs with their counts, and below them what is suggested. */
export function CustomerHeader({
  frame,
  tab,
  state,
}: {
  readonly frame: CustomerFrame;
  readonly tab: CustomerTab;
  readonly state: ConsoleState;
}): ReactNode {
  const theme = useTheme();
  const width = state.columns - 2;
  const about = frame.customer === null ? '' : aboutText(frame.customer);
  const right = [
    optional(titleRanks.hint, { text: about, tone: 'dim' }),
    optional(titleRanks.order, { text: 'Tab', tone: 'key' }),
  ];
  const tabs = [tabStrip(customerLabels(frame), customerTabs.indexOf(tab))];
  const suggested = frame.customer === null ? [] : suggestionPieces(frame.customer);
  return (
    <Box flexDirection="column">
      <TitleRow width={state.columns} y={1} left={tabs} right={right} />
      {suggested.length === 0 ? null : <Line text={` ${spread(theme, width, suggested)}`} />}
    </Box>
  );
}

function customerLabels(frame: CustomerFrame): readonly string[] {
  const counts = tabCounts(frame);
  return customerTabs.map((tab) => {
    const number = counts === null || counts[tab] === 0 ? '' : ` ${count(counts[tab])}`;
    return `${tabNames[tab]}${number}`;
  });
}

/** `3 organizations, confirmed by anna`. */
function aboutText({ isLinked, organizations }: Customer): string {
  if (!isLinked) return 'one organization';
  const people = [...new Set(organizations.flatMap(({ link }) => link?.by ?? []))];
  return `${counted(organizations.length, 'organization')}, confirmed by ${visible(people.join(', '))}`;
}

/** The same name or domain elsewhere, with the keys that say what it means. */
export function suggestionPieces({ organizations: own, suggestion }: Customer): readonly Piece[] {
  if (suggestion === null) return [];
  const others = [...suggestion.members, ...suggestion.organizations].filter(
    ({ key }) => !own.some((each) => each.key === key),
  );
  const places = [...new Set(others.flatMap(({ pins: [first] }) => first?.connection ?? []))];
  return [
    { text: '=', tone: 'key' },
    { text: ' the same customer   ', tone: 'dim' },
    { text: '-', tone: 'key' },
    { text: ' another one   ', tone: 'dim' },
    {
      text: visible(
        `same ${suggestion.domain === null ? 'name' : `domain (${suggestion.domain})`} at ${places.join(', ')}`,
      ),
    },
  ];
}
