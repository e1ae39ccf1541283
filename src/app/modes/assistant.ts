import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { vendors } from '../../api/registry.ts';
import { assistantContext } from '../../assistant/assistant-context.ts';
import { commandTools } from '../../assistant/command-tools.ts';
import { planCreate } from '../../assistant/plan-create.ts';
import { serve } from '../../assistant/serve.ts';
import type { Flags } from '../../cli/parse.ts';
import { commands } from '../../commands/table.ts';
import { fault } from '../../model/fault.ts';
import { printable } from '../../model/printable.ts';
import type { EnvironmentSecrets } from '../../secrets/from-environment.ts';
import { version } from '../../version.ts';
import { crashed } from '../crash.ts';
import { openApp } from '../open-app.ts';
import { findAppPaths } from '../paths.ts';

/** Serves the reading commands to an assistant's client on stdin and stdout, until the client ends it. */
export async function runAssistantMode(flags: Flags, secrets: EnvironmentSecrets): Promise<number> {
  if (process.stdin.isTTY || process.stdout.isTTY) {
    const next = 'subdeck help mcp explains it; subdeck mcp log lists what clients called.';
    throw fault('usage', "subdeck mcp is started by an assistant's client, not at a terminal.", next);
  }
  const output = ownOutput();
  const only = typeof flags.connection === 'string' ? flags.connection : null;
  const app = openApp({
    paths: findAppPaths(),
    secrets,
    env: process.env,
    offline: flags.offline === true,
    // No tool can send a write; the clients of the vendors refuse one too.
    readOnly: true,
    onCall: null,
    vendors,
  });
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => stopping.abort());
  const failed = (error: unknown) => {
    process.stderr.write(`subdeck: ${crashed(error, process.env).message}\n`);
    process.exitCode = 1;
    stopping.abort();
  };
  process.on('uncaughtException', failed).on('unhandledRejection', failed);
  try {
    await serve(
      {
        version,
        tools: [...commandTools(commands), planCreate],
        context: assistantContext(app.context, only),
        log: app.context.assistantCalls,
        only,
        outOfDate: () => app.outOfDate(),
        crashed: (error) => crashed(error, process.env),
      },
      { input: process.stdin, output, err: (text) => process.stderr.write(`subdeck: ${printable(text.trim())}\n`) },
      stopping.signal,
    );
    return 0;
  } finally {
    app.close();
  }
}

/** The protocol has stdout for itself: what anything else writes there goes to stderr. */
function ownOutput(): Writable {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  const output = new Writable({
    decodeStrings: false,
    write: (chunk: string | Uint8Array, _, done) => void write(chunk, done),
  });
  // Its failures come back through `write`.
  stdout.on('error', () => undefined);
  stdout.write = stderr.write.bind(stderr);
  globalThis.console = new Console(stderr, stderr);
  return output;
}
