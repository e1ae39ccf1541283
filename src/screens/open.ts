import { render } from 'ink';
import { createElement } from 'react';
import type { Context } from '../commands/context.ts';
import type { EffectDeps, WordRunner } from '../commands/keys/effects/deps.ts';
import { workWhenIdle } from '../commands/keys/effects/idle.ts';
import { refreshStale } from '../commands/keys/effects/refresh.ts';
import { startFollowing } from '../commands/keys/effects/start-following.ts';
import { workBesideKeys } from '../commands/keys/effects/work-beside-keys.ts';
import { commands } from '../commands/table.ts';
import { paletteWords } from '../model/palette-words.ts';
import type { Ticket } from '../model/ticket.ts';
import { initialState } from '../state/console-state.ts';
import { createConsoleStore } from '../state/console-store.ts';
import { keyProblems, withOwnKeys } from '../state/own-keys.ts';
import { notShownOfSaved } from '../state/saved-settings.ts';
import { resize, say } from '../state/updates/status.ts';
import { toggleTour } from '../state/updates/tour.ts';
import type { ConsoleExit } from './console-exit.ts';
import { Frame } from './frame.tsx';
import { announceEnds, followTitle } from './notifications.ts';
import { drawsAscii, makeTheme } from './parts/theme.ts';
import { point } from './pointer.ts';
import { saveRemembered } from './save-remembered.ts';
import { listenToProcess } from './terminal/process-events.ts';
import { takeTerminal } from './terminal/takeover.ts';
import { counted } from './text/numbers.ts';

export interface OpenOptions {
  /** A line above the lists, for example that this is the sandbox. */
  readonly banner: string | null;
  /** What the tour is about; null: there is no tour, since this is no sandbox. */
  readonly ticket: Ticket | null;
  readonly startsTour: boolean;
  /** Its vendors end with the console, and with them every request. */
  readonly isSandbox: boolean;
  /** Runs the palette's commands. Absent: the palette offers screens and keys only. */
  readonly runWords?: WordRunner;
}

/**
 * Opens the console on this terminal; resolves when the user quits. The terminal is restored in every case. Rejects
 * with unexpected errors.
 */
export async function openConsole(context: Context, options: OpenOptions): Promise<ConsoleExit> {
  const { stdout } = process;
  const { clock, settings, mode, writes } = context;
  let exitCode = 0;
  let leftFor: readonly string[] | null = null;
  const failed: unknown[] = [];
  const terminal = takeTerminal({
    mouse: settings.theme.mouse,
    ascii: drawsAscii(settings.theme),
    onEvent: (event) => {
      if (event.kind === 'background') ink.rerender(frame(event.light ? 'light' : 'dark'));
      else if (event.kind === 'paste-cut') console.update((state) => say(state, pasteCut[event.because], 'warn'));
      else point({ store: console, deps }, event);
    },
  });
  const leaveWith = (code: number) => {
    exitCode = code;
    ink.unmount();
  };
  const follow = () => void terminal.follow(() => console.update((state) => resize(state, ...size())));
  const listening = listenToProcess({
    end: leaveWith,
    lost: () => {
      terminal.lose();
      endSoon(lostCode);
      leaveWith(lostCode);
    },
    lend: () => {
      terminal.lend();
      context.cache.letWritesEnd();
    },
    goOn: () => {
      terminal.takeBack();
      // A stopped process gets no resize signal: ask Node for the size again; `follow` gets the event too.
      process.emit('SIGWINCH', 'SIGWINCH');
    },
    failed: (error) => {
      failed.push(error);
      leaveWith(1);
    },
  });
  const deps: EffectDeps = {
    context,
    commands: withOwnKeys(commands, settings.keys),
    runWords: options.runWords ?? null,
    terminal: {
      send: (bytes) => void stdout.write(bytes),
      redraw: terminal.repaint,
      suspend: listening.suspend,
    },
    exit: leaveWith,
    leaveFor: (argv) => {
      leftFor = argv;
      leaveWith(0);
    },
  };
  const [columns, rows] = size();
  const remembered = context.remembered.read();
  const start = {
    ...mode,
    columns,
    rows,
    now: clock.now(),
    freshFor: settings.freshFor * 1000,
    guard: settings.guard,
    banner: options.banner,
    ticket: options.ticket,
    remembered,
  };
  const console = createConsoleStore(initialState(start));
  if (options.startsTour)
    console.update((state) => (options.ticket === null ? say(state, noTicket, 'warn') : toggleTour(state)));
  const frame = (background: 'dark' | 'light') => {
    const theme = makeTheme({ ...settings.theme, colour: !process.env.NO_COLOR, background });
    return createElement(Frame, { store: console, deps, theme });
  };
  const leaving = new AbortController();
  const stops = [
    ...workBesideKeys(console, deps),
    saveRemembered(console, context),
    announceEnds(console, context, deps.terminal.send),
    followTitle(console, deps.terminal.send),
    () => leaving.abort(),
    () => process.off('SIGWINCH', follow),
  ];
  // The first frame already shows what is being read.
  refreshStale(console, deps);
  // Not the stream's own event: it is missing if the size returned to its old value, although the screen must be
  // redrawn.
  process.on('SIGWINCH', follow);
  const ink = render(frame(settings.theme.background ?? usualBackground(process.env.COLORFGBG)), {
    stdin: terminal.keyboard as unknown as NodeJS.ReadStream,
    stdout: terminal.screen as unknown as NodeJS.WriteStream,
    alternateScreen: true,
    // There is a terminal (checked in modes/console.ts); with CI in the environment Ink would assume there is none.
    interactive: true,
    incrementalRendering: true,
    maxFps: 120,
    exitOnCtrlC: false,
    patchConsole: true,
  });
  terminal.draws(ink);
  try {
    if (settings.theme.background === undefined && answersQuestions(process.env.TERM)) terminal.askBackground();
    const { notice } = context.cache;
    const problem = firstOf(keyProblems(commands, settings.keys));
    const odd = problem ?? notice ?? notShownOfSaved(remembered, context.remembered.unread());
    if (odd !== null) console.update((state) => say(state, odd, 'warn'));
    void startFollowing(console, context, leaving.signal);
    stops.push(workWhenIdle(console, context));
    await ink.waitUntilExit();
  } catch (error) {
    failed.push(error);
  } finally {
    restore([() => ink.unmount(), ...stops]);
    await terminal.release().catch(() => undefined);
    restore([listening.end]);
  }
  if (failed.length > 0) throw failed[0];
  const left = { code: exitCode, words: leftFor };
  if (exitCode !== lostCode && left.words === null && !options.isSandbox) sayGoodbye(writes.follower.open().length);
  return left;
}

/** One line about faulty keys in the settings; `doctor` lists them all. */
function firstOf(problems: readonly string[]): string | null {
  const [first] = problems;
  if (first === undefined) return null;
  const said = paletteWords(first);
  return problems.length === 1 ? said : `${said} ${problems.length - 1} more: :doctor.`;
}

const pasteCut = {
  'no end': 'The paste had no end marker; the text received so far was used. Keys work again.',
  'too long': 'Only the first megabyte of the paste was used.',
} as const;

const noTicket = 'No subscription of this sandbox fits the tour: start it without --scale.';

/** The exit code after a hang-up. */
const lostCode = 129;
const endMilliseconds = 1_500;

/** The terminal is gone: ends the process, whatever still holds it. */
function endSoon(code: number): void {
  setTimeout(() => process.exit(code), endMilliseconds).unref();
}

function size(): [columns: number, rows: number] {
  return [process.stdout.columns || 80, usableRows(process.stdout.rows || 24)];
}

/** Some terminals announce their colours at the start: `15;0` is white on black. */
function usualBackground(foregroundAndBackground: string | undefined): 'dark' | 'light' {
  const background = foregroundAndBackground?.split(';').at(-1);
  return background === '7' || background === '15' ? 'light' : 'dark';
}

/** Terminals that print a query instead of answering it. */
function answersQuestions(term: string | undefined): boolean {
  return term !== undefined && !['linux', 'dumb', ''].includes(term);
}

/** Runs every step, even if others fail. */
function restore(steps: readonly (() => unknown)[]): void {
  for (const step of steps) {
    try {
      step();
    } catch {
      // Restoring the terminal matters more than the failure of one step.
    }
  }
}

/** Windows consoles scroll when the last row is filled. */
function usableRows(rows: number): number {
  return process.platform === 'win32' ? rows - 1 : rows;
}

function sayGoodbye(running: number): void {
  if (running === 0) return;
  const verb = running === 1 ? 'goes' : 'go';
  process.stderr.write(`${counted(running, 'request')} ${verb} on at the vendor. See subdeck request list.\n`);
}
