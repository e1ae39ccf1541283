import type { ConnectionView, ConsoleState, Status } from '../../state/console-state.ts';
import { visible } from '../text/cells.ts';
import { count, counted } from '../text/numbers.ts';
import type { Piece } from './spread.ts';
import { spread } from './spread.ts';
import type { Theme, Tone } from './theme.ts';

const tones: Readonly<Record<Status['tone'], Tone>> = { plain: 'plain', good: 'good', warn: 'warn', bad: 'bad' };

/** The line of what is going on: what runs, what settled, the last message; at the right how many connections are well. */
export function statusLine(state: ConsoleState, spinner: string, theme: Theme): string {
  const parts: (readonly Piece[])[] = [
    reading(state, spinner, theme),
    running(state, theme),
    state.unsettled === 0
      ? []
      : [
          {
            text: `${theme.marks.question} ${counted(state.unsettled, 'write')} with an unknown end (J)`,
            tone: 'warn',
          },
        ],
    message(state.status),
  ];
  const pieces = parts
    .filter((part) => part.length > 0)
    .flatMap((part, index): readonly Piece[] => (index === 0 ? part : [{ text: ' · ', tone: 'dim' }, ...part]));
  return ` ${spread(theme, state.columns - 2, pieces, vendors(state))}`;
}

const barWidth = 12;

/** A thin bar for the pass that has furthest to go, with its rate; more than one pass is counted. */
function reading(state: ConsoleState, spinner: string, theme: Theme): readonly Piece[] {
  const passes = state.connections.filter((view) => view.sync !== null);
  const [first] = passes;
  if (first?.sync === undefined || first.sync === null) return [];
  const { done, total, rowsPerSecond } = first.sync;
  const name = passes.length === 1 ? first.name : counted(passes.length, 'connection');
  const filled = total === null || total === 0 ? 0 : Math.min(barWidth, Math.round((done / total) * barWidth));
  const bar: readonly Piece[] =
    total === null
      ? []
      : [
          { text: theme.marks.full.repeat(filled), tone: 'accent' },
          { text: `${theme.marks.rest.repeat(barWidth - filled)} `, tone: 'dim' },
        ];
  const far = total === null ? count(done) : `${count(done)} of ${count(total)}`;
  const rate = rowsPerSecond > 0 ? ` · ${count(rowsPerSecond)}/s` : '';
  return [{ text: `${spinner} `, tone: 'accent' }, ...bar, { text: `reading ${name} ${far}${rate}`, tone: 'dim' }];
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

function message(status: Status | null): readonly Piece[] {
  if (status === null) return [];
  const next = status.fault === null ? '' : ` ${visible(status.fault.next)}`;
  return [
    { text: visible(status.text), tone: tones[status.tone] },
    { text: next, tone: 'dim' },
  ];
}

function vendors(state: ConsoleState): readonly Piece[] {
  const all = state.connections.length;
  if (all === 0) return [];
  const ok = state.connections.filter(isWell).length;
  return [{ text: `${ok}/${all} ok`, tone: ok === all ? 'dim' : 'warn' }];
}

function isWell(view: ConnectionView): boolean {
  return view.freshness.lastFault === null;
}
