import { fault } from '../model/fault.ts';
import type { Command, FlagSpec, HelpTopic } from './command.ts';
import { helpEntry } from './help-entry.ts';
import { launchModes } from './launch-modes.ts';
import { object, texts } from './output-shape.ts';
import type { Described } from './reference/topic.ts';
import { topicLines } from './reference/topic-text.ts';
import { topics } from './reference/topics.ts';
import type { Reply } from './reply.ts';
import { wellEnded } from './reply-ending.ts';
import type { VendorKind } from './setup.ts';
import { everywhere, flagsOf } from './standard-flags.ts';
import { usageOf } from './usage.ts';

/** `subdeck help [WORDS]`, derived from the table. */
export function helpCommand(commands: () => readonly Command[]): Command {
  return {
    id: 'help',
    summary: 'the keys of this screen, or the commands of the command line',
    words: {
      effect: 'reads',
      output: object(texts('help')),
      kind: 'text',
      args: [
        {
          name: 'WORDS',
          help: 'a command or a topic',
          completes: topics.map(({ word }) => word),
          rest: true,
          optional: true,
        },
      ],
      flags: [],
      run: ({ setup, connections }, { rest }) =>
        help(rest, {
          commands: commands(),
          vendors: setup.vendors,
          abilities: () => connections.abilityMatrix(),
        }),
    },
    keys: {
      keys: ['?'],
      scopes: ['any'],
      hint: 'help',
      alwaysShown: true,
      perform: ({ store }) =>
        store.update((state) => ({ ...state, overlay: { kind: 'help', find: null, scroll: 0, length: 0 } })),
    },
  };
}

/** Help for these words, or the overview. Throws `usage` if there is no such command or topic. */
export async function help(about: readonly string[], described: Described): Promise<Reply> {
  const { commands, vendors } = described;
  const text = about.join(' ');
  const topic = topics.find(({ word }) => word === text);
  const ofTopic = topic === undefined ? null : await topicLines(topic, described);
  const ofCommand = aboutCommand(text, commands, vendors);
  const lines =
    text === ''
      ? overview(commands)
      : // A command and a topic may have the same name.
        ofCommand !== null && ofTopic !== null
        ? [...ofCommand, '', ...ofTopic]
        : (ofTopic ?? ofCommand ?? aboutGroup(text, commands) ?? aboutPart(about, commands, vendors));
  if (lines)
    return {
      kind: 'text',
      text: `${lines.join('\n')}\n`,
      json: { help: lines.join('\n') },
      isData: false,
      isForReading: true,
      ...wellEnded,
    };
  throw fault('usage', `There is no command "${text}".`, 'subdeck help lists all commands.');
}

function overview(commands: readonly Command[]): readonly string[] {
  return [
    'subdeck: manage the subscriptions of five cloud vendors',
    '',
    ...launchModes.map(({ words, summary }) => helpEntry(words, summary)),
    '',
    ...commands.flatMap((command) => (command.words ? [helpEntry(command.id, command.summary)] : [])),
    '',
    'Flags of every command',
    ...everywhere.map(flagLine),
    '',
    'subdeck help COMMAND explains a command; subdeck help TOPIC one of these',
    ...topics.map(({ word, summary }) => helpEntry(word, summary)),
  ];
}

function aboutGroup(text: string, commands: readonly Command[]): readonly string[] | null {
  const below = commands.filter(({ id, words }) => words && id.startsWith(`${text} `));
  return below.length ? below.map(({ id, summary }) => helpEntry(id, summary)) : null;
}

/** The last word names a topic of the command before it. */
function aboutPart(
  about: readonly string[],
  commands: readonly Command[],
  vendors: readonly VendorKind[],
): readonly string[] | null {
  const command = commands.find(({ id }) => id === about.slice(0, -1).join(' '));
  const topics = command?.words?.topics?.(vendors);
  if (command === undefined || topics === undefined) return null;
  const topic = topics.find(({ word }) => word === about.at(-1));
  if (topic !== undefined) return topic.lines();
  const words = topics.map(({ word }) => word).join(', ');
  throw fault('usage', `help ${command.id} has no topic "${about.at(-1)}".`, `Its topics are ${words}.`);
}

function aboutCommand(
  text: string,
  commands: readonly Command[],
  vendors: readonly VendorKind[],
): readonly string[] | null {
  const launchMode = launchModes.find(({ words }) => words === text);
  if (launchMode) return [`subdeck ${launchMode.words}`, `  ${launchMode.summary}`, ...flagLines(launchMode.flags)];
  const command = commands.find(({ id, words }) => words && id === text);
  if (!command?.words) return null;
  const { args, examples = [] } = command.words;
  return [
    usageOf(command.id, command.words),
    `  ${command.summary}`,
    ...(args.length ? ['', ...args.map(({ name, help: meaning }) => helpEntry(name, meaning))] : []),
    ...flagLines(flagsOf(command.words)),
    ...partLines(command.id, command.words.topics?.(vendors) ?? []),
    ...(examples.length ? ['', 'For example', ...examples.map((example) => `  subdeck ${example}`)] : []),
  ];
}

function partLines(id: string, topics: readonly HelpTopic[]): readonly string[] {
  if (topics.length === 0) return [];
  return [
    '',
    `subdeck help ${id} … explains what it needs for`,
    ...topics.map(({ word, summary }) => helpEntry(word, summary)),
  ];
}

function flagLines(flags: readonly FlagSpec[]): readonly string[] {
  return flags.length ? ['', ...flags.map(flagLine)] : [];
}

function flagLine({ name, value, help: meaning }: FlagSpec): string {
  return helpEntry(value ? `--${name} ${value}` : `--${name}`, meaning);
}
