import { dateWords } from '../../model/date-words.ts';
import type { DetailSection, HistoryEntry } from '../../model/subscription.ts';
import type { Command, Input } from '../command.ts';
import type { ReadContext } from '../context.ts';
import { findSubscription } from '../find.ts';
import { argument } from '../given-values.ts';
import { readOrKept } from '../kept-reads.ts';
import { listOf, object, texts } from '../output-shape.ts';
import { plainColumns } from '../plain-columns.ts';
import type { Reply } from '../reply.ts';
import { ending } from '../reply-ending.ts';
import { refArgument } from './flags.ts';

export const subscriptionHistory: Command = {
  id: 'subscription history',
  summary: "the vendor's own audit trail of a subscription",
  words: {
    effect: 'reads',
    output: object(texts('at', 'action', 'by', 'field', 'from', 'to', 'readAt')),
    kind: 'list',
    args: [refArgument],
    flags: [],
    needs: ['history'],
    run: history,
  },
};

export const subscriptionDetails: Command = {
  id: 'subscription details',
  summary: 'everything else the vendor has on a subscription',
  words: {
    effect: 'reads',
    output: object({
      ...texts('ref', 'readAt'),
      sections: listOf(object({ title: 'text', fields: listOf(object(texts('label', 'value'))) }, { empty: 'text' })),
    }),
    kind: 'object',
    args: [refArgument],
    flags: [],
    needs: ['details'],
    run: details,
  },
};

async function history(context: ReadContext, input: Input): Promise<Reply> {
  const target = await findSubscription(context, input, argument(input, 'REF'), ['history']);
  const { value: entries, readAt, faults } = await readOrKept(context, input, target, 'history');
  return {
    kind: 'list',
    columns: plainColumns(historyFields, ['at']),
    rows: entries.map((entry) => ({
      json: { ...historyJson(entry), readAt },
      cells: historyFields.map((field) => entry[field]),
    })),
    empty: 'The vendor has no history of this subscription.',
    ...ending(faults, true),
  };
}

const historyFields = ['at', 'action', 'by', 'field', 'from', 'to'] as const;

function historyJson({ at, action, by, field, from, to }: HistoryEntry): object {
  return { at, action, by, field, from, to };
}

async function details(context: ReadContext, input: Input): Promise<Reply> {
  const target = await findSubscription(context, input, argument(input, 'REF'), ['details']);
  const { value: sections, readAt, faults } = await readOrKept(context, input, target, 'details');
  return {
    kind: 'object',
    json: { ref: target.ref, sections, readAt },
    sections: sections.map(asSection),
    ...ending(faults, true),
  };
}

function asSection({ title, fields, empty }: DetailSection) {
  const shown = fields.map(({ label, value }) => ({ label, value: value === null ? null : dateWords(value) }));
  return empty === undefined ? { title, fields: shown } : { title, fields: shown, empty };
}
