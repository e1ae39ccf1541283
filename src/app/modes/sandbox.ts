import { once } from 'node:events';
import type { Flags } from '../../cli/parse.ts';
import { writeOut } from '../../cli/streams.ts';
import { fault } from '../../model/fault.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { sandboxVendors } from '../../sandbox/vendors.ts';
import { sandboxOptions } from './sandbox-options.ts';

/** Serves the sandbox until a signal stops it. The first line on stdout has the connections: origins and credentials. */
export async function runSandboxMode(flags: Flags): Promise<number> {
  const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(process, 'SIGHUP')]);
  const options = sandboxOptions(flags, sandboxVendors.length);
  const sandbox = await startSandbox(options).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw fault('usage', `The sandbox cannot start: ${reason}`, 'See subdeck sandbox --help');
  });
  process.stdout.on('error', () => undefined);
  await writeOut(`${JSON.stringify({ ready: true, connections: sandbox.connections })}\n`);
  await stopped;
  await sandbox.stop();
  return 0;
}
