import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Tells licence keys apart without knowing one: the digest is keyed, so that a short key cannot be guessed from the journal. */
export interface KeyDigester {
  of(licenceKey: string): string;
  /** Null: that digest was made with another secret, so it says nothing. */
  matches(licenceKey: string, digest: string): boolean | null;
}

/** `secret`: 32 random bytes that the keychain keeps. Its own short mark goes into each digest. */
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
