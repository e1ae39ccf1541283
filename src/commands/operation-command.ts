import { FaultError, fault } from '../model/fault.ts';
import { shellWord, shellWords } from '../model/shell-word.ts';
import { withoutEnd } from '../model/without-end.ts';
import type { Input as OperationInput } from '../operations/input.ts';
import { type Operation, operations, type WriteRequest } from '../operations/registry.ts';
import { connectionOf, requestOf } from '../operations/requests.ts';
import { writeRequestTextFault } from '../writes/request-text.ts';
import type { ArgumentSpec, Command, FlagSpec, Input } from './command.ts';
import type { Context } from './context.ts';
import { findConnection, findSubscription } from './find.ts';
import { argument, demandedFlag, flag, pairs } from './given-values.ts';
import { refArgument } from './words/flags.ts';
import { writeWords } from './write-command.ts';

/** The commands of the operations whose words begin with this word, in registry order. */
export function operationCommands(first: string): readonly Command[] {
  return operations.flatMap((operation) => {
    const { command } = operation;
    return command?.startsWith(`${first} `) ? [commandOf(operation, command)] : [];
  });
}

function commandOf(operation: Operation, id: string): Command {
  const { summary, examples, needs } = operation;
  const isSecret = by(operation, 'stdin').length > 0;
  return {
    id,
    summary,
    words: writeWords({
      args: argumentsOf(operation),
      flags: by(operation, 'flag').map(flagOf),
      examples,
      ...(operation.kind === 'change' ? { needs } : {}),
      ...(isSecret
        ? {
            takesSecrets: true,
            notInConsole: 'Press a on the subscription: the form asks for the key without showing it.',
          }
        : {}),
      writeRequest: (context, input) => requested(operation, id, context, input),
    }),
  };
}

function argumentsOf(operation: Operation): readonly ArgumentSpec[] {
  const given = by(operation, 'pair');
  return [
    ...(operation.kind === 'change' ? [refArgument] : []),
    ...by(operation, 'argument').map(({ placeholder, help }) => ({ name: placeholder, help })),
    ...(given.length === 0
      ? []
      : [{ name: 'key=value', help: given.map(pairText).join(' '), completes: given.flatMap(pairBegins), rest: true }]),
  ];
}

/** `type=stay|change|cancel`, `[name=…]`. */
function pairText(input: OperationInput): string {
  const value = input.kind === 'choice' ? input.choices.map((choice) => choice.value).join('|') : input.placeholder;
  return input.isRequired ? `${input.name}=${value}` : `[${input.name}=${value}]`;
}

/** `type=stay`, `name=`. */
function pairBegins(input: OperationInput): readonly string[] {
  const values = input.kind === 'choice' ? input.choices.map(({ value }) => value) : [''];
  return values.map((value) => `${input.name}=${value}`);
}

function flagOf(input: OperationInput): FlagSpec {
  const { name, placeholder, help } = input;
  const choices = input.kind === 'choice' && input.isClosed ? input.choices.map(({ value }) => value) : null;
  return { name, value: placeholder, help, ...(choices === null ? {} : { choices }) };
}

function by({ inputs }: Operation, words: OperationInput['words']): readonly OperationInput[] {
  return inputs.filter((input) => input.words === words);
}

async function requested(operation: Operation, command: string, context: Context, input: Input): Promise<WriteRequest> {
  const text = operation.kind === 'change' ? argument(input, 'REF') : '';
  const given: Record<string, string> = { ...pairs(input.rest) };
  for (const { name, placeholder } of by(operation, 'argument')) given[name] = argument(input, placeholder);
  for (const { name, isRequired } of by(operation, 'flag')) {
    const value = isRequired ? demandedFlag(input, name) : flag(input, name);
    if (value !== null) given[name] = value;
  }
  const secrets = by(operation, 'stdin');
  // What is wrong with the words is said before anything is looked for.
  const unwritable = secrets.length > 0 ? null : writeRequestTextFault(requestOf(operation, text, given));
  if (unwritable !== null) throw new FaultError(unwritable);
  const ref = operation.kind === 'change' ? (await findSubscription(context, input, text, operation.needs)).ref : '';
  for (const secret of secrets) given[secret.name] = await read(secret, command, input);
  const request = requestOf(operation, ref, given);
  if (operation.kind === 'creation') findConnection(context, connectionOf(request));
  return request;
}

async function read({ help, placeholder }: OperationInput, command: string, input: Input): Promise<string> {
  // Only the trailing line end is removed.
  const text = withoutEnd(await input.stdin(), '\r\n');
  if (text.trim() !== '') return text;
  const next = `Pipe it in: subdeck ${shellWords(command)} REF < ${shellWord(placeholder.toLowerCase())}.txt`;
  throw fault('usage', `Nothing came on stdin for ${help}.`, next);
}
