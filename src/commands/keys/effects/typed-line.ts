import type { Command } from '../../command.ts';

/** The command whose words a line begins with, typed whole, with a space behind them. */
export function commandOf(line: string, commands: readonly Command[]): Command | null {
  const found = commands.filter(({ id, words }) => words !== undefined && line.startsWith(`${id} `));
  return found.toSorted((one, other) => other.id.length - one.id.length)[0] ?? null;
}

const suspicious = /(?:secret|password|token|key)\w*\s*=|--search\b/iu;

/**
 * What of a line of words may be remembered, on disk too: nothing of one that no command has, and the command alone where
 * a secret or a licence key may stand behind it.
 */
export function recentLine(typed: string, commands: readonly Command[]): string | null {
  const command = commandOf(`${typed} `, commands);
  if (command === null) return null;
  return command.words?.takesSecrets || suspicious.test(typed) ? command.id : typed;
}

/** Words as a shell would split them: spaces part, quotes of either kind hold together, a backslash takes the next as it is. */
export function splitWords(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  let escaped = false;
  for (const character of line) {
    if (escaped) {
      word = (word ?? '') + character;
      escaped = false;
    } else if (character === '\\' && quote !== "'") {
      escaped = true;
    } else if (quote !== null) {
      if (character === quote) quote = null;
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = (word ?? '') + character;
    }
  }
  return word === null ? words : [...words, word];
}
