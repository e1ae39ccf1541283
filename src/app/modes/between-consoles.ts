import { faultLine } from '../../cli/fault-line.ts';
import { listenForInterrupts } from '../../cli/interrupt.ts';
import { parse } from '../../cli/parse.ts';
import { runCommand } from '../../cli/run.ts';
import { type Streams, streamsOn } from '../../cli/streams.ts';
import { launchModes } from '../../commands/launch-modes.ts';
import { commands } from '../../commands/table.ts';
import { FaultError } from '../../model/fault.ts';
import type { EnvironmentSecrets } from '../../secrets/from-environment.ts';
import { openApp } from '../open-app.ts';
import { findAppPaths } from '../paths.ts';

/**
 * Runs a command that prompts, on the plain terminal, between two runs of the console. It uses the user's own settings
 * even if the console ran on the sandbox. The output stays until Enter; false when Ctrl-C was pressed instead.
 */
export async function runBetweenConsoles(argv: readonly string[], secrets: EnvironmentSecrets): Promise<boolean> {
  process.stdin.ref();
  const streams = streamsOn(process);
  await runOnce(argv, secrets, streams);
  const { signal, end } = listenForInterrupts((text) => streams.err(`${text}\n`));
  await streams.ask?.('Enter opens the console. ', signal).catch(() => undefined);
  end();
  return !signal.aborted;
}

async function runOnce(argv: readonly string[], secrets: EnvironmentSecrets, streams: Streams): Promise<void> {
  const interrupt = listenForInterrupts((text) => streams.err(`${text}\n`));
  const app = openApp({
    paths: findAppPaths(),
    secrets,
    env: process.env,
    offline: false,
    readOnly: false,
    onCall: null,
  });
  try {
    const parsed = parse(argv, commands, launchModes);
    if (parsed.kind === 'run') await runCommand(parsed, app.context, streams, interrupt);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    streams.err(faultLine(error.fault, false));
  } finally {
    interrupt.end();
    app.close();
  }
}
