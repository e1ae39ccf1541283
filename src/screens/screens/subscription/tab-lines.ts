import type { Addon, CachedSubscription, DetailSection } from '../../../model/subscription.ts';
import type { ConsoleState } from '../../../state/console-state.ts';
import { textHeight } from '../../../state/layout.ts';
import type { Load, ReadyLoad, SubscriptionScreen } from '../../../state/screen.ts';
import { tabOf } from '../../../state/screen.ts';
import { faultPieces } from '../../parts/fault-pieces.ts';
import type { PieceLine } from '../../parts/fields.ts';
import { fieldLines } from '../../parts/fields.ts';
import type { Theme } from '../../parts/theme.ts';
import { journalMark, journalTones, journalWords } from '../../table/journal-columns.ts';
import { cells, visible } from '../../text/cells.ts';
import { ago, dayOf, timeOf } from '../../text/dates.ts';
import { fitTo } from '../../text/fit.ts';
import { count, unknown } from '../../text/numbers.ts';
import { timelineOnScreen } from './life-timeline.ts';
import { idLines, mainLines } from './overview.ts';

/** The content of a tab, as lines that scroll. */
export function tabLines(screen: SubscriptionScreen, state: ConsoleState, theme: Theme): readonly PieceLine[] {
  const { subscription } = screen;
  if (subscription === null) {
    return [
      [{ text: 'This subscription is no longer in the cache.' }],
      [{ text: 'Press r to read it from the vendor; Esc goes back.', tone: 'dim' }],
    ];
  }
  const width = state.columns - 4;
  const tab = tabOf(screen);
  switch (tab.kind) {
    case 'overview':
      return overviewWithLife(screen, subscription, state, theme);
    case 'addons':
      return loadLines(screen.addons, width, state.now, (addons) => addonLines(addons, theme));
    case 'timeline':
      // A table with a cursor (timeline-views.tsx).
      return [];
    case 'details':
      return loadLines(screen.details, width, state.now, () => [
        [{ text: 'The vendor has no further details.', tone: 'dim' }],
      ]);
    case 'section':
      return loadLines(screen.details, width, state.now, (sections) => sectionLines(sections[tab.index], width));
    case 'journal':
      return journalLines(screen, state.now, theme);
    case 'raw':
      return rawLines(screen, subscription, width, state.now);
  }
}

/** The overview: the most wanted fields, the timeline in the remaining room, and the ids. */
function overviewWithLife(
  screen: SubscriptionScreen,
  subscription: CachedSubscription,
  state: ConsoleState,
  theme: Theme,
): readonly PieceLine[] {
  const main = mainLines(subscription, state, theme);
  const ids = idLines(subscription, state);
  const room = textHeight(state) - main.length - ids.length - 3;
  return [...main, [], ...timelineOnScreen(screen, subscription, state, theme, Math.max(leastLife, room)), [], ...ids];
}

/** The timeline, its dates and the latest changes come before the ids below. */
const leastLife = 10;

function loadLines<Value>(
  load: Load<Value>,
  width: number,
  now: number,
  lines: (value: Value) => readonly PieceLine[],
): readonly PieceLine[] {
  switch (load.kind) {
    case 'not-kept':
      return [
        [{ text: 'This was never read, so nothing can be shown offline.' }],
        [{ text: 'Press o to go online and read it; :sync --details reads it ahead.', tone: 'dim' }],
      ];
    case 'idle':
    case 'loading':
      return [[{ text: 'Reading from the vendor…', tone: 'dim' }]];
    case 'no':
      return [[{ text: load.reason }]];
    case 'fault':
      return faultPieces(load.fault, width);
    case 'ready':
      return [...ageLines(load, width, now), [], ...lines(load.value)];
  }
}

/** How old it is, and what becomes of that. */
function ageLines({ at, isOutdated, through, asked }: ReadyLoad<unknown>, width: number, now: number) {
  const age = ago(new Date(at).toISOString(), now);
  const where = through === null ? '' : ` through ${through}`;
  const since = isOutdated ? ', before the last change was sent' : '';
  const again = asked === 'running' ? '; reading again…' : typeof asked === 'string' ? '' : '; a later read failed:';
  const line: PieceLine = [{ text: visible(`Read ${age}${where}${since}${again}`), tone: isOutdated ? 'warn' : 'dim' }];
  return typeof asked === 'string' ? [line] : [line, ...faultPieces(asked, width)];
}

function addonLines(addons: readonly Addon[], theme: Theme): readonly PieceLine[] {
  if (addons.length === 0) return [[{ text: 'The subscription has no add-ons.', tone: 'dim' }]];
  const head: PieceLine = [
    { text: `${fitTo('NAME', 36)}  ${fitTo('STATUS', 12)}  ${fitTo('SEATS', 7, 'right')}  ENDS`, tone: 'dim' },
  ];
  const rows = addons.map((addon): PieceLine => {
    const status = `${theme.marks.status[addon.status]} ${addon.status}`;
    const ends = `${dayOf(addon.endsAt)}${addon.cancelAtPeriodEnd ? ', then cancelled' : ''}`;
    return [
      { text: `${fitTo(addon.name, 36)}  ${fitTo(status, 12)}  ${fitTo(count(addon.quantity), 7, 'right')}  ${ends}` },
    ];
  });
  return [head, ...rows];
}

function sectionLines(section: DetailSection | undefined, width: number): readonly PieceLine[] {
  if (section === undefined || section.fields.length === 0) {
    return [[{ text: section?.empty ?? 'There is nothing here.', tone: 'dim' }]];
  }
  return section.fields.flatMap(({ label, value }) => fieldLines({ label, value: value ?? unknown }, width, 26));
}

function journalLines(screen: SubscriptionScreen, now: number, theme: Theme): readonly PieceLine[] {
  if (screen.entries.length === 0) return [[{ text: 'Nothing has been sent for this subscription.', tone: 'dim' }]];
  return screen.entries.map(
    (entry): PieceLine => [
      { text: `${fitTo(timeOf(entry.at, now), 24)}  `, tone: 'dim' },
      {
        text: `${fitTo(`${journalMark(entry.state, theme.marks)} ${journalWords[entry.state]}`, 14)}  `,
        tone: journalTones[entry.state],
      },
      { text: visible(entry.sentence) },
    ],
  );
}

/** The vendor's object as complete JSON; long lines are wrapped. */
function rawLines(
  { raw }: SubscriptionScreen,
  { readAt }: CachedSubscription,
  width: number,
  now: number,
): readonly PieceLine[] {
  if (raw === null) return [[{ text: 'The vendor’s object is not in the cache.', tone: 'dim' }]];
  const json = JSON.stringify(raw, null, 2).split('\n');
  const lines = json.flatMap((line) => hardWrap(line, width));
  return [[{ text: `Read ${ago(readAt, now)}`, tone: 'dim' }], [], ...lines.map((text): PieceLine => [{ text }])];
}

function hardWrap(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let text = '';
  let used = 0;
  for (const cell of cells(line)) {
    if (used + cell.width > width) {
      lines.push(text);
      text = '';
      used = 0;
    }
    text += cell.text;
    used += cell.width;
  }
  return [...lines, text];
}
