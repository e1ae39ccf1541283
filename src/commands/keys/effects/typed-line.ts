import type { Command } from '../../command.ts';

/** The complete command that a line begins with, with a space after it. */
export function commandOf(line: string, commands: readonly Command[]): Command | null {
  const found = commands.filter(({ id, words }) => words !== undefined && line.startsWith(`${id} `));
  return found.toSorted((one, other) => other.id.length - one.id.length)[0] ?? null;
}

const secretName = /secret|password|token|key/iu;
const search = /--search\b/iu;

/**
 * The part of a line that may be stored in the history, on disk too: nothing of an unknown command, and the command
 * without its arguments if they may hold a secret or a licence key.
 */
export function recentLine(typed: string, commands: readonly Command[]): string | null {
  const command = commandOf(`${typed} `, commands);
  if (command === null) return null;
  return command.words?.takesSecrets || mayHoldSecret(typed) ? command.id : typed;
}

function mayHoldSecret(line: string): boolean {
  const parts = line.split('=');
  return search.test(line) || parts.slice(0, -1).some((part) => secretName.test(nameAtEnd(part.trimEnd())));
}

/** The letters, digits and underscores that a text ends with. */
function nameAtEnd(text: string): string {
  let begin = text.length;
  while (begin > 0 && /\w/.test(text.charAt(begin - 1))) begin -= 1;
  return text.slice(begin);
}

/** Splits words as a shell does: at spaces, with quotes of either kind and backslash escapes. */
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
