import { Box } from 'ink';
import type { ReactNode } from 'react';
import { fold } from '../../model/filter-fold.ts';
import { type ConsoleState, topScreen } from '../../state/console-state.ts';
import { textHeight } from '../../state/layout.ts';
import { type EntryScreen, type ReplyScreen, type SubscriptionScreen, tabOf } from '../../state/screen.ts';
import { filterTextOf } from '../../state/screen-filter.ts';
import { faultPieces } from '../parts/fault-pieces.ts';
import type { PieceLine } from '../parts/fields.ts';
import { FilterHelp, filterParts } from '../parts/filter-line.tsx';
import { tabStrip } from '../parts/tab-strip.ts';
import { TextView } from '../parts/text-view.tsx';
import { useTheme } from '../parts/theme.ts';
import { nameOf, type TitlePart } from '../parts/title-line.ts';
import { TitleRow } from '../parts/title-row.tsx';
import { Line } from '../table/table.tsx';
import { visible, widthOf } from '../text/cells.ts';
import { fromCell } from '../text/fit.ts';
import { wrap } from '../text/wrap.ts';
import { entryLines } from './entry-lines.ts';
import { replyTexts } from './reply-texts.ts';
import { openTabLabel, tabLabels } from './subscription/tab-labels.ts';
import { tabLines } from './subscription/tab-lines.ts';
import { TimelineView } from './timeline-views.tsx';

interface Props<Screen> {
  readonly screen: Screen;
  readonly state: ConsoleState;
}

export function SubscriptionView({ screen, state }: Props<SubscriptionScreen>): ReactNode {
  const theme = useTheme();
  if (tabOf(screen).kind === 'timeline' && screen.subscription !== null) {
    return <TimelineView screen={screen} state={state} />;
  }
  return (
    <TextScreen
      state={state}
      scroll={screen.scroll}
      title={tabStrip(tabLabels(screen), screen.tab)}
      name={openTabLabel(screen)}
      lines={tabLines(screen, state, theme)}
    />
  );
}

export function EntryView({ screen, state }: Props<EntryScreen>): ReactNode {
  const theme = useTheme();
  return (
    <TextScreen
      state={state}
      scroll={screen.scroll}
      title={nameOf('Journal entry')}
      name="Journal entry"
      lines={entryLines(screen, state, theme)}
    />
  );
}

export function ReplyView({ screen, state }: Props<ReplyScreen>): ReactNode {
  const lines: readonly PieceLine[] = [
    ...screen.faults.flatMap((fault) => faultPieces(fault, state.columns - 4)),
    ...replyTexts(screen).flatMap((text) => replyLines(text, state.columns - 4, screen.hiddenCells)),
  ];
  return (
    <TextScreen state={state} scroll={screen.scroll} title={nameOf(screen.title)} name={screen.title} lines={lines} />
  );
}

/** The indent of a wrapped line: an item's dash, or a label and its gap, or spaces. */
const hanging = /^(?: *[-*] | *\S+(?: \S+)* {2,}| *)/;

/** Sentences are wrapped with a hanging indent; table lines are truncated, since their columns matter, and scroll sideways. */
function replyLines(text: string, width: number, hidden: number): readonly PieceLine[] {
  const head = hanging.exec(text)?.[0] ?? '';
  const rest = text.slice(head.length);
  const isTable = / {2,}/.test(rest.trim()) || widthOf(head) > width / 2;
  if (isTable) return [[{ text: fromCell(visible(text), hidden) }]];
  return wrap(rest, width - widthOf(head)).map((line, at) => [
    { text: `${at === 0 ? visible(head) : ' '.repeat(widthOf(head))}${line}` },
  ]);
}

interface TextScreenProps {
  readonly state: ConsoleState;
  readonly scroll: number;
  readonly title: TitlePart;
  /** What stands beside a filter, which needs the room of tabs. */
  readonly name: string;
  readonly lines: readonly PieceLine[];
}

/** A title or tabs, and text that scrolls below: all lines, or those that contain what is filtered for. */
function TextScreen({ state, scroll, title, name, lines }: TextScreenProps): ReactNode {
  const wanted = fold(filterTextOf(topScreen(state)));
  const shown = wanted === '' ? lines : lines.filter((line) => fold(textOf(line)).includes(wanted));
  const filter = filterParts(state, [`${shown.length} of ${lines.length} lines`, String(shown.length)]);
  const left = filter.length === 0 ? [title] : [nameOf(name), ...filter];
  return (
    <Box flexDirection="column">
      <TitleRow width={state.columns} y={1} left={left} />
      <Line text="" />
      <TextView lines={shown} scroll={scroll} width={state.columns} height={textHeight(state)} />
      <FilterHelp state={state} />
    </Box>
  );
}

function textOf(line: PieceLine): string {
  return line.map(({ text }) => text).join('');
}
