import { setTimeout as pause } from 'node:timers/promises';
import type { Instance } from 'ink';
import { Keyboard } from './keyboard.ts';
import { askBackground, enter, leave, leaveModes, mouseOn, repair, startOver } from './sequences.ts';
import type { TerminalEvent } from './terminal-answer.ts';
import { TerminalScreen } from './terminal-screen.ts';

/** What Ink has to provide. */
export type Drawing = Pick<Instance, 'clear' | 'waitUntilRenderFlush'>;

/** The terminal while the console has it. */
export interface Takeover {
  readonly keyboard: Keyboard;
  readonly screen: TerminalScreen;
  /** Sets the Ink instance that draws on the screen. */
  draws(drawing: Drawing): void;
  /** Queries the background colour; the answer is an event. */
  askBackground(): void;
  /** Redraws the whole screen, as if it were empty. */
  repaint(): void;
  /** Handles a new size: `commit` updates the console; only frames laid out for the new size are drawn. */
  follow(commit: () => void): Promise<void>;
  /** Gives the restored terminal to the shell for a while. */
  lend(): void;
  /** Takes it back; a repaint must follow. */
  takeBack(): void;
  /** The terminal is gone: nothing more is written. */
  lose(): void;
  /**
   * Restores it for good. Waits for pending answers of the terminal, so that the shell does not read them as typed
   * text.
   */
  release(): Promise<void>;
}

/** A terminal that has not answered by then does not support the query. */
const answerMilliseconds = 5_000;
/** The shell waits at most this long. */
const leavingMilliseconds = 1_000;

/**
 * Takes over this process's terminal: restores what a killed program left on, and reads keys from now on, so that none
 * is echoed onto the screen.
 */
export function takeTerminal(options: {
  readonly mouse: boolean;
  /** Draws Subdeck's own symbols in ASCII; names are unchanged. */
  readonly ascii: boolean;
  readonly onEvent: (event: TerminalEvent) => void;
}): Takeover {
  const { stdin, stdout } = process;
  stdout.write(repair);
  stdin.setRawMode(true);
  let askedAt: number | null = null;
  const answered = Promise.withResolvers<void>();
  const keyboard = new Keyboard(stdin, (event) => {
    if (event.kind === 'background') {
      askedAt = null;
      answered.resolve();
    }
    if (!released) options.onEvent(event);
  });
  const screen = new TerminalScreen(stdout, options.ascii);
  let drawing: Drawing | null = null;
  let generation = 0;
  let lost = false;
  let released = false;

  const repaint = () => {
    if (lost) return;
    // Ink's record of the screen may be wrong, and it erases by that record: reset it first, with output muted.
    screen.muted = true;
    drawing?.clear();
    screen.muted = false;
    stdout.write(startOver);
    screen.emit('resize');
  };
  return {
    keyboard,
    screen,
    draws: (by) => {
      drawing = by;
      if (options.mouse) stdout.write(mouseOn);
    },
    askBackground: () => {
      askedAt = performance.now();
      stdout.write(askBackground);
    },
    repaint,
    follow: async (commit) => {
      generation += 1;
      const own = generation;
      screen.muted = true;
      screen.takeSize();
      commit();
      await drawing?.waitUntilRenderFlush();
      if (own === generation) repaint();
    },
    lend: () => {
      screen.muted = true;
      stdout.write(leave);
      stdin.setRawMode(false);
    },
    takeBack: () => {
      // Set twice, since the shell may have changed the mode without this process knowing.
      stdin.setRawMode(false);
      stdin.setRawMode(true);
      stdout.write(enter(options.mouse));
    },
    lose: () => {
      lost = true;
      answered.resolve();
      screen.muted = true;
    },
    release: async () => {
      generation += 1;
      released = true;
      // Before the shell gets its screen back: text typed from then on is the shell's.
      if (!lost && askedAt !== null && performance.now() - askedAt < answerMilliseconds) {
        await Promise.race([answered.promise, pause(leavingMilliseconds)]);
      }
      if (!lost) stdout.write(leaveModes);
      if (!lost) stdin.setRawMode(false);
      keyboard.close();
    },
  };
}
