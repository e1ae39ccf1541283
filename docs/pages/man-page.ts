import type { Command, FlagSpec, Words } from '../../src/commands/command.ts';
import { launchModes } from '../../src/commands/launch-modes.ts';
import type { Part, Topic } from '../../src/commands/reference/topic.ts';
import { topics } from '../../src/commands/reference/topics.ts';
import { everywhere, listFlags, writeFlags } from '../../src/commands/standard-flags.ts';
import { usageOf } from '../../src/commands/usage.ts';
import { bold, entry, roff, verbatim } from './roff.ts';
import { described } from './topic.ts';

/** `subdeck.1`: the manual page, with every command and every topic of help. It has no date and no version, so that it changes only with them. */
export async function manPage(): Promise<string> {
  const whole = await Promise.all(topics.filter(({ inManual }) => inManual === 'whole').map(topicLines));
  const lines = [
    '.\\" This page is generated: change the code, then run `npm run docs`.',
    // Names are copied: no line ends inside one, and no blanks are added between them.
    '.nr HY 0',
    '.TH SUBDECK 1 "" Subdeck "User Commands"',
    '.nh',
    '.ad l',
    '.SH NAME',
    `subdeck \\- ${roff('manage the subscriptions of five cloud vendors')}`,
    '.SH SYNOPSIS',
    ...launchModes.flatMap(({ words, flags }, at) => [
      ...(at === 0 ? [] : ['.br']),
      [bold(['subdeck', words].filter(Boolean).join(' ')), ...flags.map((flag) => `[${flagText(flag)}]`)].join(' '),
    ]),
    '.br',
    `${bold('subdeck')} \\fICOMMAND\\fR [\\fIARGUMENT\\fR ...] [\\fIFLAG\\fR ...]`,
    '.br',
    `${bold('subdeck help')} [\\fICOMMAND\\fR | \\fITOPIC\\fR]`,
    '.SH DESCRIPTION',
    roff(
      'Subdeck is a console and a command line over the subscription portals of cloud vendors. Alone it opens the console; with no connection yet that is a demo with made-up data. A write is a plan first, is sent at most once, and is recorded before and after it is sent; what has no answer is unknown, not failed.',
    ),
    '.PP',
    roff('In the console, type a command without `subdeck` after `:`, and `?` for the keys of the screen.'),
    ...launchModes.flatMap(({ words, summary, flags }) => [
      ...entry(bold(['subdeck', words].filter(Boolean).join(' ')), sentence(summary)),
      ...flagList(flags),
    ]),
    '.SH COMMANDS',
    ...described.commands.flatMap(commandLines),
    '.SH OPTIONS',
    roff('Every command takes:'),
    ...everywhere.flatMap(flagLines),
    '.PP',
    roff('A list also takes:'),
    ...listFlags.flatMap(flagLines),
    '.PP',
    roff('A write also takes:'),
    ...writeFlags.flatMap(flagLines),
    ...whole.flat(),
    '.SH MORE TOPICS',
    ...topics
      .filter(({ inManual }) => inManual === 'named')
      .flatMap(({ word, summary }) => entry(bold(`subdeck help ${word}`), sentence(summary))),
    '.SH FILES',
    ...files.flatMap(([name, about]) => entry(bold(name), about)),
    '.PP',
    roff('Where they are depends on the platform and on SUBDECK_HOME; see the variables above.'),
    '.SH EXAMPLES',
    ...verbatim([
      'subdeck demo',
      'subdeck connection add nordic --vendor V',
      'subdeck subscription list --filter "ends<30d -is:trial" --json',
      'subdeck subscription set-quantity nordic/sub-1 20 --wait',
      'subdeck today --json',
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

const files: readonly (readonly [string, string])[] = [
  ['settings.json', 'connections without secrets, and all settings'],
  ['settings.schema.json', 'its JSON schema, for editors'],
  ['journal.db', 'every write, its steps and answers, and people’s marks: back it up'],
  ['cache.db', 'what was read from the vendors; it can be read again'],
  ['remembered.json', 'columns, views and history of the console'],
  ['logs/crash.txt', 'kind and place of the last crash, without data'],
];

function commandLines({ id, summary, words }: Command): readonly string[] {
  if (words === undefined) return [];
  const examples = (words.examples ?? []).map((example) => `subdeck ${example}`);
  return [
    ...entry(usageText(id, words), sentence(summary)),
    ...flagList(words.flags),
    ...(examples.length === 0 ? [] : ['.RS', ...verbatim(examples), '.RE']),
  ];
}

function usageText(id: string, words: Words): string {
  const usage = usageOf(id, words);
  const name = `subdeck ${id}`;
  const rest = usage.slice(name.length).trim();
  return [bold(name), ...(rest === '' ? [] : [`\\fI${roff(rest)}\\fR`])].join(' ');
}

function flagList(flags: readonly FlagSpec[]): readonly string[] {
  return flags.length === 0 ? [] : ['.RS', ...flags.flatMap(flagLines), '.RE'];
}

function flagLines(flag: FlagSpec): readonly string[] {
  return entry(flagText(flag), sentence(flag.help));
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function flagText({ name, value }: FlagSpec): string {
  return value === undefined ? bold(`--${name}`) : `${bold(`--${name}`)} \\fI${roff(value)}\\fR`;
}

/** The names that manual pages have for two of the topics. */
const usualTitles: Readonly<Record<string, string>> = { environment: 'ENVIRONMENT', 'exit-codes': 'EXIT STATUS' };

async function topicLines(topic: Topic): Promise<readonly string[]> {
  const title = usualTitles[topic.word] ?? topic.title.toUpperCase();
  return [`.SH ${roff(title)}`, ...(await topic.parts(described)).flatMap(partLines)];
}

function partLines({ title, paragraphs = [], example = [], table }: Part): readonly string[] {
  return [
    ...(title === undefined ? [] : [`.SS "${roff(title)}"`]),
    ...paragraphs.flatMap((paragraph, at) => [...(title !== undefined && at === 0 ? [] : ['.PP']), roff(paragraph)]),
    ...(example.length === 0 ? [] : verbatim(example)),
    ...(table?.rows ?? []).flatMap((row) => entry(row.slice(0, -1).map(roff).join('  '), row.at(-1) ?? '')),
  ];
}
