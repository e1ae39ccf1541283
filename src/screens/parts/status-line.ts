import { leftText } from '../../model/calendar.ts';
import type { PresentWait } from '../../model/call.ts';
import { paletteWords } from '../../model/palette-words.ts';
import { farText } from '../../model/sync-progress.ts';
import { waitCause } from '../../model/wait-text.ts';
import type { ConnectionView, ConsoleState, Status } from '../../state/console-state.ts';
import { topScreen } from '../../state/console-state.ts';
import { bannerIsWhole, troubled } from '../../state/layout.ts';
import { markedText } from '../table/list-title.ts';
import { visible, widthOf } from '../text/cells.ts';
import { count, counted } from '../text/numbers.ts';
import type { Piece } from './line-pieces.ts';
import { spread } from './line-pieces.ts';
import type { Theme, Tone } from './theme.ts';

const tones: Readonly<Record<Status['tone'], Tone>> = { plain: 'plain', good: 'good', warn: 'warn', bad: 'bad' };

/** The status line: what runs, what settled, the last message; at the right how many connections work. */
export function statusLine(state: ConsoleState, spinner: string, theme: Theme): string {
  const parts: (readonly Piece[])[] = [
    reading(state, spinner, theme),
    running(state, theme),
    state.unsettled === 0
      ? []
      : [
          {
            text: `${theme.marks.question} ${counted(state.unsettled, 'write')} with an unknown outcome (J)`,
            tone: 'warn',
          },
        ],
    message(state),
    state.status?.brief === true ? [] : marked(state),
    urgent(state),
  ];
  const pieces = parts
    .filter((part) => part.length > 0)
    .flatMap((part, index): readonly Piece[] => (index === 0 ? part : [{ text: ' · ', tone: 'dim' }, ...part]));
  const right = vendors(state);
  const width = state.columns - 2;
  const said = message(state);
  if (said.length === 0 || widthOfAll(pieces) + 2 + widthOfAll(right) <= width) {
    return ` ${spread(theme, width, pieces, right)}`;
  }
  // The message for the last key has priority when there is too little room.
  return ` ${spread(theme, width, said, widthOfAll(said) + 2 + widthOfAll(right) <= width ? right : [])}`;
}

function widthOfAll(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { text }) => sum + widthOf(text), 0);
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
function marked(state: ConsoleState): readonly Piece[] {
  const screen = topScreen(state);
  if (screen.kind !== 'subscriptions' || screen.marks.size === 0) return [];
  return [{ text: markedText(screen), tone: 'accent' }];
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
function message(state: ConsoleState): readonly Piece[] {
  const { status } = state;
  if (status === null) return [];
  const fault = status.fault?.message;
  if (troubled(state).some(({ freshness }) => freshness.lastFault?.message === fault)) return [];
  const next = status.fault === null ? '' : ` ${visible(paletteWords(status.fault.next))}`;
  return [
    { text: visible(status.text), tone: tones[status.tone] },
    { text: next, tone: 'dim' },
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
