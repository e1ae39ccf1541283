import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { ConsoleState } from '../../state/console-state.ts';
import { textHeight } from '../../state/layout.ts';
import type { EntryScreen, ReplyScreen, SubscriptionScreen } from '../../state/screen.ts';
import { faultPieces } from '../parts/fault-pieces.ts';
import type { PieceLine } from '../parts/fields.ts';
import { spread } from '../parts/line-pieces.ts';
import { TextView } from '../parts/text-view.tsx';
import { useTheme } from '../parts/theme.ts';
import { Line } from '../table/table.tsx';
import { visible, widthOf } from '../text/cells.ts';
import { wrap } from '../text/wrap.ts';
import { entryLines } from './entry-lines.ts';
import { tabLines } from './subscription/tab-lines.ts';
import { tabStrip } from './subscription/tab-strip.ts';

interface Props<Screen> {
  readonly screen: Screen;
  readonly state: ConsoleState;
}

export function SubscriptionView({ screen, state }: Props<SubscriptionScreen>): ReactNode {
  const theme = useTheme();
  return (
    <TextScreen
      state={state}
      scroll={screen.scroll}
      title={tabStrip(screen, state.columns - 2)}
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
      title={[{ text: 'Journal entry', tone: 'bold' }]}
      lines={entryLines(screen, state, theme)}
    />
  );
}

export function ReplyView({ screen, state }: Props<ReplyScreen>): ReactNode {
  const lines: readonly PieceLine[] = [
    ...screen.faults.flatMap((fault) => faultPieces(fault, state.columns - 4)),
    ...screen.lines.flatMap((text) => replyLines(text, state.columns - 4)),
  ];
  return (
    <TextScreen
      state={state}
      scroll={screen.scroll}
      title={[{ text: visible(screen.title), tone: 'bold' }]}
      lines={lines}
    />
  );
}

/** The indent of a wrapped line: an item's dash, or a label and its gap, or spaces. */
const hanging = /^(?: *[-*] | *\S+(?: \S+)* {2,}| *)/;

/** Sentences are wrapped with a hanging indent; table lines are truncated, since their columns matter. */
function replyLines(text: string, width: number): readonly PieceLine[] {
  const head = hanging.exec(text)?.[0] ?? '';
  const rest = text.slice(head.length);
  const isTable = / {2,}/.test(rest.trim()) || widthOf(head) > width / 2;
  if (isTable) return [[{ text: visible(text) }]];
  return wrap(rest, width - widthOf(head)).map((line, at) => [
    { text: `${at === 0 ? visible(head) : ' '.repeat(widthOf(head))}${line}` },
  ]);
}

interface TextScreenProps {
  readonly state: ConsoleState;
  readonly scroll: number;
  readonly title: PieceLine;
  readonly lines: readonly PieceLine[];
}

/** A title or tabs, and text that scrolls below. */
function TextScreen({ state, scroll, title, lines }: TextScreenProps): ReactNode {
  const theme = useTheme();
  return (
    <Box flexDirection="column">
      <Line text={` ${spread(theme, state.columns - 2, title)}`} />
      <Line text="" />
      <TextView lines={lines} scroll={scroll} width={state.columns} height={textHeight(state)} />
    </Box>
  );
}
