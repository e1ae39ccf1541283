import { shellWord } from '../model/shell-word.ts';
import type { Operation } from './registry.ts';

/** The inputs of an operation as a person types them, quoted for a shell: `20`, `type=stay`. */
function inputWords({ inputs }: Operation, given: Readonly<Record<string, string>>): readonly string[] {
  return inputs.flatMap(({ name, words }) => {
    const value = given[name];
    if (value === undefined || words === 'stdin') return [];
    if (words === 'argument') return [shellWord(value)];
    return words === 'flag' ? [`--${name}`, shellWord(value)] : [`${name}=${shellWord(value)}`];
  });
}

/** The command of a change, with its inputs. */
export function changeWords(operation: Operation, ref: string, given: Readonly<Record<string, string>>): string {
  return ['subdeck', operation.command ?? '', shellWord(ref), ...inputWords(operation, given)].join(' ');
}

/** The same in short, where its subscription is clear: `set-quantity 40`. */
export function shortChangeWords(operation: Operation, given: Readonly<Record<string, string>>): string {
  return [operation.id, ...inputWords(operation, given)].join(' ');
}
