import { refuseBrokenWords } from '../cli/argv-encoding.ts';
import { faultLine } from '../cli/fault-line.ts';
import { parse } from '../cli/parse.ts';
import { ReaderGone } from '../cli/streams.ts';
import { launchModes } from '../commands/launch-modes.ts';
import { commands } from '../commands/table.ts';
import { exitCodes, FaultError } from '../model/fault.ts';
import { takeSecrets } from '../secrets/from-environment.ts';
import { refuseDebugOutput } from './debug-output.ts';

// A diagnostic report holds no environment, and SIGUSR1 opens no debugger: either would hand secrets to others.
process.report.excludeEnv = true;
process.on('SIGUSR1', () => undefined);

/** Which mode: the words of `argv` choose it, and only that one is loaded. */
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
// Connections kept alive for a next call would hold the process for seconds.
process.stdout.write('', () => process.exit());
