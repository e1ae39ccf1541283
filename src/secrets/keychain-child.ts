import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { Entry } from '@napi-rs/keyring';
import { probeAccount } from './accounts.ts';
import type { KeychainAnswer, KeychainQuestion, KeychainTrouble } from './keychain-answer.ts';

/**
 * A child process for one request to the keychain, since the library blocks its thread until the keychain answers,
 * which may be never. The request comes on stdin and the answer goes to stdout, never through arguments or the
 * environment, which other programs can read.
 */
const service = 'subdeck';

// Without this the library silently falls back to the kernel's keyring, which expires within days.
const options = { linux: { store: 'secret-service' } } as const;

function answer(question: KeychainQuestion): KeychainAnswer {
  try {
    switch (question.do) {
      case 'get': {
        const secret = read(question.account);
        if (secret !== null) return { state: 'found', secret };
        probe();
        return { state: 'missing' };
      }
      case 'set': {
        write(question.account, question.secret);
        // A service that dies after "stored" has stored nothing.
        return read(question.account) === question.secret
          ? { state: 'stored' }
          : { state: 'died', detail: 'the stored secret could not be read back' };
      }
      case 'remove':
        if (!new Entry(service, question.account, options).deleteCredential()) probe();
        return { state: 'removed' };
      case 'which': {
        probe();
        return { state: 'which', accounts: question.accounts.filter((account) => read(account) !== null) };
      }
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { state: trouble(detail), detail };
  }
}

/** Writes, reads and deletes a test value. Throws if that fails. */
function probe(): void {
  const account = probeAccount(randomBytes(8).toString('hex'));
  write(account, account);
  const back = read(account);
  new Entry(service, account, options).deleteCredential();
  if (back !== account) throw new Error('the stored secret could not be read back');
}

// Bytes, not a password: Windows would store a password in UTF-16, at twice the size.
function write(account: string, secret: string): void {
  new Entry(service, account, options).setSecret(Buffer.from(secret, 'utf8'));
}

function read(account: string): string | null {
  const bytes = new Entry(service, account, options).getSecret();
  return bytes === null ? null : Buffer.from(bytes).toString('utf8');
}

/** The library's errors differ by their text only. */
function trouble(detail: string): KeychainTrouble {
  if (/prompt was dismissed|\blocked\b|interaction is not allowed/i.test(detail)) return 'locked';
  if (/no result found/i.test(detail)) return 'no-collection';
  if (/matched by \d+ credentials/i.test(detail)) return 'twice';
  if (/too long|longer than/i.test(detail)) return 'too-big';
  if (/did not receive a reply|timed? ?out/i.test(detail)) return 'hung';
  if (/disconnected|could not be read back|connection was closed/i.test(detail)) return 'died';
  return 'absent';
}

const question: KeychainQuestion = JSON.parse(await text(process.stdin));
process.stdout.write(`${JSON.stringify(answer(question))}\n`);
