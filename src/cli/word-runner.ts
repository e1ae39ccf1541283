import type { Input, SendingWords } from '../commands/command.ts';
import type { Context } from '../commands/context.ts';
import { reasonOf } from '../commands/given-values.ts';
import { help } from '../commands/help.ts';
import { launchModes } from '../commands/launch-modes.ts';
import { commands } from '../commands/table.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import { parse } from './parse.ts';
import { render } from './render.ts';

/** The output of a command, as lines for a screen. */
interface Outcome {
  readonly lines: readonly string[];
  readonly faults: readonly Fault[];
  /** For a write: the checked write request, which the console plans. */
  readonly write: { readonly writeRequest: RequestedWrite; readonly reason: string | null } | null;
  /** The screen that shows it in place of lines. */
  readonly screen: Opened | null;
}

type Opened = Awaited<ReturnType<NonNullable<SendingWords['opens']>>>;

type RequestedWrite = Awaited<ReturnType<NonNullable<SendingWords['writeRequest']>>>;

const mostLines = 2_000;

/**
 * Runs a command inside the console as the command line would, without prompting: a write becomes a request to plan and
 * sends nothing. Throws only unexpected errors.
 */
export function wordRunner(context: Context): (argv: readonly string[], signal: AbortSignal) => Promise<Outcome> {
  return async (argv, signal) => {
    try {
      const parsed = parse(argv, commands, launchModes);
      if (parsed.kind === 'help')
        return {
          lines: linesOf(render(help(parsed.words, commands, context.setup.vendors), 'text', null)),
          faults: [],
          write: null,
          screen: null,
        };
      if (parsed.kind !== 'run')
        throw fault('usage', 'This command works only on the command line.', 'Quit the console, then run it there.');
      const said: string[] = [];
      const { args, rest } = parsed;
      const flags = parsed.words.kind === 'write' ? { ...parsed.flags, 'dry-run': true as const } : parsed.flags;
      const input: Input = {
        args,
        rest,
        flags,
        signal,
        ask: null,
        say: (text) => said.push(text),
        stdin: () =>
          Promise.reject(fault('usage', 'Secrets cannot be typed here.', 'Run the command on the command line.')),
      };
      if (
        parsed.words.effect === 'vendor' &&
        parsed.words.writeRequest !== undefined &&
        parsed.flags['dry-run'] === undefined
      ) {
        const reason = reasonOf(input);
        const writeRequest = await parsed.words.writeRequest(context, input);
        return { lines: said, faults: [], write: { writeRequest, reason }, screen: null };
      }
      if (parsed.words.opens !== undefined && parsed.flags.json === undefined) {
        return { lines: said, faults: [], write: null, screen: await parsed.words.opens(context, input) };
      }
      const reply = await parsed.words.run(context, input);
      return {
        lines: [...said, ...linesOf(render(reply, flags.json === true ? 'json' : 'text', null))],
        faults: reply.faults,
        write: null,
        screen: null,
      };
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      return { lines: [], faults: [error.fault], write: null, screen: null };
    }
  };
}

function linesOf(pieces: Iterable<string>): readonly string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    lines.push(...piece.split('\n').filter((line, at, all) => line !== '' || at < all.length - 1));
    if (lines.length > mostLines) return [...lines.slice(0, mostLines), '… and more; the command line shows all.'];
  }
  return lines;
}
