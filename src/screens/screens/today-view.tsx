import type { ReactNode } from 'react';
import { paletteWords } from '../../model/palette-words.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { isLow } from '../../state/layout.ts';
import { rowUnderCursor } from '../../state/list.ts';
import { rowId } from '../../state/row-id.ts';
import type { TodayRow, TodayScreen } from '../../state/today-screens.ts';
import {
  itemBrief,
  itemLabel,
  itemReason,
  itemSubject,
  leftOutSentences,
  nextSentence,
  todayTitle,
} from '../../today/today-words.ts';
import type { PieceLine } from '../parts/fields.ts';
import type { Piece } from '../parts/line-pieces.ts';
import type { Theme, Tone } from '../parts/theme.ts';
import { useTheme } from '../parts/theme.ts';
import { readAlike, withColumn } from '../table/alike.ts';
import type { Column } from '../table/columns.ts';
import { visible, widthOf } from '../text/cells.ts';
import { clip } from '../text/fit.ts';
import { wrapInto } from '../text/wrap.ts';
import { DetailList } from './detail-list.tsx';

/** What needs attention: one line an item, the most urgent first. */
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
      columns={todayColumns(screen, state, theme)}
      rowKey={rowId.today}
      title={titleOf(screen, state.now)}
      empty={['Nothing needs attention, according to the cache and the journal.', 'Esc goes back; r refreshes.']}
      detail={row === null ? [] : detailOf(row, state)}
    />
  );
}

function todayColumns({ list }: TodayScreen, state: ConsoleState, theme: Theme): readonly Column<TodayRow>[] {
  const reader = { now: state.now };
  const columns: readonly Column<TodayRow>[] = [
    {
      id: 'label',
      title: 'DUE',
      rank: 0,
      min: 12,
      good: 13,
      value: ({ item }) => itemLabel(item, theme.marks.name),
      tone: urgencyTone,
    },
    {
      id: 'who',
      title: 'WHO',
      rank: 0,
      min: 22,
      good: 24,
      grow: 2,
      max: 48,
      value: ({ item }) => itemSubject(item),
    },
    {
      id: 'why',
      title: 'WHY',
      rank: 1,
      min: 18,
      good: 30,
      grow: 3,
      value: ({ item }) => itemBrief(item, reader).join(' · '),
      short: ({ item }, width) => whatFits(itemBrief(item, reader), width),
      tone: () => 'dim',
    },
    at,
    { id: 'next', title: 'NEXT', rank: 2, min: 12, value: nextKey },
  ];
  const saying = ({ item }: TodayRow) => `${item.kind}\n${itemSubject(item)}`;
  return readAlike(list.rows, saying, at.value) ? withColumn(columns, at) : columns;
}

const at: Column<TodayRow> = {
  id: 'connection',
  title: 'AT',
  rank: 6,
  min: 14,
  max: 20,
  value: ({ item }) => item.connection,
  tone: () => 'dim',
};

/** As many parts as fit, each complete; the first one is truncated if it does not fit by itself. */
function whatFits(parts: readonly string[], width: number): string {
  const fitting = parts.reduce((text, part) => {
    const longer = `${text} · ${part}`;
    return widthOf(longer) <= width ? longer : text;
  });
  return clip(fitting, width);
}

function urgencyTone({ item }: TodayRow): Tone {
  if (item.urgency === 'now') return 'bad';
  return item.urgency === 'soon' ? 'warn' : 'dim';
}

/** The key of the next step; the step in words is below the list. */
function nextKey({ item: { kind, next } }: TodayRow): string {
  if (kind === 'unknown') return 's settles';
  return next === null ? '' : `${next.key} ${next.label}`;
}

function titleOf({ found }: TodayScreen, now: number): readonly Piece[] {
  if (found === null) return [{ text: 'Today', tone: 'bold' }];
  const left = leftOutSentences(found);
  const said = left.map(({ label }) => label);
  const unread = found.missing.map(({ message }) => message);
  return [
    { text: 'Today   ', tone: 'bold' },
    { text: todayTitle(found, now), tone: 'warn' },
    ...(said.length === 0 ? [] : [{ text: ` (${said.join(', ')})`, tone: 'dim' as const }]),
    ...(unread.length === 0 ? [] : [{ text: `   ${visible(unread.join(' '))}`, tone: 'warn' as const }]),
  ];
}

/** The full reason, and the next step as words that can be copied. A low screen names the subject in the list only. */
function detailOf({ item }: TodayRow, state: ConsoleState): readonly PieceLine[] {
  const room = state.columns - 6;
  const reason = itemReason(item, { now: state.now });
  const low = isLow(state);
  const why = low ? wrapInto(1, `${reason}.`, room) : wrapInto(2, `${itemSubject(item)}: ${reason}.`, room);
  const next = wrapInto(2, visible(`${paletteWords(nextSentence(item) ?? '')}.`), room);
  return [
    ...why.map((text): PieceLine => [{ text }]),
    ...next.map((text): PieceLine => [{ text, tone: 'dim' }]),
    ...(item.deadline === null ? [] : [[{ text: '? has the vendor’s rule', tone: 'dim' as const }]]),
  ];
}
