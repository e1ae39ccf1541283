import { refuseBrokenWords } from '../cli/argv-encoding.ts';
import { faultLine } from '../cli/fault-line.ts';
import { parse } from '../cli/parse.ts';
import { ReaderGone } from '../cli/streams.ts';
import { launchModes } from '../commands/launch-modes.ts';
import { commands } from '../commands/table.ts';
import { exitCodes, FaultError } from '../model/fault.ts';
import { takeSecrets } from '../secrets/from-environment.ts';
import { refuseDebugOutput } from './debug-output.ts';

// Diagnostic reports leave out the environment, and SIGUSR1 opens no debugger: either would expose secrets.
process.report.excludeEnv = true;
process.on('SIGUSR1', () => undefined);

/** The words of `argv` choose the mode; only that mode is loaded. */
async function main(argv: readonly string[]): Promise<number> {
  const secrets = takeSecrets(process.env);
  refuseDebugOutput(process.env);
  refuseBrokenWords(argv);
  const parsed = parse(argv, commands, launchModes);
  if (parsed.kind !== 'launch-mode')
    return (await import('./modes/command-line.ts')).runCommandLineMode(parsed, secrets);
  if (parsed.launchMode === 'sandbox') return (await import('./modes/sandbox.ts')).runSandboxMode(parsed.flags);
  return (await import('./modes/console.ts')).runConsoleMode(parsed.launchMode, parsed.flags, secrets);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isUnread = error instanceof ReaderGone;
  const fault = error instanceof FaultError ? error.fault : (await import('./crash.ts')).crashed(error);
  if (!isUnread) process.stderr.write(faultLine(fault, process.argv.includes('--json')));
  process.exitCode = exitCodes[fault.kind];
}
// Keep-alive connections would hold the process for seconds.
process.stdout.write('', () => process.exit());
