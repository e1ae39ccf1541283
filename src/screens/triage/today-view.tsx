import type { ReactNode } from 'react';
import type { ConsoleState } from '../../state/console-state.ts';
import { rowUnderCursor } from '../../state/list.ts';
import { rowId } from '../../state/row-id.ts';
import type { TodayRow, TodayScreen } from '../../state/triage-screens.ts';
import { itemLabel, itemReason, itemSubject, leftOutSentences, todayTitle } from '../../triage/today-words.ts';
import type { Column } from '../parts/columns.ts';
import type { PieceLine } from '../parts/fields.ts';
import type { Piece } from '../parts/spread.ts';
import type { Theme, Tone } from '../parts/theme.ts';
import { useTheme } from '../parts/theme.ts';
import { visible } from '../text/cells.ts';
import { wrap } from '../text/wrap.ts';
import { DetailList } from './detail-list.tsx';

/** What needs a person, one line an item, the most urgent first. */
export function TodayView({
  screen,
  state,
}: {
  readonly screen: TodayScreen;
  readonly state: ConsoleState;
}): ReactNode {
  const theme = useTheme();
  const row = rowUnderCursor(screen.list, rowId.today);
  return (
    <DetailList
      state={state}
      list={screen.list}
      columns={todayColumns(state, theme)}
      rowKey={rowId.today}
      title={titleOf(screen)}
      empty={['Nothing needs you, as far as the cache and the journal know.', 'Esc goes back; r reads again.']}
      detail={row === null ? [] : detailOf(row, state)}
    />
  );
}

function todayColumns(state: ConsoleState, theme: Theme): readonly Column<TodayRow>[] {
  const reader = { now: state.now };
  return [
    {
      id: 'label',
      title: 'DUE',
      rank: 1,
      min: 15,
      value: ({ item }) => itemLabel(item, theme.marks.name),
      tone: urgencyTone,
    },
    {
      id: 'who',
      title: 'WHO',
      rank: 0,
      min: 24,
      good: 34,
      grow: 2,
      max: 48,
      value: ({ item }) => itemSubject(item),
    },
    {
      id: 'why',
      title: 'WHY',
      rank: 1,
      min: 20,
      good: 34,
      grow: 3,
      value: ({ item }) => itemReason(item, reader),
      tone: () => 'dim',
    },
    { id: 'next', title: 'NEXT', rank: 2, min: 12, value: nextKey },
  ];
}

function urgencyTone({ item }: TodayRow): Tone {
  if (item.urgency === 'now') return 'bad';
  return item.urgency === 7 ? 'warn' : 'dim';
}

function nextKey({ item, row }: TodayRow): string {
  if (item.kind === 'unknown') return 's settles';
  if (item.kind === 'connection') return 'Enter why';
  return row === null && item.journalId === null ? '' : 'Enter opens';
}

function titleOf({ found }: TodayScreen): readonly Piece[] {
  if (found === null) return [{ text: 'Today', tone: 'bold' }];
  const left = leftOutSentences(found).map(({ label }) => label);
  const unread = found.missing.map(({ message }) => message);
  return [
    { text: 'Today   ', tone: 'bold' },
    { text: todayTitle(found), tone: 'warn' },
    ...(left.length === 0 ? [] : [{ text: ` (${left.join(', ')})`, tone: 'dim' as const }]),
    ...(unread.length === 0 ? [] : [{ text: `   ${visible(unread.join(' '))}`, tone: 'warn' as const }]),
  ];
}

/** Why, whole, and the next step in words that can be copied. */
function detailOf({ item }: TodayRow, state: ConsoleState): readonly PieceLine[] {
  const room = state.columns - 6;
  const why = wrap(`${itemSubject(item)}: ${itemReason(item, { now: state.now })}.`, room);
  return [
    ...why.slice(0, 2).map((text): PieceLine => [{ text }]),
    [
      { text: visible(`${item.next}.`), tone: 'dim' },
      ...(item.deadline === null ? [] : [{ text: '   ? the vendor’s rule', tone: 'dim' as const }]),
    ],
  ];
}
