import { existsSync } from 'node:fs';
import { vendors } from '../../api/registry.ts';
import { faultLine } from '../../cli/fault-line.ts';
import { listenForInterrupts } from '../../cli/interrupt.ts';
import type { Parsed } from '../../cli/parse.ts';
import { render } from '../../cli/render.ts';
import { runCommand } from '../../cli/run.ts';
import { processStreams } from '../../cli/streams.ts';
import { help } from '../../commands/help.ts';
import { startNotices } from '../../commands/start-notices.ts';
import { commands } from '../../commands/table.ts';
import { exitCodes } from '../../model/fault.ts';
import { printable } from '../../model/printable.ts';
import type { EnvironmentSecrets } from '../../secrets/from-environment.ts';
import { vendorKindsOf } from '../connection-setup.ts';
import { crashed } from '../crash.ts';
import { openApp } from '../open-app.ts';
import { findAppPaths } from '../paths.ts';
import { version } from '../version.ts';

/** The command-line mode: one command, its reply, its exit code. */
export async function runCommandLineMode(
  parsed: Exclude<Parsed, { readonly kind: 'launch-mode' }>,
  secrets: EnvironmentSecrets,
): Promise<number> {
  const streams = processStreams();
  if (parsed.kind === 'version') {
    await streams.out(`${version}\n`);
    return 0;
  }
  if (parsed.kind === 'help') {
    const reply = help(parsed.words, commands, vendorKindsOf(vendors));
    for (const piece of render(reply, parsed.flags.json ? 'json' : 'text', null)) await streams.out(piece);
    return 0;
  }
  const { flags } = parsed;
  const crash = (error: unknown) => {
    streams.err(faultLine(crashed(error), flags.json === true));
    process.exit(exitCodes.broken);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  const paths = findAppPaths();
  const app = openApp({
    paths,
    secrets,
    env: process.env,
    offline: flags.offline === true,
    readOnly: flags['read-only'] === true,
    onCall: flags.verbose
      ? ({ connection, method, path, status, milliseconds }) =>
          streams.err(
            printable(`${connection}: ${method} ${path} ${status ?? 'no answer'} in ${Math.round(milliseconds)} ms`) +
              '\n',
          )
      : null,
  });
  try {
    // With --json, stderr holds errors alone; `journal list` has the notice.
    const isTold = !flags.json && existsSync(paths.journal) && !/^(?:journal|completion)\b/.test(parsed.command.id);
    if (isTold) for (const line of await startNotices(app.context)) streams.err(`subdeck: ${printable(line)}\n`);
    const code = await runCommand(
      parsed,
      app.context,
      streams,
      listenForInterrupts((text) => streams.err(`${text}\n`)),
    );
    const notice = app.notice();
    if (notice && !flags.json) streams.err(`subdeck: ${printable(notice)}\n`);
    return code;
  } finally {
    app.close();
  }
}
