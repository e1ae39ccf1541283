import type { Fault } from '../../../model/fault.ts';
import type { WriteRequest } from '../../../operations/registry.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import type { Command } from '../../command.ts';
import type { Context } from '../../context.ts';

/**
 * What a key sets going: an update of the console's own state, or an effect, which asks a vendor, the clock, the disk or the
 * terminal too.
 */
export interface EffectContext {
  readonly store: ConsoleStore;
  readonly deps: EffectDeps;
}

/** What the effects reach beyond the store. */
export interface EffectDeps {
  readonly context: Context;
  /** Every command, with the user's own keys. */
  readonly commands: readonly Command[];
  /** Runs words as the command line would. Null where nobody built a runner: only keys are offered then. */
  readonly runWords: WordRunner | null;
  readonly terminal: Terminal;
  /** Ends the console. */
  exit(code: number): void;
  /** Ends it for words that ask questions; it opens again after them. */
  leaveFor(words: readonly string[]): void;
}

/** As much of `EffectDeps` as an effect needs that uses no more than these of the context. */
export interface Using<Name extends keyof Context> {
  readonly context: Pick<Context, Name>;
}

export interface Terminal {
  /** Sends bytes that draw nothing: the clipboard, the bell. */
  send(bytes: string): void;
  redraw(): void;
  /** Gives the terminal to the shell until it says go on. */
  suspend(): void;
}

/** `argv` as after `subdeck`. Nobody is asked anything: a write is given back as what is requested, and sends nothing. */
export type WordRunner = (
  argv: readonly string[],
  signal: AbortSignal,
) => Promise<{
  readonly lines: readonly string[];
  readonly faults: readonly Fault[];
  readonly write: { readonly writeRequest: WriteRequest; readonly reason: string | null } | null;
}>;
