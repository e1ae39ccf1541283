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
  /** The lines are data, no sentences: they are shown as they are. */
  readonly isData: boolean;
  readonly faults: readonly Fault[];
  /** For a write: the checked write request, which the console plans. */
  readonly write: { readonly writeRequest: RequestedWrite; readonly reason: string | null } | null;
  /** The screen that shows it in place of lines. */
  readonly screen: Opened | null;
  /** It prompts for what is missing: it needs the terminal, and did not run. */
  readonly asks: boolean;
}

const nothing: Outcome = { lines: [], isData: false, faults: [], write: null, screen: null, asks: false };

export interface RunnerOptions {
  /** Its connections are of the embedded sandbox: nobody has other secrets for them. */
  readonly isSandbox: boolean;
}

type Opened = Awaited<ReturnType<NonNullable<SendingWords['opens']>>>;

type RequestedWrite = Awaited<ReturnType<NonNullable<SendingWords['writeRequest']>>>;

const noOtherSecrets = [
  'This connection is part of the sandbox, which has its secrets already.',
  'subdeck connection add adds one of your own.',
] as const;

const mostLines = 2_000;

/**
 * Runs a command inside the console as the command line would, without prompting: a write becomes a request to plan and
 * sends nothing. Throws only unexpected errors.
 */
export function wordRunner(
  context: Context,
  { isSandbox }: RunnerOptions = { isSandbox: false },
): (argv: readonly string[], signal: AbortSignal) => Promise<Outcome> {
  return async (argv, signal) => {
    try {
      const parsed = parse(argv, commands, launchModes);
      if (parsed.kind === 'help') {
        const { setup, connections } = context;
        const about = { commands, vendors: setup.vendors, abilities: () => connections.abilityMatrix() };
        return {
          ...nothing,
          lines: linesOf(render(await help(parsed.words, about), 'text', null)),
        };
      }
      if (parsed.kind !== 'run')
        throw fault('usage', 'This command works only on the command line.', 'Quit the console, then run it there.');
      const { notInConsole, asks } = parsed.words;
      if (notInConsole !== undefined) throw fault('usage', 'The console does not run this command.', notInConsole);
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
      if (asks?.when(context, input) === true) {
        if (isSandbox && asks.of === 'known') throw fault('denied', ...noOtherSecrets);
        return { ...nothing, asks: true };
      }
      if (
        parsed.words.effect === 'vendor' &&
        parsed.words.writeRequest !== undefined &&
        parsed.flags['dry-run'] === undefined
      ) {
        const reason = reasonOf(input);
        const writeRequest = await parsed.words.writeRequest(context, input);
        return { ...nothing, lines: said, write: { writeRequest, reason } };
      }
      if (parsed.words.opens !== undefined && parsed.flags.json === undefined) {
        return { ...nothing, lines: said, screen: await parsed.words.opens(context, input) };
      }
      const reply = await parsed.words.run(context, input);
      return {
        ...nothing,
        isData: flags.json === true || (reply.kind === 'text' && reply.isData),
        lines: [...said, ...linesOf(render(reply, flags.json === true ? 'json' : 'text', null))],
        faults: reply.faults,
      };
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      return { ...nothing, faults: [error.fault] };
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
