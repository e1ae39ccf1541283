import { parse } from '../../src/cli/parse.ts';
import { exitCodesOf } from '../../src/commands/exit-kinds.ts';
import { launchModes } from '../../src/commands/launch-modes.ts';
import { commands } from '../../src/commands/table.ts';
import { FaultError } from '../../src/model/fault.ts';

/**
 * Throws where a command ended with an exit code that docs/reference/commands.md does not give it. Every test that runs commands
 * through a helper checks them so.
 */
export function demandDeclaredExit(argv: readonly string[], code: number | null): void {
  const words = wordsOf(argv);
  if (words === null || code === null || exitCodesOf(words).includes(code)) return;
  throw new Error(`subdeck ${argv.join(' ')} ended with ${code}, which its exit codes do not have.`);
}

/** Null: these words run no command, or none that is known. */
function wordsOf(argv: readonly string[]) {
  try {
    const parsed = parse(argv, commands, launchModes);
    return parsed.kind === 'run' ? parsed.words : null;
  } catch (error) {
    if (error instanceof FaultError) return null;
    throw error;
  }
}
