import { refuseBrokenWords } from '../cli/argv-encoding.ts';
import { faultLine } from '../cli/fault-line.ts';
import { type Flags, parse } from '../cli/parse.ts';
import { ReaderGone } from '../cli/streams.ts';
import { type LaunchMode, launchModes } from '../commands/launch-modes.ts';
import { commands } from '../commands/table.ts';
import { exitCodes, FaultError } from '../model/fault.ts';
import { type EnvironmentSecrets, takeSecrets } from '../secrets/from-environment.ts';
import { refuseDebugOutput } from './debug-output.ts';
import type { ParsedWords } from './modes/command-line.ts';

/** What the program has of the process that it runs in. */
export interface Surroundings {
  /** Every secret is taken out of it. */
  readonly env: NodeJS.ProcessEnv;
  readonly stderr: { write(text: string): unknown };
  /** Runs a command to its end. */
  runWords(parsed: ParsedWords, secrets: EnvironmentSecrets): Promise<number>;
  /** Opens what runs until a person ends it. */
  launch(launchMode: LaunchMode['id'], flags: Flags, secrets: EnvironmentSecrets): Promise<number>;
}

/** Does what the words of `argv` ask for, and tells on stderr what went wrong. Gives the exit code. */
export async function runProgram(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { env, stderr } = surroundings;
  try {
    const secrets = takeSecrets(env);
    refuseDebugOutput(env);
    refuseBrokenWords(argv);
    const parsed = parse(argv, commands, launchModes);
    if (parsed.kind === 'launch-mode') return await surroundings.launch(parsed.launchMode, parsed.flags, secrets);
    return await surroundings.runWords(parsed, secrets);
  } catch (error) {
    if (error instanceof ReaderGone) return exitCodes.broken;
    const fault = error instanceof FaultError ? error.fault : (await import('./crash.ts')).crashed(error, env);
    stderr.write(faultLine(fault, argv.includes('--json')));
    return exitCodes[fault.kind];
  }
}
