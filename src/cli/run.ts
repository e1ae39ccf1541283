import type { Context } from '../commands/context.ts';
import type { Reply } from '../commands/reply.ts';
import { type CsvSeparator, localeSeparator } from '../model/csv-separator.ts';
import { exitCodes, type Fault, FaultError } from '../model/fault.ts';
import { printable } from '../model/printable.ts';
import { faultLine } from './fault-line.ts';
import type { Interrupt } from './interrupt.ts';
import type { Flags, Parsed } from './parse.ts';
import { type Format, render } from './render.ts';
import { ReaderGone, type Streams } from './streams.ts';

/** Runs one command and renders its reply. Returns the exit code. Throws only unexpected errors. */
export async function runCommand(
  parsed: Extract<Parsed, { kind: 'run' }>,
  context: Context,
  streams: Streams,
  interrupt: Omit<Interrupt, 'end'>,
): Promise<number> {
  const json = parsed.flags.json === true;
  try {
    const format = formatOf(parsed.flags);
    const { signal } = interrupt;
    const ask = streams.ask;
    const reply = await interrupt.race(
      parsed.words.run(context, {
        args: parsed.args,
        rest: parsed.rest,
        flags: parsed.flags,
        stdin: () => streams.stdin(signal),
        signal,
        say: (text) => streams.err(`${text.split('\n').map(printable).join('\n')}\n`),
        progress: (text) => streams.progress(text === null ? null : text.split('\n').map(printable)),
        ask: ask && ((question) => ask(printable(question), signal)),
        holding: interrupt.holding,
      }),
    );
    const undrawn = await draw(reply, format, streams, () => context.settings.csv.separator ?? localeSeparator()).catch(
      (error: unknown) => error,
    );
    for (const fault of reply.faults) streams.err(faultLine(fault, json));
    // The result of a change matters more than a failure to print it.
    if (undrawn === undefined || reply.exit !== 'ok') return exitCodes[reply.exit];
    throw undrawn;
  } catch (error) {
    streams.progress(null);
    if (error instanceof ReaderGone) return exitCodes.broken;
    const fault = interrupt.signal.aborted ? interrupted : error instanceof FaultError ? error.fault : null;
    if (fault === null) throw error;
    streams.err(faultLine(fault, json));
    return exitCodes[fault.kind];
  }
}

async function draw(reply: Reply, format: Format, streams: Streams, separator: () => CsvSeparator): Promise<void> {
  const pieces = render(reply, format, streams.columns, separator);
  if (reply.kind === 'text' && reply.isForReading === true && format === 'text') {
    const piece = [...pieces].join('');
    return streams.page(piece);
  }
  let waiting = '';
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length < 65_536) continue;
    await streams.out(waiting);
    waiting = '';
  }
  if (waiting) await streams.out(waiting);
}

function formatOf(flags: Flags): Format {
  const asked = (['json', 'csv', 'excel', 'ndjson'] as const).filter((format) => flags[format] === true);
  const [format = 'text', second] = asked;
  if (!second) return format;
  throw new FaultError({
    ...blank,
    kind: 'usage',
    message: `--${format} and --${second} cannot be combined.`,
    next: 'Give only one of them.',
  });
}

const blank = { next: '', connection: null, sent: false, vendor: null } as const;

const interrupted: Fault = { ...blank, kind: 'interrupted', message: 'Interrupted.' };
