import { callText } from '../../commands/call-text.ts';
import { paletteWords } from '../../model/palette-words.ts';
import { printable } from '../../model/printable.ts';
import type { LevelNode } from '../../model/scope.ts';
import { type ConsoleState, topScreen } from '../../state/console-state.ts';
import type { Pane } from '../../state/layout.ts';
import type { PreviewRecord } from '../../state/preview.ts';
import type { SubscriptionScreen } from '../../state/screen.ts';
import type { Item } from '../../today/item.ts';
import { itemLabel, itemSubject } from '../../today/today-words.ts';
import type { PieceLine } from '../parts/fields.ts';
import { fieldLines } from '../parts/fields.ts';
import type { Theme, Tone } from '../parts/theme.ts';
import { requestColumns } from '../table/request-columns.ts';
import { visible } from '../text/cells.ts';
import { ago } from '../text/dates.ts';
import { fitTo } from '../text/fit.ts';
import { headerWords } from '../text/header-words.ts';
import { count, counted } from '../text/numbers.ts';
import { wrap } from '../text/wrap.ts';
import { entryLines } from './entry-lines.ts';
import { tabLines } from './subscription/tab-lines.ts';
import { lineSentences } from './today-sentences.ts';

/** What stands in the pane: the name of the record, and its text. */
export interface PreviewText {
  readonly name: string;
  readonly lines: readonly PieceLine[];
}

/** Cells that the text leaves free in a pane: the rule at its left, and a space at both sides. */
export const aroundPreview = 3;

/** A record of a row as text for a pane. */
export function previewText(record: PreviewRecord, state: ConsoleState, pane: Pane, theme: Theme): PreviewText {
  const width = pane.width - aroundPreview;
  // The texts of screens leave two cells free at both sides.
  const beside = { ...state, columns: width + 4 };
  switch (record.kind) {
    case 'subscription':
      return overview(record, beside, theme);
    case 'entry':
      return { name: record.entry.sentence, lines: entryLines(record, beside, theme) };
    case 'request': {
      const { row, subscription } = record;
      const fields = requestColumns(state.now, theme.marks).flatMap((column) =>
        fieldLines({ label: headerWords(column.title), value: column.value(row) || '–' }, width),
      );
      const more = subscription === null ? [] : [[], ...overview(subscription, beside, theme).lines];
      return { name: row.name ?? row.request.ref, lines: [...fields, ...more] };
    }
    case 'call':
      return {
        name: `${record.call.method} ${record.call.path}`,
        lines: paragraph(paletteWords(callText(record.call)), width),
      };
    case 'lines': {
      const { line } = record;
      const name = line.kind === 'group' ? (line.group.label ?? 'None') : `${count(line.groups)} more`;
      return { name, lines: line.group.items.slice(0, mostItems).map((item) => itemLine(item, theme)) };
    }
    case 'item':
      return { name: itemSubject(record.line.item), lines: sentences(record.line, state, width) };
    case 'node':
      return { name: record.node.name, lines: nodeLines(record.node, state.now, width) };
  }
}

function overview(screen: SubscriptionScreen, state: ConsoleState, theme: Theme): PreviewText {
  return { name: screen.subscription?.name ?? screen.ref, lines: tabLines({ ...screen, tab: 0 }, state, theme) };
}

/** A pane is looked at, not read to its end. */
const mostItems = 200;

const urgencyTones: Readonly<Record<Item['urgency'], Tone>> = { now: 'bad', soon: 'warn', later: 'dim' };

function itemLine(item: Item, { marks }: Theme): PieceLine {
  return [
    { text: `${fitTo(itemLabel(item, marks.name), 14)}  `, tone: urgencyTones[item.urgency] },
    { text: visible(item.name ?? item.connection) },
    { text: visible(`: ${item.brief}`), tone: 'dim' },
  ];
}

function sentences(
  line: Extract<PreviewRecord, { readonly kind: 'item' }>['line'],
  state: ConsoleState,
  width: number,
): readonly PieceLine[] {
  const screen = topScreen(state);
  return screen.kind === 'today'
    ? lineSentences(line, screen, state.now).flatMap((sentence) => paragraph(sentence, width))
    : [];
}

function paragraph(text: string, width: number): readonly PieceLine[] {
  return wrap(visible(text), width).map((line): PieceLine => [{ text: line }]);
}

/** A node of a level: what it counts. */
function nodeLines(
  { counts, id, connection, vendor, readAt }: LevelNode,
  now: number,
  width: number,
): readonly PieceLine[] {
  const field = (label: string, value: string) => fieldLines({ label, value }, width);
  return [
    ...field('Connection', `${connection} (${vendor})`),
    ...(id === null ? [] : field('Id', printable(id))),
    ...(readAt === null
      ? []
      : [
          ...field('Subscriptions', `${count(counts.subscriptions)}, ${counted(counts.seats, 'seat')}`),
          ...field('Ends < 30 d', count(counts.endingSoon)),
        ]),
    ...field('Read', readAt === null ? 'never' : ago(readAt, now)),
  ];
}
