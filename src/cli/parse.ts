import { parseArgs } from 'node:util';
import type { Command, FlagSpec, Words } from '../commands/command.ts';
import type { LaunchMode } from '../commands/launch-modes.ts';
import { everywhere, flagsOf, waitFlag } from '../commands/standard-flags.ts';
import { type FaultError, fault } from '../model/fault.ts';
import { nearest } from '../model/nearest.ts';

export type Flags = Readonly<Record<string, string | true>>;

/** The parsed command line. A `run` holds everything the command needs, checked against its specs. */
export type Parsed =
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly words: Words;
      readonly args: Readonly<Record<string, string>>;
      readonly rest: readonly string[];
      readonly flags: Flags;
    }
  | { readonly kind: 'launch-mode'; readonly launchMode: LaunchMode['id']; readonly flags: Flags }
  | { readonly kind: 'help'; readonly words: readonly string[]; readonly flags: Flags }
  | { readonly kind: 'version' };

/** Reads the words after `subdeck`. Throws `usage` faults. */
export function parse(
  argv: readonly string[],
  commands: readonly Command[],
  launchModes: readonly LaunchMode[],
): Parsed {
  const { positionals, literal, flags, given } = split(argv, commands, launchModes);
  if ((flags.version || flags.V) && positionals.length === 0) return { kind: 'version' };
  const found = findCommand(positionals, commands);
  if (flags.help || flags.h) return { kind: 'help', words: found?.command.id.split(' ') ?? positionals, flags };
  if (found) {
    const { command, words, used } = found;
    checkFlags(given, flags, flagsOf(words), command.id);
    const { args, rest } = takeArguments(command.id, words, [...positionals.slice(used), ...literal]);
    return { kind: 'run', command, words, args, rest, flags };
  }
  const launchMode = launchModes.find(({ words }) => words === positionals.join(' '));
  if (launchMode && literal.length === 0) {
    checkFlags(given, flags, [...launchMode.flags, ...everywhere], launchMode.words);
    return { kind: 'launch-mode', launchMode: launchMode.id, flags };
  }
  throw unknownWords(positionals.length ? positionals : literal, commands, launchModes);
}

interface Split {
  readonly positionals: readonly string[];
  /** The words after `--`. */
  readonly literal: readonly string[];
  readonly flags: Flags;
  readonly given: readonly string[];
}

/** Whether a flag takes a value does not depend on the command, so flags are read before the command is known. */
function split(argv: readonly string[], commands: readonly Command[], launchModes: readonly LaunchMode[]): Split {
  const specs = [
    ...commands.flatMap(({ words }) => (words ? flagsOf(words) : [])),
    ...launchModes.flatMap((one) => one.flags),
  ];
  const valued = new Set(specs.filter(({ value }) => value).map(({ name }) => name));
  const repeated = new Set(specs.filter(({ repeats }) => repeats).map(({ name }) => name));
  const end = argv.indexOf('--');
  const [before, literal] = end < 0 ? [argv, []] : [argv.slice(0, end), argv.slice(end + 1)];
  const { tokens } = parseArgs({
    // A word like -1 is a number out of range, not a flag.
    args: before.map((word) => (/^-\d/.test(word) ? `\u0000${word}` : word)),
    options: Object.fromEntries([...valued].map((name) => [name, { type: 'string' as const }])),
    strict: false,
    tokens: true,
  });
  const positionals: string[] = [];
  const flags: Record<string, string | true> = Object.create(null);
  const given: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(plain(token.value));
    if (token.kind !== 'option') continue;
    const written = token.rawName;
    const earlier = repeated.has(token.name) ? flags[token.name] : undefined;
    if (given.includes(token.name) && earlier === undefined) throw usage(`${written} is given twice.`, 'Give it once.');
    given.push(token.name);
    const value = valued.has(token.name)
      ? valueGiven(written, token.value, token.inlineValue === true)
      : switchGiven(token.name, written, token.value);
    flags[token.name] = earlier === undefined ? value : `${earlier} ${value}`;
  }
  return { positionals, literal, flags, given };
}

function plain(word: string): string {
  return word.replace(/^\u0000/, '');
}

function valueGiven(written: string, value: string | undefined, inline: boolean): string {
  if (value === undefined) throw usage(`${written} needs a value.`, `Write ${written}=VALUE.`);
  if (!inline && value.startsWith('--')) {
    throw usage(`${written} needs a value.`, `If ${value} is meant, write ${written}=${value}.`);
  }
  return plain(value);
}

function switchGiven(name: string, written: string, value: string | undefined): string | true {
  if (value === undefined) return true;
  if (name === waitFlag) return value;
  throw usage(`${written} takes no value.`, `Write ${written} alone.`);
}

/** The longest command that `positionals` begin with. */
function findCommand(positionals: readonly string[], commands: readonly Command[]) {
  for (let used = positionals.length; used > 0; used -= 1) {
    const command = commands.find(({ id, words }) => words && id === positionals.slice(0, used).join(' '));
    if (command?.words) return { command, words: command.words, used };
  }
  return null;
}

function checkFlags(given: readonly string[], flags: Flags, specs: readonly FlagSpec[], id: string): void {
  for (const { name, choices } of specs) {
    const value = flags[name];
    if (!choices || typeof value !== 'string' || choices.includes(value)) continue;
    throw usage(`--${name} must be one of ${choices.join(', ')}.`, `It is "${value}".`);
  }
  const names = specs.map(({ name }) => name);
  const stranger = given.find((name) => !names.includes(name));
  if (stranger === undefined) return;
  const near = nearest(stranger, names);
  const dashes = stranger.length === 1 ? '-' : '--';
  throw usage(
    `subdeck ${id} has no flag ${dashes}${stranger}.`.replace('  ', ' '),
    near ? `Did you mean --${near}?` : `See subdeck ${id} --help`.replace('  ', ' '),
  );
}

function takeArguments(id: string, { args: specs }: Words, words: readonly string[]) {
  const args: Record<string, string> = {};
  const rest = specs.at(-1)?.rest === true;
  const single = rest ? specs.slice(0, -1) : specs;
  const lacking = [...single, ...specs.slice(single.length)].find(
    ({ optional }, index) => !optional && words[index] === undefined,
  );
  if (lacking) throw usage(`subdeck ${id} needs ${lacking.name}: ${lacking.help}.`, `See subdeck ${id} --help`);
  if (!rest && words.length > single.length) {
    throw usage(`subdeck ${id} takes no argument "${words[single.length]}".`, `See subdeck ${id} --help`);
  }
  for (const [index, { name }] of single.entries()) {
    const word = words[index];
    if (word !== undefined) args[name] = word;
  }
  return { args, rest: words.slice(single.length) };
}

function unknownWords(
  given: readonly string[],
  commands: readonly Command[],
  launchModes: readonly LaunchMode[],
): FaultError {
  const ids = [...commands.filter(({ words }) => words).map(({ id }) => id), ...launchModes.map(({ words }) => words)];
  const text = given.join(' ');
  const below = ids.filter((id) => id.startsWith(`${text} `)).map((id) => id.slice(text.length + 1));
  if (below.length)
    return usage(`subdeck ${text} needs one more word: ${below.join(', ')}.`, `See subdeck help ${text}`);
  const candidates = ids.map((id) => id.split(' ').slice(0, given.length).join(' '));
  const near =
    nearest(given.slice(0, 2).join(' '), ids) ?? nearest(text, candidates) ?? nearest(given[0] ?? '', candidates);
  return usage(
    `There is no command "${text}".`,
    near ? `Did you mean subdeck ${near}?` : 'subdeck help lists all commands.',
  );
}

function usage(message: string, next: string): FaultError {
  return fault('usage', message, next);
}
