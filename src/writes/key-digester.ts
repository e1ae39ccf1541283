import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Vendor } from '../api/contract.ts';
import { FaultError } from '../model/fault.ts';
import type { KeyDigest } from '../model/key-digest.ts';
import type { Subscription } from '../model/subscription.ts';
import type { WriteDeps } from './deps.ts';

/**
 * Compares licence keys without storing one: the digest is keyed, so that a short key cannot be guessed from the
 * journal.
 */
export interface KeyDigester {
  of(licenseKey: string): string;
  /** Null: that digest has another secret and proves nothing. */
  matches(licenseKey: string, digest: string): boolean | null;
}

/** `secret`: 32 random bytes from the keychain. Each digest contains a short identifier of the secret. */
export function keyDigester(secret: Buffer): KeyDigester {
  const mark = createHash('sha256').update('subdeck journal digest').update(secret).digest('hex').slice(0, 8);
  const of = (key: string): string =>
    `${mark}.${createHmac('sha256', secret).update(key.trim(), 'utf8').digest('base64url')}`;
  return {
    of,
    matches(key, digest) {
      if (!digest.startsWith(`${mark}.`)) return null;
      const [own, other] = [Buffer.from(of(key)), Buffer.from(digest)];
      return own.length === other.length && timingSafeEqual(own, other);
    },
  };
}

/**
 * The digest that the journal keeps to recognize a licence key if its answer is lost. Null if it would not help: the
 * vendor shows no keys, or no keychain stores the digest's secret; then a person settles.
 */
export async function digestLicenseKey(
  { digester }: Pick<WriteDeps, 'digester'>,
  vendor: Vendor,
  target: Subscription,
  licenseKey: string,
  signal?: AbortSignal,
): Promise<KeyDigest | null> {
  if (vendor.licenseKey === undefined) return null;
  const tells = (await digester?.()) ?? null;
  if (tells === null) return null;
  try {
    const before = await vendor.licenseKey(target, tells.of, signal);
    return before === null && target.hasLicenseKey ? null : { before, after: tells.of(licenseKey) };
  } catch (error) {
    if (error instanceof FaultError) return null;
    throw error;
  }
}
