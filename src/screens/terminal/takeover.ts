import { setTimeout as pause } from 'node:timers/promises';
import type { Instance } from 'ink';
import { Keyboard } from './keyboard.ts';
import { askBackground, enter, leave, leaveModes, mouseOn, repair, startOver } from './sequences.ts';
import type { TerminalEvent } from './terminal-answer.ts';
import { TerminalScreen } from './terminal-screen.ts';

/** What the drawing library is asked for. */
export type Drawing = Pick<Instance, 'clear' | 'waitUntilRenderFlush'>;

/** The terminal while the console has it. */
export interface Takeover {
  readonly keyboard: Keyboard;
  readonly screen: TerminalScreen;
  /** Tells which library draws on the screen. */
  draws(drawing: Drawing): void;
  /** Asks for the background colour; the answer is an event. */
  askBackground(): void;
  /** Draws the whole screen anew, as if nothing were on it. */
  repaint(): void;
  /** Follows a new size: `commit` brings the console to it, and only what was laid out for it is drawn. */
  follow(commit: () => void): Promise<void>;
  /** Gives the terminal to the shell for a while, as it was. */
  lend(): void;
  /** Takes it back; a repaint must follow. */
  takeBack(): void;
  /** The terminal is gone: nothing is written any more. */
  lose(): void;
  /** Gives it back for good. What the terminal still has to answer is waited for, so that the shell does not get it as typed. */
  release(): Promise<void>;
}

/** A terminal that has not answered by then does not know the question. */
const answerMilliseconds = 5_000;
/** Nobody waits for the shell longer than this. */
const leavingMilliseconds = 1_000;

/**
 * Takes over the terminal of this process: mends what a killed program left on, and hears keys from here on, so that none
 * is echoed into the picture.
 */
export function takeTerminal(options: {
  readonly mouse: boolean;
  /** Signs that Subdeck itself writes are drawn in ASCII; names stay as they are. */
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
    // What the library remembers of the screen may be wrong, and its ways of erasing go by it: it forgets first, unheard.
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
      // Set twice, since the shell may have changed the mode behind this process.
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
      // Before the shell has its screen again: what is typed there from then on is the shell's.
      if (!lost && askedAt !== null && performance.now() - askedAt < answerMilliseconds) {
        await Promise.race([answered.promise, pause(leavingMilliseconds)]);
      }
      if (!lost) stdout.write(leaveModes);
      if (!lost) stdin.setRawMode(false);
      keyboard.close();
    },
  };
}
