import { closeSync, openSync, readSync } from 'node:fs';
import { limits } from '../model/limits.ts';
import { tooLong } from '../model/too-long.ts';

/**
 * The bytes of a file named by a user. Its reported length is not trusted: a device or a pipe has none, and may be
 * endless. Throws the file system's error, and a `usage` fault for a file that is too long.
 */
export function readGivenFile(path: string, most: number = limits.givenBytes): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const parts: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const part = new Uint8Array(piece);
      const taken = readSync(file, part);
      if (taken === 0) return Buffer.concat(parts);
      parts.push(part.subarray(0, taken));
      length += taken;
      if (length > most) throw tooLong(path);
    }
  } finally {
    closeSync(file);
  }
}

/** Read in one go. */
const piece = 256 * 1024;
