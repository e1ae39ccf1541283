import { FaultError, fault } from '../model/fault.ts';
import { shellWord } from '../model/shell-word.ts';
import { encodingFault } from '../model/text-check.ts';
import type { FlagSpec, Input } from './command.ts';
import type { Context } from './context.ts';
import { isOn } from './given-values.ts';

export const passwordFlag: FlagSpec = { name: 'secrets-stdin', help: 'read {"password": "…"} from stdin' };

/** The password on stdin, where that was asked for; null otherwise. Throws `usage`; messages contain nothing of it. */
async function givenPassword(input: Input): Promise<string | null> {
  if (!isOn(input, 'secrets-stdin')) return null;
  const example = 'Write {"password": "…"}.';
  const given = parsed(await input.stdin());
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw fault('usage', 'The secrets on stdin are not a JSON object.', example);
  }
  const strange = Object.keys(given).find((name) => name !== 'password');
  if (strange !== undefined) throw fault('usage', `The team's store has no secret called "${strange}".`, example);
  const password = 'password' in given ? given.password : undefined;
  if (typeof password !== 'string' || password === '') {
    throw fault('usage', 'The secret password must be a non-empty text.', example);
  }
  if (encodingFault('', password) !== null)
    throw fault('usage', 'The secret password has a wrong encoding.', 'Give it in UTF-8.');
  return password;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Runs with the password on stdin, or with a known one; at a terminal it is asked for where there is none, or another one is needed. */
export async function withPassword<Result>(
  team: Pick<Context['team'], 'knowsPassword'>,
  input: Input,
  url: string,
  run: (password: string | null) => Promise<Result>,
): Promise<Result> {
  const given = await givenPassword(input);
  const canAsk = given === null && input.ask !== null && !isOn(input, 'json');
  if (given !== null || !canAsk) return run(given);
  if (!(await team.knowsPassword(url))) return run(await askPassword(input, url));
  try {
    return await run(null);
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.kind !== 'signed-out') throw error;
    input.say(error.fault.message);
    return run(await askPassword(input, url));
  }
}

async function askPassword(input: Input, url: string): Promise<string | null> {
  input.say(`Password for ${shellWord(url)}:`);
  const typed = (await input.stdin()).replace(/\r?\n$/, '');
  return typed === '' ? null : typed;
}
