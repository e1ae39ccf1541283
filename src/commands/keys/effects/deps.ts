import type { Fault } from '../../../model/fault.ts';
import type { WriteRequest } from '../../../operations/registry.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import type { Screen } from '../../../state/screen.ts';
import type { Command } from '../../command.ts';
import type { Context } from '../../context.ts';

/**
 * What a key triggers: an update of the console's state, or an effect, which may also use a vendor, the clock, the disk
 * or the terminal.
 */
export interface EffectContext {
  readonly store: ConsoleStore;
  readonly deps: EffectDeps;
}

/** What effects may use beyond the store. */
export interface EffectDeps {
  readonly context: Context;
  /** Every command, with the user's own key bindings. */
  readonly commands: readonly Command[];
  /** Runs a command as the command line would. Null without a runner: the palette offers keys only. */
  readonly runWords: WordRunner | null;
  readonly terminal: Terminal;
  /** Quits the console. */
  exit(code: number): void;
  /** Leaves the console for a command that prompts; it opens again afterwards. */
  leaveFor(words: readonly string[]): void;
}

/** The part of `EffectDeps` for effects that use only these members of the context. */
export interface Using<Name extends keyof Context> {
  readonly context: Pick<Context, Name>;
}

export interface Terminal {
  /** Sends bytes that draw nothing: clipboard, bell. */
  send(bytes: string): void;
  redraw(): void;
  /** Suspends to the shell until resumed. */
  suspend(): void;
}

/** `argv` as after `subdeck`. Never prompts: a write is returned as a request, and nothing is sent. */
export type WordRunner = (
  argv: readonly string[],
  signal: AbortSignal,
) => Promise<{
  readonly lines: readonly string[];
  /** The lines are data, no sentences. */
  readonly isData: boolean;
  readonly faults: readonly Fault[];
  readonly write: { readonly writeRequest: WriteRequest; readonly reason: string | null } | null;
  /** To be opened in place of the lines. */
  readonly screen: Screen | null;
  /** It did not run, since it prompts for what is missing. */
  readonly asks: boolean;
}>;
