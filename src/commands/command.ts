import type { AbilityName } from '../api/contract.ts';
import type { ExitKind } from '../model/fault.ts';
import type { WriteRequest } from '../operations/registry.ts';
import type { ConsoleState } from '../state/console-state.ts';
import type { KeyScope } from '../state/key-scopes.ts';
import type { Screen } from '../state/screen.ts';
import type { Context, ReadingContext } from './context.ts';
import type { EffectContext } from './keys/effects/deps.ts';
import type { FieldsShape, OutputShape } from './output-shape.ts';
import type { Reply } from './reply.ts';
import type { VendorKind } from './setup.ts';

/**
 * One thing that a user can do, declared once. Keys, palette, help, command line, completion and docs are derived from
 * the table of these (`table.ts`). A command has words, keys, or both.
 */
export interface Command {
  /**
   * The words without `subdeck` (`subscription set-quantity`), or a short name for a command with keys only (`cursor
   * down`).
   */
  readonly id: string;
  /** One line for help, palette and docs. */
  readonly summary: string;
  readonly words?: Words;
  readonly keys?: Keys;
}

/** The command line's side: `effect` says what running it changes, and decides what it is given to run with. */
export type Words = ReadingWords | LocalWords | SendingWords | TerminalWords;

/**
 * Reads: files of this machine, and vendors, whose answers refresh the cache. It gets nothing that sends a write or changes what
 * a person decided, so that an assistant may run it (docs/guides/assistants.md).
 */
export interface ReadingWords extends SharedWords, RunBy<ReadingContext> {
  readonly effect: 'reads';
  readonly kind: 'list' | 'object' | 'text';
  /** What an assistant is not told, of what stands around a list: a person types it to confirm what was reviewed. */
  readonly forPersons?: readonly string[];
}

/** Changes what this machine keeps (settings, secrets, cache, marks, plan files) and sends no write. */
export interface LocalWords extends SharedWords, RunBy<Context> {
  readonly effect: 'local';
  readonly kind: 'list' | 'object' | 'text';
}

/** Sends writes to vendors. */
export interface SendingWords extends SharedWords, RunBy<Context> {
  readonly effect: 'vendor';
  readonly kind: 'write';
  /**
   * The write request, checked as far as arguments can be. The console opens its plan. Throws `usage` faults. Absent: it sends
   * more than one.
   */
  writeRequest?(context: Context, input: Input): Promise<WriteRequest>;
}

/** Changes nothing, and serves a person's shell or terminal alone: completion scripts, the version. */
export interface TerminalWords extends SharedWords, RunBy<Context> {
  readonly effect: 'person';
  readonly kind: 'list' | 'object' | 'text';
}

interface RunBy<Given> {
  /** The console opens this screen in place of the reply. */
  readonly opens?: (context: Given, input: Input) => Promise<Screen>;
  // A property, not a method: a function that needs more than it is given does not compile.
  readonly run: (context: Given, input: Input) => Promise<Reply>;
}

interface SharedWords {
  readonly args: readonly ArgumentSpec[];
  readonly flags: readonly FlagSpec[];
  /** What `--json` prints: each row of a list, or the whole. */
  readonly output: OutputShape;
  /** Of a list that is not printed as an array: what stands around its `rows`. */
  readonly outputAbout?: FieldsShape;
  /** Help on parts of it: `help connection add VENDOR`. */
  topics?(vendors: readonly VendorKind[]): readonly HelpTopic[];
  /** Decides which standard flags apply: lists take `--csv` and `--ndjson`, writes `--yes`, `--dry-run`, … */
  readonly kind: 'list' | 'object' | 'write' | 'text';
  readonly examples?: readonly string[];
  /** How it may end beside what its effect says (`exit-kinds.ts`). */
  readonly endsAlso?: readonly ExitKind[];
  /** Abilities of the REF's vendor; one of them is enough. Offline, cached answers are shown. */
  readonly needs?: readonly [AbilityName, ...AbilityName[]];
  /** Calls a vendor, even if the cache has the data. */
  readonly needsNetwork?: true;
  /** Its arguments may hold a secret or a licence key: the console's history keeps the command without them. */
  readonly takesSecrets?: true;
  /** Why the console does not run it, and what to use there. */
  readonly notInConsole?: string;
  /** Where it may prompt for values that are missing, which the console hands the terminal over for. */
  readonly asks?: Asking;
}

export interface Asking {
  /** The connection that it names: one of these settings, or a new one. */
  readonly of: 'known' | 'new';
  /** Whether it prompts if these arguments are all that it is given. Throws `usage` and `missing` faults. */
  readonly when: (context: Pick<Context, 'connections' | 'setup'>, input: Input) => boolean;
}

/** More than one command's help can say, under a word of its own. */
export interface HelpTopic {
  readonly word: string;
  readonly summary: string;
  lines(): readonly string[];
}

/** Names that a shell offers: known when the script is printed (`vendor`, `setting`), when Tab is pressed, or to the shell itself (`file`). */
export type CompletionKind = 'vendor' | 'setting' | 'connection' | 'connection-setting' | 'ref' | 'filter' | 'file';

/** What a shell offers for a value. A word that ends in `=`, `:` or `/` is typed on. */
export type Completion = CompletionKind | readonly string[];

export interface ArgumentSpec {
  readonly name: string;
  readonly help: string;
  /** Absent: nothing. */
  readonly completes?: Completion;
  readonly optional?: boolean;
  /** Takes all remaining words. */
  readonly rest?: boolean;
}

export interface FlagSpec {
  readonly name: string;
  readonly help: string;
  /** Default: a switch. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** Absent: the choices. */
  readonly completes?: Completion;
  /** May be repeated: the values are joined by spaces. */
  readonly repeats?: true;
}

/** The given arguments, checked against the specs. */
export interface Input {
  readonly args: Readonly<Record<string, string>>;
  readonly rest: readonly string[];
  readonly flags: Readonly<Record<string, string | true>>;
  /** Reads all of stdin as text, for secrets, which are never arguments. On a terminal, one line without echo. */
  readonly stdin: () => Promise<string>;
  readonly signal: AbortSignal;
  /** Progress and hints: to stderr on the command line, to the status line in the console. */
  readonly say: (text: string) => void;
  /** Reports progress repeatedly, in lines; null at the end. Only shown on a terminal. */
  readonly progress?: (text: string | null) => void;
  /** Prompts a person, or null without a terminal. */
  readonly ask: ((question: string) => Promise<string>) | null;
  /** Delays an interrupt until `work` is done: the answer of a write that is being sent is waited for. */
  readonly holding?: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

export type { KeyScope };

/** The console's side. Keys are data; only the frame listens to the keyboard. */
export interface Keys {
  /** Default keys in the words of the settings: `j`, `G`, `down`, `pagedown`, `enter`, `escape`, `space`, `tab`, `ctrl+p`. */
  readonly keys: readonly string[];
  readonly scopes: readonly KeyScope[];
  /** The footer's text; absent: shown in the help only. */
  readonly hint?: string;
  /** Where not all hints have room: before or after those that only fewer screens have. */
  readonly hintStays?: 'longest' | 'shortest';
  /** Its hint stays in the footer on the narrowest screen. */
  readonly alwaysShown?: true;
  /** The letter typed for it in screen-reader mode, where lines take the place of keys. */
  readonly readerKey?: string;
  /** Its id in the settings of earlier versions, which is still accepted there. */
  readonly formerId?: string;
  /** Why it is unavailable now, or null. Shown beside the dimmed entry. */
  unavailable?(state: ConsoleState): string | null;
  perform(effects: EffectContext): void;
}
