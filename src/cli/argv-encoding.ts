import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { FaultError } from '../model/fault.ts';
import { encodingFault } from '../model/text-check.ts';

/**
 * Node replaces invalid UTF-8 in arguments by U+FFFD. Throws a `usage` fault for such an argument, unless the system's
 * own copy shows valid UTF-8: then U+FFFD was really given.
 */
export function refuseBrokenWords(
  argv: readonly string[],
  readBytes: () => Uint8Array | null = commandLineBytes,
): void {
  for (const [index, word] of argv.entries()) {
    const broken = encodingFault(`Word ${index + 1} of the command line`, word);
    if (broken === null) continue;
    const bytes = readBytes();
    if (bytes === null || !isUtf8(bytes)) throw new FaultError(broken);
    return;
  }
}

/** The command line as the system keeps it; null where it does not. */
function commandLineBytes(): Uint8Array | null {
  try {
    return readFileSync('/proc/self/cmdline');
  } catch {
    return null;
  }
}
