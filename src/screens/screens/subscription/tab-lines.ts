import { dateWords } from '../../../model/date-words.ts';
import type { Addon, CachedSubscription, DetailSection } from '../../../model/subscription.ts';
import type { ConsoleState } from '../../../state/console-state.ts';
import { textHeight } from '../../../state/layout.ts';
import type { Load, ReadyLoad, SubscriptionScreen } from '../../../state/screen.ts';
import { tabOf } from '../../../state/screen.ts';
import { faultPieces } from '../../parts/fault-pieces.ts';
import type { PieceLine } from '../../parts/fields.ts';
import { fieldLines, widthOfLabels } from '../../parts/fields.ts';
import type { Theme } from '../../parts/theme.ts';
import { journalMark, journalTones, journalWords } from '../../table/journal-columns.ts';
import { cells, visible, widthOf } from '../../text/cells.ts';
import { ago, dayOf, inUtc, timeOf } from '../../text/dates.ts';
import { fitTo } from '../../text/fit.ts';
import { count, unknown } from '../../text/numbers.ts';
import { wrap } from '../../text/wrap.ts';
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
      return loadLines(screen.addons, width, state.now, (addons) => addonLines(addons, width, theme));
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
      return journalLines(screen, width, state.now, theme);
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

/** As wide as what is in them; only a name is cut, where the line ends. */
function addonLines(addons: readonly Addon[], width: number, theme: Theme): readonly PieceLine[] {
  if (addons.length === 0) return [[{ text: 'The subscription has no add-ons.', tone: 'dim' }]];
  const rows: readonly AddonCells[] = addons.map((addon) => ({
    name: addon.name,
    status: `${theme.marks.status[addon.status]} ${addon.status}`,
    seats: count(addon.quantity),
    ends: `${dayOf(addon.endsAt)}${addon.cancelAtPeriodEnd ? ', then cancelled' : ''}`,
  }));
  const widest = (of: (row: AddonCells) => string, least: number) =>
    rows.reduce((most, row) => Math.max(most, widthOf(visible(of(row)))), least);
  const [status, seats] = [widest((row) => row.status, 12), widest((row) => row.seats, 7)];
  const beside = status + seats + widest((row) => row.ends, 4) + 3 * 2;
  const name = Math.min(
    widest((row) => row.name, 36),
    Math.max(12, width - beside),
  );
  const line = (row: AddonCells) =>
    `${fitTo(row.name, name)}  ${fitTo(row.status, status)}  ${fitTo(row.seats, seats, 'right')}  ${row.ends}`;
  const head: PieceLine = [
    { text: line({ name: 'NAME', status: 'STATUS', seats: 'SEATS', ends: inUtc('ENDS') }), tone: 'dim' },
  ];
  return [head, ...rows.map((row): PieceLine => [{ text: line(row) }])];
}

interface AddonCells {
  readonly name: string;
  readonly status: string;
  readonly seats: string;
  readonly ends: string;
}

function sectionLines(section: DetailSection | undefined, width: number): readonly PieceLine[] {
  if (section === undefined || section.fields.length === 0) {
    return [[{ text: section?.empty ?? 'There is nothing here.', tone: 'dim' }]];
  }
  const labelled = Math.max(26, widthOfLabels(section.fields, width));
  return section.fields.flatMap(({ label, value }) =>
    fieldLines({ label, value: value === null ? unknown : dateWords(value) }, width, labelled),
  );
}

function journalLines(screen: SubscriptionScreen, width: number, now: number, theme: Theme): readonly PieceLine[] {
  if (screen.entries.length === 0) return [[{ text: 'Nothing has been sent for this subscription.', tone: 'dim' }]];
  const rows = screen.entries.map(({ at, state, sentence }) => ({
    time: timeOf(at, now),
    state: { text: `${journalMark(state, theme.marks)} ${journalWords[state]}`, tone: journalTones[state] },
    sentence,
  }));
  const time = rows.reduce((most, row) => Math.max(most, widthOf(row.time)), 0);
  const state = rows.reduce((most, row) => Math.max(most, widthOf(row.state.text)), 14);
  const room = Math.max(20, width - time - state - 2 * 2);
  return rows.flatMap((row) =>
    wrap(row.sentence, room).map(
      (line, index): PieceLine => [
        { text: `${fitTo(index === 0 ? row.time : '', time)}  `, tone: 'dim' },
        { text: `${fitTo(index === 0 ? row.state.text : '', state)}  `, tone: row.state.tone },
        { text: line },
      ],
    ),
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
