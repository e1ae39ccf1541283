import { createHash } from 'node:crypto';

/** A checksum over fields in order. Lengths go in too, so that moving a byte from one field to the next is noticed. */
export function rowChecksum(...fields: readonly string[]): string {
  const hash = createHash('sha256');
  for (const field of fields) hash.update(`${Buffer.byteLength(field)}:${field};`);
  return hash.digest('base64url');
}
