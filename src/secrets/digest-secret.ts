import { randomBytes } from 'node:crypto';
import { digestAccount, oldDigestAccount } from './accounts.ts';
import type { Keychain } from './keychain.ts';

const form = /^digest-1:([A-Za-z0-9+/]{43}=)$/;

/**
 * The 32-byte secret of licence key digests, created at first use. Null if no keychain stores it: it is never stored
 * elsewhere. A different entry of that name is not modified.
 */
export async function digestSecret(keychain: Keychain): Promise<Buffer | null> {
  const kept = await keychain({ do: 'get', account: digestAccount });
  if (kept.state === 'found') return read(kept.secret);
  if (kept.state !== 'missing') return null;
  const old = await keychain({ do: 'get', account: oldDigestAccount });
  if (old.state !== 'found' && old.state !== 'missing') return null;
  const isOld = old.state === 'found' && read(old.secret) !== null;
  const secret = isOld ? old.secret : `digest-1:${randomBytes(32).toString('base64')}`;
  const stored = await keychain({ do: 'set', account: digestAccount, secret });
  if (stored.state !== 'stored') return null;
  // Another process may have created one at the same time: the one in the keychain counts.
  const agreed = await keychain({ do: 'get', account: digestAccount });
  return agreed.state === 'found' ? read(agreed.secret) : null;
}

/** Called before a connection's entry is written or removed: an entry of Subdeck 0.1.0 that it would replace is kept under its new name. */
export async function keepOldDigest(keychain: Keychain, connection: string): Promise<void> {
  if (connection !== oldDigestAccount) return;
  const old = await keychain({ do: 'get', account: oldDigestAccount });
  if (old.state === 'found' && read(old.secret) !== null) await digestSecret(keychain);
}

function read(text: string): Buffer | null {
  const [, encoded] = form.exec(text) ?? [];
  return encoded === undefined ? null : Buffer.from(encoded, 'base64');
}
