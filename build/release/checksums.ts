import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of `SHA256SUMS`, as `sha256sum --check` reads it. */
export function checksums(directory: string, names: readonly string[]): string {
  return names.map((name) => `${sha256(join(directory, name))}  ${name}\n`).join('');
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
