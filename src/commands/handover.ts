import { osUser } from '../journal/os-user.ts';
import { type Handover, handover, handoverMarkdown } from '../today/handover.ts';
import { rulesIn } from '../today/next-step.ts';
import { accountsIn, basesIn } from '../today/today.ts';
import { usualDurations } from '../writes/usual-durations.ts';
import type { Command, Input } from './command.ts';
import type { ReadingContext } from './context.ts';
import { requestedScope } from './find.ts';
import { flag } from './given-values.ts';
import { itemJson, journalJson, missingJson, requestJson } from './json-rows.ts';
import { run as runWords } from './keys/effects/palette.ts';
import type { Reply } from './reply.ts';
import { wellEnded } from './reply-ending.ts';
import { sinceHelp, sinceOf } from './since.ts';

const usualShift = '12h';

export const handoverCommand: Command = {
  id: 'handover',
  summary: 'Markdown for the next shift: open requests, unknown writes, deadlines in 48 hours, what you changed',
  words: {
    effect: 'reads',
    kind: 'text',
    args: [],
    flags: [{ name: 'since', value: 'WHEN', help: `your changes since ${sinceHelp} (${usualShift})` }],
    examples: ['handover', 'handover --since yesterday'],
    run,
  },
  keys: { keys: ['H'], scopes: ['any'], perform: ({ store, deps }) => runWords(store, deps, 'handover') },
};

async function run(
  context: Pick<ReadingContext, 'cache' | 'clock' | 'connections' | 'journal' | 'writes'>,
  input: Input,
): Promise<Reply> {
  const now = context.clock.now();
  const since = sinceOf(flag(input, 'since') ?? usualShift, now);
  const { names } = requestedScope(context, input);
  await context.writes.recover();
  const { cache, journal } = context;
  const shift = {
    cache,
    journal,
    usual: usualDurations(journal),
    connections: names,
    rulesOf: rulesIn(context.connections.list),
    accountOf: accountsIn(context.connections.list),
    basisOf: basesIn(context.connections.list),
  };
  const handed = handover(shift, { now, since, by: osUser() });
  const markdown = handoverMarkdown(handed, { now });
  return { kind: 'text', text: markdown, json: json(handed, markdown, now), ...wellEnded };
}

function json(
  { at, since, by, requests, unknown, deadlines, deadlinesLeftOut, marked, changed, missing }: Handover,
  markdown: string,
  now: number,
): object {
  return {
    at,
    since,
    by,
    requests: requests.map(({ request }) => requestJson(request)),
    unknown: unknown.map((item) => itemJson(item, now)),
    deadlines: deadlines.map((item) => itemJson(item, now)),
    leftOut: { deadlines: deadlinesLeftOut },
    marked: marked.map((item) => itemJson(item, now)),
    changed: changed.map(journalJson),
    missing: missing.map(missingJson),
    markdown,
  };
}
