import { fault } from '../model/fault.ts';
import type { Input } from './command.ts';

export type Ask = NonNullable<Input['ask']>;

const mostTries = 5;

/** Asks until the answer is valid, up to a limit: a closed terminal answers nothing for ever. */
export async function demanded(
  input: Pick<Input, 'say'>,
  ask: Ask,
  question: string,
  problemOf: (text: string) => string | null,
): Promise<string> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const text = (await ask(question)).trim();
    const problem = problemOf(text);
    if (problem === null) return text;
    input.say(problem);
  }
  throw fault('usage', 'No valid answer was given.', 'Nothing was saved.');
}
