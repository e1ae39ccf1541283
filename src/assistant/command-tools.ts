import { join } from 'node:path';
import type { ArgumentSpec, Command, FlagSpec, Input, ReadingWords } from '../commands/command.ts';
import type { Reply } from '../commands/reply.ts';
import { fault } from '../model/fault.ts';
import { shellWords } from '../model/shell-word.ts';
import { answerSchema } from './answer.ts';
import type { AssistantContext } from './assistant-context.ts';
import type { Call, Given, Parameter, Tool } from './tool.ts';

/** A tool for every command that only reads. The names, help, arguments and results are the command's own. */
export function commandTools(commands: readonly Command[]): readonly Tool[] {
  return commands.flatMap(({ id, summary, words }) => (words?.effect === 'reads' ? [toolOf(id, summary, words)] : []));
}

function toolOf(id: string, summary: string, words: ReadingWords): Tool {
  return {
    name: id.replaceAll(/[^a-z0-9]+/g, '_'),
    title: `subdeck ${shellWords(id)}`,
    description: `${sentence(summary)} The same as the command subdeck ${shellWords(id)}.`,
    parameters: [...words.args.map(argumentOf), ...words.flags.filter(isForAssistants).map(flagOf)],
    outputSchema: answerSchema(words.kind, words.output),
    isProposal: false,
    run: async (context, given, call) => {
      const said: string[] = [];
      const input = inputOf(words, context, given, { ...call, say: (line) => void said.push(line) });
      const { reply, withheld } = withoutPersonal(await words.run(context, input), words.forPersons ?? []);
      for (const line of said) if (!withheld.some((text) => line.includes(text))) call.say(line);
      return reply;
    },
  };
}

/** The reply without what only persons are told, and the texts that were left out. */
function withoutPersonal(reply: Reply, names: readonly string[]): { reply: Reply; withheld: readonly string[] } {
  if (names.length === 0 || reply.kind !== 'list' || reply.about === undefined) return { reply, withheld: [] };
  const all = Object.entries(reply.about);
  const withheld = all.flatMap(([name, value]) => (names.includes(name) && typeof value === 'string' ? [value] : []));
  const about = Object.fromEntries(all.filter(([name]) => !names.includes(name)));
  return { reply: { ...reply, about }, withheld };
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

/** The answer's format is the protocol's. */
const formats = ['csv', 'excel', 'ndjson'];

function isForAssistants({ name }: FlagSpec): boolean {
  return !formats.includes(name);
}

function parameterName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
}

function argumentOf({ name, help, optional, rest, completes }: ArgumentSpec): Parameter {
  const names = typeof completes === 'string' ? completes : null;
  return {
    name: parameterName(name),
    help: names === 'file' ? 'the name of a proposed plan, as plan_create gave it' : help,
    kind: rest === true ? 'texts' : 'text',
    isRequired: optional !== true,
    choices: null,
    names,
    schema: null,
  };
}

function flagOf({ name, help, value, choices, completes }: FlagSpec): Parameter {
  return {
    name: parameterName(name),
    help,
    kind: value === undefined ? 'switch' : value === 'N' ? 'number' : 'text',
    isRequired: false,
    choices: choices ?? null,
    names: typeof completes === 'string' ? completes : null,
    schema: null,
  };
}

function inputOf({ args, flags }: ReadingWords, context: AssistantContext, given: Given, { signal, say }: Call): Input {
  const single: Record<string, string> = {};
  const rest: string[] = [];
  for (const { name, completes } of args) {
    const value = given.get(parameterName(name));
    if (typeof value === 'string') single[name] = completes === 'file' ? proposalPath(context, value) : value;
    else if (Array.isArray(value)) rest.push(...value.filter((each) => typeof each === 'string'));
  }
  const set: Record<string, string | true> = { json: true };
  for (const { name } of flags.filter(isForAssistants)) {
    const value = given.get(parameterName(name));
    if (typeof value === 'string' || value === true) set[name] = value;
  }
  return { args: single, rest, flags: set, signal, say, ask: null, stdin: noStdin };
}

function noStdin(): Promise<string> {
  return Promise.reject(fault('usage', 'An assistant cannot type a secret.', 'A person runs this at a terminal.'));
}

/** No other file of this machine can be named. Throws `missing` and `denied`. */
function proposalPath({ proposals, paths }: AssistantContext, name: string): string {
  proposals.read(name);
  return join(paths.proposals, name);
}
