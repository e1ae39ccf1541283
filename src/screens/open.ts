import { render } from 'ink';
import { createElement } from 'react';
import type { Context } from '../commands/context.ts';
import { loadTab } from '../commands/keys/acts/load-tab.ts';
import { makeActs } from '../commands/keys/acts/make-acts.ts';
import type { Reach, WordRunner } from '../commands/keys/acts/reach.ts';
import { refreshStale } from '../commands/keys/acts/refresh.ts';
import { faultOf } from '../commands/keys/acts/reported.ts';
import { keyCommands } from '../commands/keys/index.ts';
import { words } from '../commands/table.ts';
import { initialState } from '../state/console-state.ts';
import type { ConsoleStore } from '../state/console-store.ts';
import { createConsoleStore } from '../state/console-store.ts';
import { withOwnKeys } from '../state/dispatch.ts';
import { resize, say, sayFault } from '../state/moves/status.ts';
import { startProjector } from '../state/projector.ts';
import { Frame } from './frame.tsx';
import { makeTheme } from './parts/theme.ts';
import { counted } from './text/numbers.ts';

export interface OpenOptions {
  /** Said above the lists, such as that this is the sandbox. */
  readonly banner: string | null;
  /** Runs the palette's words as the command line would. Absent: the palette offers places and keys only. */
  readonly runWords?: WordRunner;
}

/**
 * Opens the console on this terminal and resolves with the exit code once it is left. Rejects with what went wrong inside
 * it. The terminal is given back as it was in every case.
 */
export async function openConsole(context: Context, options: OpenOptions): Promise<number> {
  const { stdout } = process;
  const { clock, settings, mode, wishes } = context;
  let exitCode = 0;
  const keys = withOwnKeys(keyCommands, settings.keys);
  const size = () => ({ columns: stdout.columns ?? 80, rows: usableRows(stdout.rows ?? 24) });
  const reach: Reach = {
    context,
    words: options.runWords === undefined ? [] : words,
    keys,
    runWords: options.runWords ?? null,
    terminal: {
      send: (bytes) => void stdout.write(bytes),
      redraw: () => {
        ink.clear();
        console.update((state) => ({ ...state }));
      },
    },
    exit: (code) => {
      exitCode = code;
      ink.unmount();
    },
  };
  const console = createConsoleStore(
    initialState({
      ...mode,
      ...size(),
      now: clock.now(),
      banner: options.banner,
      remembered: context.remembered.read(),
    }),
    makeActs(reach),
  );
  const theme = makeTheme({ ...settings.theme, colour: !process.env.NO_COLOR, background: 'dark' });
  const stopProjector = startProjector(console, context, {
    onSettled: (request) => {
      stdout.write('\u0007');
      context.sync.refreshOne(request.ref).catch(() => undefined);
    },
  });
  const stopRemembering = remember(console, context);
  const stopTabs = console.subscribe(() => loadTab(console, reach));
  const onResize = () => console.update((state) => resize(state, size().columns, size().rows));
  stdout.on('resize', onResize);
  const failed: unknown[] = [];
  const onFailure = (error: unknown) => {
    failed.push(error);
    ink.unmount();
  };
  process.on('uncaughtException', onFailure);
  process.on('unhandledRejection', onFailure);
  // Before anything is drawn: a key pressed until Ink listens would be echoed into the picture.
  if (process.stdin.isTTY) process.stdin.setRawMode(true);
  const ink = render(createElement(Frame, { console, keys, words: reach.words, theme, monotonic: clock.monotonic }), {
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 120,
    exitOnCtrlC: false,
    patchConsole: true,
  });
  try {
    const { notice } = context.book;
    if (notice !== null) console.update((state) => say(state, notice, 'warn'));
    recover(console, context);
    wishes.follower.start();
    refreshStale(console, reach);
    await ink.waitUntilExit();
  } finally {
    restore([
      () => ink.unmount(),
      stopProjector,
      stopTabs,
      stopRemembering,
      () => wishes.follower.stop(),
      () => stdout.off('resize', onResize),
      () => process.off('uncaughtException', onFailure),
      () => process.off('unhandledRejection', onFailure),
      () => process.stdin.isTTY && process.stdin.setRawMode(false),
      () => stdout.write('\u001b[?2004l\u001b[?25h'),
    ]);
  }
  if (failed.length > 0) throw failed[0];
  sayGoodbye(wishes.follower.open().length);
  return exitCode;
}

/** Ends or turns to unknown what an earlier run left open; the line of what is going on counts what stays unknown. */
function recover(console: ConsoleStore, { wishes }: Context): void {
  try {
    wishes.recover();
  } catch (error) {
    console.update((state) => sayFault(state, faultOf(error)));
  }
}

/** Writes down how tables look each time somebody changes it. */
function remember(console: ConsoleStore, { remembered }: Context): () => void {
  return console.subscribe((state, before) => {
    if (state.looks === before.looks && state.views === before.views) return;
    remembered.write({ looks: state.looks, views: state.views });
  });
}

/** Every step runs, whatever becomes of the others. */
function restore(steps: readonly (() => unknown)[]): void {
  for (const step of steps) {
    try {
      step();
    } catch {
      // The terminal matters more than why one step could not be taken.
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
  process.stderr.write(
    `${counted(running, 'request')} ${verb} on at the vendor. subdeck request list shows what becomes of it.\n`,
  );
}
