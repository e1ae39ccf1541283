import { randomBytes } from 'node:crypto';
import type { Keychain } from './keychain.ts';

/** The keychain's account, beside those of the connections. */
const account = 'journal-digest';
const form = /^digest-1:([A-Za-z0-9+/]{43}=)$/;

/**
 * The 32 bytes that licence keys are digested with; made at the first need. Null where no keychain keeps it: it is never
 * kept anywhere else. An entry of that name that is something else is left alone.
 */
export async function digestSecret(keychain: Keychain): Promise<Buffer | null> {
  const kept = await keychain({ do: 'get', account });
  if (kept.state === 'found') return read(kept.secret);
  if (kept.state !== 'missing') return null;
  const stored = await keychain({ do: 'set', account, secret: `digest-1:${randomBytes(32).toString('base64')}` });
  if (stored.state !== 'stored') return null;
  // Another process may have made one at the same time: what the keychain kept is the one.
  const agreed = await keychain({ do: 'get', account });
  return agreed.state === 'found' ? read(agreed.secret) : null;
}

function read(text: string): Buffer | null {
  const [, encoded] = form.exec(text) ?? [];
  return encoded === undefined ? null : Buffer.from(encoded, 'base64');
}
