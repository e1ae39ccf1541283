import type { AssistantCall } from '../../model/assistant-call.ts';
import type { Command, Input } from '../command.ts';
import type { Context } from '../context.ts';
import { flag, wholeNumber } from '../given-values.ts';
import { listOf, object, texts } from '../output-shape.ts';
import type { Reply } from '../reply.ts';
import { wellEnded } from '../reply-ending.ts';
import { sinceHelp, sinceOf } from '../since.ts';

/** For the person who let an assistant in, not for the assistant. */
export const mcpLog: Command = {
  id: 'mcp log',
  summary: 'the calls of assistants, the latest first: tools and names of arguments, never their values or answers',
  words: {
    effect: 'person',
    output: object({ ...texts('at', 'client', 'tool', 'outcome'), given: listOf('text'), milliseconds: 'number' }),
    kind: 'list',
    args: [],
    flags: [
      { name: 'since', value: 'WHEN', help: sinceHelp },
      { name: 'limit', value: 'N', help: 'maximum number of rows' },
    ],
    examples: ['mcp log --since today', 'mcp log --json'],
    run: async (context, input) => list(context, input),
  },
};

function list({ assistantCalls, clock }: Pick<Context, 'assistantCalls' | 'clock'>, input: Input): Reply {
  const since = flag(input, 'since');
  const from = since === null ? '' : new Date(sinceOf(since, clock.now())).toISOString();
  const limit = flag(input, 'limit');
  const most = limit === null ? undefined : wholeNumber(limit, '--limit');
  const calls = assistantCalls
    .all()
    .filter(({ at }) => at >= from)
    .toReversed()
    .slice(0, most);
  return {
    kind: 'list',
    columns: (['at', 'client', 'tool', 'given', 'outcome', 'milliseconds'] as const).map((id) => ({
      id,
      title: id,
      align: id === 'milliseconds' ? 'right' : 'left',
      isDate: id === 'at',
    })),
    rows: calls.map((call) => ({ json: json(call), cells: cells(call) })),
    empty: 'No assistant has called Subdeck.',
    ...wellEnded,
  };
}

function json({ at, client, tool, given, outcome, milliseconds }: AssistantCall): object {
  return { at, client, tool, given, outcome, milliseconds };
}

function cells({ at, client, tool, given, outcome, milliseconds }: AssistantCall): readonly (string | null)[] {
  return [at, client, tool, given.join(' '), outcome, milliseconds === null ? null : String(milliseconds)];
}
