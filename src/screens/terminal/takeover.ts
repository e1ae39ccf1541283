import type { Instance } from 'ink';
import { Keyboard } from './keyboard.ts';
import { enter, leave, leaveModes, mouseOn, repair, startOver } from './sequences.ts';
import type { TerminalEvent } from './terminal-input.ts';
import { TerminalScreen } from './terminal-screen.ts';

/** What the drawing library is asked for. */
export type Drawing = Pick<Instance, 'clear' | 'waitUntilRenderFlush'>;

/** The terminal while the console has it. */
export interface Takeover {
  readonly keyboard: Keyboard;
  readonly screen: TerminalScreen;
  /** Tells which library draws on the screen. */
  draws(drawing: Drawing): void;
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
  /** Gives it back for good. Safe to call more than once. */
  release(): void;
}

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
  const keyboard = new Keyboard(stdin, options.onEvent);
  const screen = new TerminalScreen(stdout, options.ascii);
  let drawing: Drawing | null = null;
  let generation = 0;
  let lost = false;

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
      screen.muted = true;
    },
    release: () => {
      generation += 1;
      if (!lost) {
        stdin.setRawMode(false);
        stdout.write(leaveModes);
      }
      keyboard.close();
    },
  };
}
