import { createHash } from 'node:crypto';

/** A checksum over fields in order. Lengths are included, so that moving a byte between fields is detected. */
export function rowChecksum(...fields: readonly string[]): string {
  const hash = createHash('sha256');
  for (const field of fields) hash.update(`${Buffer.byteLength(field)}:${field};`);
  return hash.digest('base64url');
}
