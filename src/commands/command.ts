import type { AbilityName } from '../api/contract.ts';
import type { WriteRequest } from '../operations/registry.ts';
import type { ConsoleState } from '../state/console-state.ts';
import type { KeyScope } from '../state/key-scopes.ts';
import type { Context } from './context.ts';
import type { EffectContext } from './keys/effects/deps.ts';
import type { Reply } from './reply.ts';

/**
 * One thing that can be done, said once. Keys, palette, help, words, completion and the docs are all derived from the table
 * of these (`table.ts`). A command has words, keys, or both.
 */
export interface Command {
  /** The words without `subdeck` (`subscription set-quantity`), or a short name for what only keys do (`cursor down`). */
  readonly id: string;
  /** One line for help, palette and docs. */
  readonly summary: string;
  readonly words?: Words;
  readonly keys?: Keys;
}

/** The command line's face. */
export interface Words {
  readonly args: readonly ArgumentSpec[];
  readonly flags: readonly FlagSpec[];
  /** Decides which standard flags the command takes: lists take `--csv` and `--ndjson`, writes `--yes`, `--dry-run`, … */
  readonly kind: 'list' | 'object' | 'write' | 'text';
  readonly examples?: readonly string[];
  /** What the vendor of a REF must be able to do, which takes the network; any of them is enough. */
  readonly needs?: readonly [AbilityName, ...AbilityName[]];
  /** It asks a vendor, whatever the cache holds. */
  readonly needsNetwork?: true;
  /** A secret or a licence key may be typed behind it: no more than the command itself is remembered. */
  readonly takesSecrets?: true;
  /** Why the console does not run its words, and what does it there. */
  readonly notInConsole?: string;
  /** It asks for what was not given, line by line: the console leaves the screen to it and comes back. */
  readonly asks?: boolean;
  /**
   * For a write: what is requested, checked as far as words can be. The console opens the plan of it. Throws `usage`
   * faults.
   */
  writeRequest?(context: Context, input: Input): Promise<WriteRequest>;
  run(context: Context, input: Input): Promise<Reply>;
}

export interface ArgumentSpec {
  readonly name: string;
  readonly help: string;
  readonly optional?: boolean;
  /** Takes all remaining words. */
  readonly rest?: boolean;
}

export interface FlagSpec {
  readonly name: string;
  readonly help: string;
  /** Absent: a switch. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** May be given more than once: the values come joined by blanks. */
  readonly repeats?: true;
}

/** Words as they were given, checked against the specs. */
export interface Input {
  readonly args: Readonly<Record<string, string>>;
  readonly rest: readonly string[];
  readonly flags: Readonly<Record<string, string | true>>;
  /** Reads all of stdin as text; for secrets, which are never arguments. A terminal is asked for one line, unseen. */
  readonly stdin: () => Promise<string>;
  readonly signal: AbortSignal;
  /** Progress and hints: stderr at the command line, the status line in the console. */
  readonly say: (text: string) => void;
  /** How far something is, over and over; null when it is over. Where a person watches. */
  readonly progress?: (text: string | null) => void;
  /** Asks a person, or null where there is nobody to ask. */
  readonly ask: ((question: string) => Promise<string>) | null;
  /** Holds off an interrupt until `work` is done: while a write is on its way, its answer is waited for. */
  readonly holding?: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

export type { KeyScope };

/** The console's face. Keys are data; only the frame listens. */
export interface Keys {
  /** Default keys in the words of the settings: `j`, `G`, `down`, `pagedown`, `enter`, `escape`, `space`, `tab`, `ctrl+p`. */
  readonly keys: readonly string[];
  readonly scopes: readonly KeyScope[];
  /** What the footer says; absent: only in the help. */
  readonly hint?: string;
  /** Its hint stays in the footer however narrow the screen is. */
  readonly alwaysShown?: true;
  /** The letter typed for it in the screen-reader mode, where lines take the place of keys. */
  readonly readerKey?: string;
  /** Why it cannot be done here and now, or null. Shown beside the dimmed entry. */
  unavailable?(state: ConsoleState): string | null;
  perform(effects: EffectContext): void;
}
