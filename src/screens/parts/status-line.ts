import { stripVTControlCharacters } from 'node:util';
import { leftText } from '../../model/calendar.ts';
import type { PresentWait } from '../../model/call.ts';
import { paletteWords } from '../../model/palette-words.ts';
import { farText } from '../../model/sync-progress.ts';
import { waitCause } from '../../model/wait-text.ts';
import type { ConnectionView, ConsoleState, Status } from '../../state/console-state.ts';
import { topScreen } from '../../state/console-state.ts';
import { bannerIsWhole, troubled } from '../../state/layout.ts';
import { markedCount } from '../../state/mark-words.ts';
import { markedText } from '../table/list-title.ts';
import { visible } from '../text/cells.ts';
import { fitTo } from '../text/fit.ts';
import { count, counted } from '../text/numbers.ts';
import { wrapInto } from '../text/wrap.ts';
import type { Piece } from './line-pieces.ts';
import type { Theme, Tone } from './theme.ts';
import { cuttablePieces, inForms, optional, separatedLine, type TitlePart } from './title-line.ts';

const tones: Readonly<Record<Status['tone'], Tone>> = { plain: 'plain', good: 'good', warn: 'warn', bad: 'bad' };

/** The order in which parts shrink: the last of these first. What was just said has priority. */
const ranks = { message: 0, marked: 1, unsettled: 2, requests: 3, urgent: 4, reading: 5, connections: 6 } as const;
const leastMessage = 30;

/** The status line: what runs, what settled, the last message; at the right how many connections work. */
export function statusLine(state: ConsoleState, spinner: string, theme: Theme): string {
  const parts: readonly TitlePart[] = [
    ...formsOf(ranks.reading, reading(state, spinner, theme), readingShort(state, spinner)),
    ...formsOf(ranks.requests, running(state, theme)),
    ...formsOf(ranks.unsettled, unsettled(state, theme)),
    ...message(state).map((pieces) => cuttablePieces(ranks.message, leastMessage, ...pieces)),
    ...(state.status?.brief === true ? [] : marked(state)),
    ...formsOf(ranks.urgent, urgent(state)),
  ];
  return ` ${separatedLine(theme, state.columns - 2, parts, [optional(ranks.connections, ...vendors(state))])}`;
}

const mostMessageLines = 6;

/** The last message in whole lines, where the status line would cut it: above that line, until the next key. */
export function messageLines(state: ConsoleState, theme: Theme): readonly string[] {
  const [pieces = []] = message(state);
  const text = pieces.map((piece) => piece.text).join('');
  if (text === '' || state.status === null || state.status.isSeen || !leavesRoom(state)) return [];
  if (stripVTControlCharacters(statusLine(state, ' ', theme)).includes(text)) return [];
  const width = state.columns - 2;
  const lines = wrapInto(Math.min(mostMessageLines, state.rows - 8), text, width);
  const { tone } = state.status;
  return [theme.marks.rest.repeat(width), ...lines].map((line, index) => {
    const padded = fitTo(line, width);
    return ` ${theme.paint(index === 0 ? 'dim' : tones[tone], padded)} `;
  });
}

/** Of a plan everything must stay visible, and other boxes have a place for what is wrong. */
function leavesRoom({ overlay }: ConsoleState): boolean {
  return overlay === null || overlay.kind === 'menu' || overlay.kind === 'palette';
}

/** Left out where not even its shortest form has room. */
function formsOf(rank: number, ...forms: readonly (readonly Piece[])[]): readonly TitlePart[] {
  const [first, ...others] = forms.filter((pieces) => pieces.length > 0);
  return first === undefined ? [] : [inForms(rank, first, ...others, [])];
}

function unsettled({ unsettled: writes }: ConsoleState, { marks }: Theme): readonly Piece[] {
  if (writes === 0) return [];
  return [{ text: `${marks.question} ${counted(writes, 'write')} with an unknown outcome (J)`, tone: 'warn' }];
}

const barWidth = 12;

/** A progress bar with the rate; several sync runs are summed up, and have a bar once the total of each is known. */
function reading(state: ConsoleState, spinner: string, theme: Theme): readonly Piece[] {
  const runs = state.connections.flatMap(({ name, sync }) => (sync === null ? [] : [{ name, ...sync }]));
  const [first] = runs;
  if (first === undefined) return state.indexing ? indexing(spinner) : [];
  const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
  const done = sum(runs.map((run) => run.done));
  const totals = runs.flatMap((run) => (run.total === null ? [] : [run.total]));
  const total = totals.length === runs.length ? sum(totals) : null;
  const name = runs.length === 1 ? first.name : counted(runs.length, 'connection');
  const rows = sum(runs.map((run) => run.rows));
  const expected = runs.length === 1 ? first.expected : null;
  const far = farText({ done, total, rows, expected });
  const rate = sum(runs.map((run) => run.rowsPerSecond));
  const lefts = runs.flatMap((run) => (run.left === null ? [] : [run.left]));
  const left = lefts.length === runs.length ? ` · ${leftText(Math.max(...lefts))} left` : '';
  const waits = runs.flatMap(({ wait }) => (wait === null ? [] : [wait])).sort((a, b) => b.until - a.until);
  return [
    { text: `${spinner} `, tone: 'accent' },
    ...bar(done, total, theme),
    { text: `reading ${name} ${far}${rate > 0 ? ` · ${count(rate)}/s` : ''}${left}`, tone: 'dim' },
    ...waitPieces(waits, state.now),
  ];
}

/** That something is read, in a line that has more to say. */
function readingShort({ connections }: ConsoleState, spinner: string): readonly Piece[] {
  return connections.some(({ sync }) => sync !== null)
    ? [
        { text: `${spinner} `, tone: 'accent' },
        { text: 'reading', tone: 'dim' },
      ]
    : [];
}

/** The longest wait. */
function waitPieces([wait]: readonly PresentWait[], now: number): readonly Piece[] {
  if (wait === undefined) return [];
  const text = `waits ${leftText(Math.max(0, wait.until - now))} ${waitCause(wait.why, wait.limit)}`;
  return [
    { text: ' · ', tone: 'dim' },
    { text, tone: 'warn' },
  ];
}

/** Search and sorting work meanwhile, only slower. */
function indexing(spinner: string): readonly Piece[] {
  return [
    { text: `${spinner} `, tone: 'accent' },
    { text: 'indexing new rows', tone: 'dim' },
  ];
}

function bar(done: number, total: number | null, theme: Theme): readonly Piece[] {
  if (total === null || total === 0) return [];
  const filled = Math.min(barWidth, Math.round((done / total) * barWidth));
  return [
    { text: theme.marks.full.repeat(filled), tone: 'accent' },
    { text: `${theme.marks.rest.repeat(barWidth - filled)} `, tone: 'dim' },
  ];
}

function running(state: ConsoleState, theme: Theme): readonly Piece[] {
  const pieces: Piece[] = [];
  if (state.requests.length > 0) {
    pieces.push({
      text: `${theme.marks.running} ${counted(state.requests.length, 'request')} running`,
      tone: 'accent',
    });
  }
  if (state.settled > 0) {
    if (pieces.length > 0) pieces.push({ text: ' · ', tone: 'dim' });
    pieces.push({ text: `${theme.marks.good} ${count(state.settled)} settled (R)`, tone: 'good' });
  }
  return pieces;
}

/** The number of marked rows and their totals; a message about the last key replaces it until the next one. */
function marked(state: ConsoleState): readonly TitlePart[] {
  const screen = topScreen(state);
  if (screen.kind !== 'subscriptions' || screen.marks.size === 0) return [];
  const form = (text: string): readonly Piece[] => [{ text, tone: 'accent' }];
  return [inForms(ranks.marked, form(markedText(screen)), form(markedCount(screen)))];
}

/** Nothing urgent is only said once everything was read. */
function urgent(state: ConsoleState): readonly Piece[] {
  const { today, connections } = state;
  if (today === null || topScreen(state).kind === 'today') return [];
  const items = today.urgent;
  if (items === 0 && connections.some(({ freshness }) => freshness.readAt === null)) return [];
  return [{ text: `${count(items)} now (T)`, tone: items === 0 ? 'dim' : 'warn' }];
}

/** Text of the line above is not repeated. */
function message(state: ConsoleState): readonly (readonly Piece[])[] {
  const { status } = state;
  if (status === null) return [];
  const fault = status.fault?.message;
  if (troubled(state).some(({ freshness }) => freshness.lastFault?.message === fault)) return [];
  const next = status.fault === null ? '' : ` ${visible(paletteWords(status.fault.next))}`;
  return [
    [
      { text: visible(paletteWords(status.text)), tone: tones[status.tone] },
      { text: next, tone: 'dim' },
    ],
  ];
}

function vendors(state: ConsoleState): readonly Piece[] {
  const all = state.connections.length;
  const ok = state.connections.filter(isWell).length;
  const well: Piece = {
    text: `${ok}/${all} ${state.columns < 100 ? '' : 'connections '}ok`,
    tone: ok === all ? 'dim' : 'warn',
  };
  const [banner = ''] = state.banner === null || bannerIsWhole(state) ? [] : state.banner.split(':');
  return [
    ...(banner === '' ? [] : [{ text: banner, tone: 'accent' } as const]),
    ...(banner === '' || all === 0 ? [] : [{ text: ' · ', tone: 'dim' } as const]),
    ...(all === 0 ? [] : [well]),
  ];
}

function isWell(view: ConnectionView): boolean {
  return view.contact === 'good' && view.freshness.lastFault === null;
}
