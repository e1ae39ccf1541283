import { beginOf } from '../../../model/date-text.ts';
import type { HistoryEntry, Subscription } from '../../../model/subscription.ts';
import type { ConsoleState } from '../../../state/console-state.ts';
import type { SubscriptionScreen } from '../../../state/screen.ts';
import type { TimelineEvent } from '../../../today/charts/timeline.ts';
import { timelineLines, timelineOf } from '../../../today/charts/timeline.ts';
import type { PieceLine } from '../../parts/fields.ts';
import type { Theme } from '../../parts/theme.ts';
import { visible } from '../../text/cells.ts';

/** The timeline gains nothing from more width. */
const widest = 132;

/** Start, changes, own writes, now, renewal or end on a timeline; with the vendor's history once it was read. */
export function timelineOnScreen(
  screen: SubscriptionScreen,
  subscription: Subscription,
  state: ConsoleState,
  theme: Theme,
  height: number,
): readonly PieceLine[] {
  const width = Math.min(state.columns - 4, widest);
  const { marks } = theme;
  const title = ' life, times in UTC ';
  const history = screen.history.kind === 'ready' ? screen.history.value : null;
  const changes = history === null ? screen.changes : [];
  const life = timelineOf(subscription, changes, screen.entries, state.now);
  const events = history === null ? life : [...life, ...history.flatMap(eventOf)].toSorted((a, b) => a.at - b.at);
  const [axis = '', ...lines] = timelineLines(events, { width, height, marks: marks.name }, { now: state.now });
  return [
    [
      { text: `${marks.rest}${marks.rest}${title}`, tone: 'dim' },
      { text: marks.rest.repeat(width - 2 - title.length), tone: 'dim' },
    ],
    [{ text: axis, tone: 'accent' }],
    ...lines.map((text, index): PieceLine => [{ text: visible(text), tone: index === 0 ? 'dim' : 'plain' }]),
  ];
}

function eventOf({ at, action, field, from, to }: HistoryEntry): readonly TimelineEvent[] {
  const instant = beginOf(at);
  if (instant === null) return [];
  const change = from === null && to === null ? '' : ` ${from ?? '–'} → ${to ?? '–'}`;
  return [{ kind: 'change', at: instant, written: at, text: `${[action, field].filter(Boolean).join(' ')}${change}` }];
}
