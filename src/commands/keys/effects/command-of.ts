import type { Command } from '../../command.ts';

/** The command whose words a line begins with, typed whole, with a space behind them. */
export function commandOf(line: string, words: readonly Command[]): Command | null {
  const found = words.filter(({ id }) => line.startsWith(`${id} `));
  return found.toSorted((one, other) => other.id.length - one.id.length)[0] ?? null;
}
