import { existsSync } from 'node:fs';
import { vendors } from '../../api/registry.ts';
import { faultLine } from '../../cli/fault-line.ts';
import { type Interrupt, listenForInterrupts } from '../../cli/interrupt.ts';
import type { Parsed } from '../../cli/parse.ts';
import { render } from '../../cli/render.ts';
import { runCommand } from '../../cli/run.ts';
import { type Streams, streamsOn } from '../../cli/streams.ts';
import { help } from '../../commands/help.ts';
import { outOfDateText, readAloneText } from '../../commands/out-of-date.ts';
import { startNotices } from '../../commands/start-notices.ts';
import { commands } from '../../commands/table.ts';
import { exitCodes } from '../../model/fault.ts';
import { printable } from '../../model/printable.ts';
import { type StoreWait, storeWaitFault, storeWaitText } from '../../model/store-wait.ts';
import type { EnvironmentSecrets } from '../../secrets/from-environment.ts';
import { version } from '../../version.ts';
import { systemClock } from '../clock.ts';
import { vendorKindsOf } from '../connection-setup.ts';
import { abilitiesOf } from '../connections.ts';
import { crashed } from '../crash.ts';
import { openApp } from '../open-app.ts';
import { findAppPaths } from '../paths.ts';
import { waitLines } from '../wait-lines.ts';

/** Words, and not a mode that runs until a person ends it. */
export type ParsedWords = Exclude<Parsed, { readonly kind: 'launch-mode' }>;

/** The command-line mode in a process of its own. */
export async function runCommandLineMode(parsed: ParsedWords, secrets: EnvironmentSecrets): Promise<number> {
  const streams = streamsOn(process);
  if (parsed.kind === 'run') {
    const crash = (error: unknown) => {
      streams.err(faultLine(crashed(error, process.env), parsed.flags.json === true));
      process.exit(exitCodes.broken);
    };
    process.on('uncaughtException', crash);
    process.on('unhandledRejection', crash);
  }
  const interruptible = () => listenForInterrupts((text) => streams.err(`${text}\n`));
  return runWords(parsed, { env: process.env, secrets, streams, interruptible });
}

export interface WordsOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Those that were taken out of `env`. */
  readonly secrets: EnvironmentSecrets;
  readonly streams: Streams;
  /** Called when the command begins: what may break it off. */
  interruptible(): Omit<Interrupt, 'end'>;
}

/** Runs one command to its end: its reply, its exit code. */
export async function runWords(parsed: ParsedWords, options: WordsOptions): Promise<number> {
  const { env, secrets, streams, interruptible } = options;
  if (parsed.kind === 'version') {
    await streams.out(`${version}\n`);
    return 0;
  }
  if (parsed.kind === 'help') {
    const reply = await help(parsed.words, {
      commands,
      vendors: vendorKindsOf(vendors),
      abilities: () => abilitiesOf({ vendors, clock: systemClock }),
    });
    const isJson = parsed.flags.json === true;
    const piece = [...render(reply, isJson ? 'json' : 'text', null)].join('');
    await (isJson ? streams.out(piece) : streams.page(piece));
    return 0;
  }
  const { flags } = parsed;
  const paths = findAppPaths(env);
  // With --json, stderr holds errors alone.
  const onWait = flags.json ? null : waitLines(systemClock, (line) => streams.err(`${printable(line)}\n`));
  const onStoreWait = (wait: StoreWait) => {
    const now = systemClock.now();
    streams.err(
      flags.json ? faultLine(storeWaitFault(wait, now), true) : `subdeck: ${printable(storeWaitText(wait, now))}\n`,
    );
  };
  const app = openApp({
    paths,
    ...(onWait && { onWait }),
    onStoreWait,
    secrets,
    env,
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
    // With --json, stderr holds errors alone; `journal list` has the notice. Words about the team ask its store by themselves.
    const isTold =
      !flags.json && existsSync(paths.journal) && !/^(?:journal|completion|team)\b/.test(parsed.command.id);
    if (isTold) for (const line of await startNotices(app.context)) streams.err(`subdeck: ${printable(line)}\n`);
    const code = await runCommand(parsed, app.context, streams, interruptible());
    const notice = app.notice();
    if (notice && !flags.json) streams.err(`subdeck: ${printable(notice)}\n`);
    const isSync = parsed.command.id === 'sync';
    const old = isSync || parsed.words.effect === 'reads' ? app.outOfDate() : null;
    if (old !== null) {
      const text = isSync ? readAloneText(old) : outOfDateText(old);
      streams.err(flags.json ? faultLine({ ...old.fault, message: text }, true) : `subdeck: ${printable(text)}\n`);
    }
    return code;
  } finally {
    app.close();
    await app.left();
  }
}
