import type { Command } from '../../command.ts';
import { commandOf } from './command-of.ts';

/** Commands that take secrets or keys, even where their words refuse them. */
const secretive: readonly string[] = ['connection add', 'connection set', 'subscription set-license'];
const suspicious = /(?:secret|password|token|key)\w*\s*=|--search\b/iu;

/**
 * What of a line of words may be remembered, on disk too: nothing of one that no command has, and the command alone where
 * a secret or a licence key may stand behind it.
 */
export function recentLine(typed: string, words: readonly Command[]): string | null {
  const command = commandOf(`${typed} `, words);
  if (command === null) return null;
  return secretive.includes(command.id) || suspicious.test(typed) ? command.id : typed;
}
