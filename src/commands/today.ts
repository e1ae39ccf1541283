import { type Fault, fault } from '../model/fault.ts';
import { openToday } from '../state/updates/today.ts';
import { type Item, urgencies } from '../today/item.ts';
import { rulesIn } from '../today/next-step.ts';
import { type Today, today } from '../today/today.ts';
import {
  itemLabel,
  itemReason,
  itemSubject,
  leftOutSentences,
  todayTitle,
  urgencyTitles,
} from '../today/today-words.ts';
import { usualDurations } from '../writes/usual-durations.ts';
import type { Command, Input } from './command.ts';
import type { Context } from './context.ts';
import { requestedScope } from './find.ts';
import { flag, wholeNumber } from './given-values.ts';
import { itemJson, missingJson } from './json-rows.ts';
import type { Reply, Section } from './reply.ts';

const usualLimit = 5;

export const todayCommand: Command = {
  id: 'today',
  summary: 'what needs attention, most urgent first',
  words: {
    kind: 'object',
    args: [],
    flags: [{ name: 'limit', value: 'N', help: `maximum number of items of each kind (${usualLimit})` }],
    examples: ['today', 'today --limit 50 --json'],
    run,
  },
  keys: {
    keys: ['T'],
    scopes: ['any'],
    hint: 'today',
    readerKey: 't',
    perform: ({ store }) => store.update(openToday),
  },
};

async function run(
  context: Pick<Context, 'cache' | 'clock' | 'connections' | 'journal' | 'settings' | 'writes'>,
  input: Input,
): Promise<Reply> {
  const limit = flag(input, 'limit');
  const { names } = requestedScope(context, input);
  await context.writes.recover();
  const reader = { now: context.clock.now() };
  const found = today(
    {
      cache: context.cache,
      journal: context.journal,
      usual: usualDurations(context.journal),
      connections: names,
      rulesOf: rulesIn(context.connections.list),
    },
    { ...reader, limit: limit === null ? usualLimit : wholeNumber(limit, '--limit') },
  );
  const faults = unread(found);
  return {
    kind: 'object',
    json: {
      at: found.at,
      items: found.items.map(itemJson),
      leftOut: found.leftOut,
      missing: found.missing.map(missingJson),
    },
    sections: sectionsOf(found, context.settings.theme.marks, reader),
    exit: faults.length > 0 ? 'partial' : 'ok',
    faults,
  };
}

function sectionsOf(found: Today, marks: 'unicode' | 'ascii', reader: { readonly now: number }): readonly Section[] {
  const { items } = found;
  const line = (item: Item) => ({
    label: itemLabel(item, marks),
    value: `${itemSubject(item)}: ${itemReason(item, reader)}. ${item.next}.`,
  });
  return [
    { title: `Today: ${todayTitle(found)}`, fields: [] },
    ...urgencies.flatMap((urgency): readonly Section[] => {
      const fields = items.filter((item) => item.urgency === urgency).map(line);
      return fields.length === 0 ? [] : [{ title: urgencyTitles[urgency], fields }];
    }),
    ...titled(
      'Not shown',
      leftOutSentences(found).map(({ label, words }) => ({ label: '…', value: `${label}: ${words}` })),
    ),
    ...titled(
      'Not known',
      found.missing.map(({ connection, message, next }) => ({ label: connection, value: `${message} Run ${next}` })),
    ),
  ];
}

function titled(title: string, fields: Section['fields']): readonly Section[] {
  return fields.length === 0 ? [] : [{ title, fields }];
}

/** Gaps are errors; outdated rows are only named. */
function unread({ missing }: Today): readonly Fault[] {
  return missing
    .filter(({ isGap }) => isGap)
    .map(({ connection, message, next }) => fault('missing', message, `Run ${next}`, { connection }).fault);
}
