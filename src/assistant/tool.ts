import type { Completion, Input } from '../commands/command.ts';
import type { Schema } from '../commands/json-schema.ts';
import type { Reply } from '../commands/reply.ts';
import { fault } from '../model/fault.ts';
import { nearest } from '../model/nearest.ts';
import { printable } from '../model/printable.ts';
import type { AssistantContext } from './assistant-context.ts';

/** What an assistant may call. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly outputSchema: Schema;
  /** It saves a plan file; all others change nothing. */
  readonly isProposal: boolean;
  run(context: AssistantContext, given: Given, call: Call): Promise<Reply>;
}

/** An argument of a tool. */
export interface Parameter {
  readonly name: string;
  readonly help: string;
  readonly kind: 'text' | 'texts' | 'number' | 'switch' | 'changes';
  readonly isRequired: boolean;
  readonly choices: readonly string[] | null;
  /** What its values name; null: anything. */
  readonly names: Extract<Completion, string> | null;
  /** Of a kind that `kind` alone does not say. */
  readonly schema: Schema | null;
}

/** Given arguments, checked against the parameters. */
export type Given = ReadonlyMap<string, string | readonly string[] | true | readonly Change[]>;

/** One change of a plan: the names and values as they were given. */
export type Change = Readonly<Record<string, string>>;

/** What a call brings besides its arguments. */
export interface Call extends Pick<Input, 'signal' | 'say'> {
  /** The assistant's client, as it calls itself. */
  readonly client: string;
}

export const limits = {
  /** Characters of one text. */
  text: 10_000,
  /** Texts of one argument. */
  texts: 100,
  /** Changes of one plan: more than a person reads. */
  changes: 500,
} as const;

/** Where an answer goes on: an argument of every tool but a proposal, which would save another plan. */
const cursorName = 'cursor';

export function inputSchema({
  parameters,
  isProposal,
}: Pick<Tool, 'parameters' | 'isProposal'>): Schema & { readonly type: 'object' } {
  const properties = parameters.map((parameter) => [parameter.name, schemaOf(parameter)] as const);
  const description = 'Where a long answer goes on: its nextCursor, with the same other arguments.';
  const cursor: Schema = { type: 'string', description, maxLength: limits.text };
  return {
    type: 'object',
    properties: { ...Object.fromEntries(properties), ...(isProposal ? {} : { [cursorName]: cursor }) },
    required: parameters.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    additionalProperties: false,
  };
}

function schemaOf({ kind, help, choices, schema }: Parameter): Schema {
  if (schema !== null) return { description: help, ...schema };
  switch (kind) {
    case 'switch':
      return { type: 'boolean', description: help };
    case 'number':
      return { type: 'integer', minimum: 0, description: help };
    case 'texts':
      return {
        type: 'array',
        items: { type: 'string', maxLength: limits.text },
        maxItems: limits.texts,
        description: help,
      };
    default:
      return {
        type: 'string',
        description: help,
        maxLength: limits.text,
        ...(choices === null ? {} : { enum: choices }),
      };
  }
}

/** Throws `usage` faults. `cursor` stands beside the others. */
export function readArguments(
  { name, parameters, isProposal }: Pick<Tool, 'name' | 'parameters' | 'isProposal'>,
  given: unknown,
): { readonly given: Given; readonly cursor: string | null } {
  const entries = entriesOf(name, given);
  const known = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const values = new Map<string, string | readonly string[] | true | readonly Change[]>();
  let cursor: string | null = null;
  for (const [key, value] of entries) {
    if (value === null || value === undefined) continue;
    if (key === cursorName && !isProposal) cursor = textOf(key, value);
    else {
      const parameter = known.get(key);
      if (parameter === undefined) throw stranger(name, key, [...known.keys()]);
      const read = readValue(parameter, value);
      if (read !== null) values.set(key, read);
    }
  }
  const lacking = parameters.find((parameter) => parameter.isRequired && !values.has(parameter.name));
  if (lacking !== undefined) {
    throw fault('usage', `${name} needs ${lacking.name}: ${lacking.help}.`, `Call it again with ${lacking.name}.`);
  }
  return { given: values, cursor };
}

function entriesOf(tool: string, given: unknown): readonly (readonly [string, unknown])[] {
  if (given === undefined || given === null) return [];
  if (typeof given === 'object' && !Array.isArray(given)) return Object.entries(given);
  throw fault('usage', `The arguments of ${tool} are not an object.`, 'Give them by name.');
}

function stranger(tool: string, key: string, known: readonly string[]) {
  const shown = printable(key.slice(0, 60));
  const near = nearest(shown, known);
  const all = known.length === 0 ? 'It takes none.' : `It takes ${known.join(', ')}.`;
  return fault(
    'usage',
    `${tool} has no argument ${JSON.stringify(shown)}.`,
    near === null ? all : `Did you mean ${near}?`,
  );
}

function readValue(parameter: Parameter, value: unknown): string | readonly string[] | true | readonly Change[] | null {
  const { name, kind } = parameter;
  switch (kind) {
    case 'switch':
      if (typeof value !== 'boolean') throw wrong(name, 'true or false');
      return value ? true : null;
    case 'number':
      if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return String(value);
      throw wrong(name, 'a whole number of 0 or more');
    case 'texts':
      if (!Array.isArray(value)) throw wrong(name, 'a list of texts');
      if (value.length > limits.texts) throw wrong(name, `a list of at most ${limits.texts} texts`);
      return value.map((each) => textOf(name, each));
    case 'changes':
      return changesOf(name, value);
    default:
      return choiceOf(parameter, textOf(name, value));
  }
}

function choiceOf({ name, choices }: Parameter, text: string): string {
  if (choices === null || choices.includes(text)) return text;
  throw wrong(name, `one of ${choices.join(', ')}`);
}

function textOf(name: string, value: unknown): string {
  if (typeof value !== 'string') throw wrong(name, 'a text');
  if (value.length > limits.text) throw wrong(name, `a text of at most ${limits.text} characters`);
  return value;
}

function changesOf(name: string, value: unknown): readonly Change[] {
  if (!Array.isArray(value)) throw wrong(name, 'a list of changes');
  if (value.length === 0) throw wrong(name, 'a list of one change or more');
  if (value.length > limits.changes) throw wrong(name, `a list of at most ${limits.changes} changes`);
  return value.map((each: unknown, index) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) {
      throw wrong(`${name}, change ${index + 1}`, 'an object with verb and ref');
    }
    const values = Object.entries(each).flatMap(([key, of]): readonly (readonly [string, string])[] => {
      const place = `${name}, change ${index + 1}, ${printable(key.slice(0, 60))}`;
      if (of === null || of === undefined) return [];
      if (typeof of === 'number' || typeof of === 'boolean') return [[key, String(of)]];
      return [[key, textOf(place, of)]];
    });
    return Object.fromEntries(values);
  });
}

function wrong(name: string, wanted: string) {
  return fault('usage', `The argument ${name} is not ${wanted}.`, `Give ${wanted}.`);
}
