import { type Handover, handover, handoverMarkdown } from '../today/handover.ts';
import { rulesIn } from '../today/next-step.ts';
import { accountsIn, basesIn } from '../today/today.ts';
import { usualDurations } from '../writes/usual-durations.ts';
import type { Command, Input } from './command.ts';
import { requestedScope } from './find.ts';
import { flag } from './given-values.ts';
import { itemJson, journalJson, missingJson, requestJson } from './json-rows.ts';
import { run as runWords } from './keys/effects/palette.ts';
import { listOf, object, texts } from './output-shape.ts';
import type { Reply } from './reply.ts';
import { wellEnded } from './reply-ending.ts';
import { itemShape, journalShape, missingShape, requestShape } from './row-shapes.ts';
import { sinceHelp, sinceOf } from './since.ts';
import type { TodayContext } from './today.ts';

const usualShift = '12h';

export const handoverCommand: Command = {
  id: 'handover',
  summary: 'Markdown for the next shift: open requests, unknown writes, deadlines in 48 hours, what you changed',
  words: {
    effect: 'reads',
    output: object({
      ...texts('at', 'since', 'by', 'markdown'),
      requests: listOf(requestShape),
      unknown: listOf(itemShape),
      deadlines: listOf(itemShape),
      leftOut: object({ deadlines: 'number' }),
      marked: listOf(itemShape),
      changed: listOf(journalShape),
      missing: listOf(missingShape),
    }),
    kind: 'text',
    args: [],
    flags: [{ name: 'since', value: 'WHEN', help: `your changes since ${sinceHelp} (${usualShift})` }],
    examples: ['handover', 'handover --since yesterday'],
    run,
  },
  keys: { keys: ['H'], scopes: ['any'], perform: ({ store, deps }) => runWords(store, deps, 'handover') },
};

async function run(context: TodayContext, input: Input): Promise<Reply> {
  const now = context.clock.now();
  const since = sinceOf(flag(input, 'since') ?? usualShift, now);
  const { names } = requestedScope(context, input);
  await context.writes.recover();
  const { cache, journal, proposals } = context;
  await proposals.refresh();
  const shift = {
    cache,
    journal,
    usual: usualDurations(journal),
    connections: names,
    rulesOf: rulesIn(context.connections.list),
    accountOf: accountsIn(context.connections.list),
    basisOf: basesIn(context.connections.list),
    proposals: proposals.open(),
  };
  const handed = handover(shift, { now, since, by: journal.author });
  const markdown = handoverMarkdown(handed, { now });
  return { kind: 'text', isData: true, text: markdown, json: json(handed, markdown, now), ...wellEnded };
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
