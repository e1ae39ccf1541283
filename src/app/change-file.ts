import { readFileSync } from 'node:fs';
import type { Clock } from '../model/clock.ts';
import { fileLock } from '../system/file-lock.ts';
import { foreignness } from '../system/ownership.ts';
import { replaceFile } from '../system/private-file.ts';

/** A change takes milliseconds. Longer than this nobody who types waits for another process. */
const waitAtMost = 300;

/**
 * Changes a small file that Subdeck can do without: `how` gets what stands in it (null: nothing that can be read), while no other
 * process writes it. What cannot be written, or is not this user's, is let go.
 */
export function changeFile(path: string, how: (content: string | null) => string, clock: Clock): void {
  if (foreignness(path) !== null) return;
  const release = fileLock(`${path}.lock`, clock).takeNow(waitAtMost);
  try {
    replaceFile(path, how(contentOf(path)));
  } catch {
    // A full or read-only disk costs what would be remembered, and nothing else.
  } finally {
    release?.();
  }
}

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
