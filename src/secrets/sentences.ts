import { secretsVariable } from '../model/connection-name.ts';
import type { KeychainTrouble } from './keychain-answer.ts';

/** The keychain's fault, in one sentence for people. `detail` is the library's message, for the log only. */
export const troubleSentences = {
  absent: 'This machine has no keychain service that Subdeck can use.',
  'no-collection': 'The keychain service is running but has no keyring.',
  locked: 'The keychain is locked.',
  hung: 'The keychain did not answer within 3 seconds.',
  died: 'The keychain service ended before it answered.',
  twice: 'The keychain has two entries with this name.',
  'too-big': 'These secrets are too large for one entry of this keychain.',
} as const satisfies Record<KeychainTrouble, string>;

/** The next step. The environment variable always works. */
export function troubleRemedy(trouble: KeychainTrouble, connection: string): string {
  const variable = `set ${secretsVariable(connection)} to a JSON object of the secrets`;
  const first = {
    absent: null,
    'no-collection': 'Create a default keyring',
    locked: 'Unlock it',
    hung: 'If it asks for its password, unlock it and try again',
    died: 'Try again',
    twice: `Remove one of the entries "subdeck" / "${connection}"`,
    'too-big': null,
  }[trouble];
  return first ? `${first}, or ${variable}.` : `${variable.charAt(0).toUpperCase()}${variable.slice(1)}.`;
}
