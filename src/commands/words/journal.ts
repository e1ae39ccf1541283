import { fault } from '../../model/fault.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import type { Command, Input } from '../command.ts';
import type { Context } from '../context.ts';
import { wellEnded } from '../ending.ts';
import { argument, flag, isOn, wholeNumber } from '../given.ts';
import type { ObjectReply, Reply } from '../reply.ts';

const idArgument = { name: 'ID', help: "the journal entry's id" };

export const journalCommands: readonly Command[] = [
  {
    id: 'journal list',
    summary: 'what this installation sent, and what became of it, newest first',
    words: { kind: 'list', args: [], flags: [{ name: 'limit', value: 'N', help: 'at most so many' }], run: list },
  },
  {
    id: 'journal show',
    summary: 'one journal entry with its steps',
    words: {
      kind: 'object',
      args: [idArgument],
      flags: [{ name: 'receipt', help: 'Markdown for a ticket' }],
      run: async (context, input) =>
        isOn(input, 'receipt') ? receipt(context, input) : show(find(context, input), context),
    },
  },
  {
    id: 'journal settle',
    summary: 'find out, or say, what became of a write whose answer was lost',
    words: {
      kind: 'object',
      args: [idArgument],
      flags: [
        {
          name: 'as',
          value: 'applied|not-applied',
          choices: ['applied', 'not-applied'],
          help: 'what you found out yourself; without it the vendor is asked',
        },
      ],
      examples: ['journal settle ID', 'journal settle ID --as not-applied'],
      run: settle,
    },
  },
];

async function list(context: Context, input: Input): Promise<Reply> {
  context.wishes.recover();
  const limit = flag(input, 'limit');
  const entries = context.journal.entries({
    ref: null,
    state: null,
    since: null,
    limit: limit === null ? null : wholeNumber(limit, '--limit'),
  });
  return {
    kind: 'list',
    columns: [
      ...(['at', 'state', 'sentence', 'ref', 'reason', 'by', 'id', 'verb'] as const).map(
        (id) => ({ id, title: id, align: 'left', hidden: id === 'verb' }) as const,
      ),
    ],
    rows: entries.map((entry) => {
      const { at, state, sentence, ref, reason, by, id, verb } = entry;
      return { json: json(entry), cells: [at, state, sentence, ref, reason, by, id, verb] };
    }),
    empty: 'Nothing was sent yet.',
    ...wellEnded,
  };
}

function show(entry: JournalEntry, context: Context): ObjectReply {
  const { id, at, ref, sentence, state, reason, before, after, vendor, by } = entry;
  const fields = [
    ['Entry', id],
    ['At', at],
    ['Ref', ref],
    ['What', sentence],
    ['State', state],
    ['Reason', reason],
    ['Before', JSON.stringify(before)],
    ['After', JSON.stringify(after)],
    ['Vendor status', vendor?.status === undefined || vendor.status === null ? null : String(vendor.status)],
    ['Correlation id', vendor?.correlationId ?? null],
    ['By', by],
  ] as const;
  const steps = context.journal.steps(id).map(({ name, method, path, sentAt, answer }) => ({
    label: name,
    value: `${method} ${path}, sent ${sentAt}: ${answer?.outcome ?? 'no answer'}${answer?.status ? ` (${answer.status})` : ''}`,
  }));
  return {
    kind: 'object',
    json: json(entry),
    sections: [
      { title: null, fields: fields.map(([label, value]) => ({ label, value })) },
      { title: 'Steps', fields: steps, empty: 'Nothing was sent.' },
    ],
    ...wellEnded,
  };
}

function receipt(context: Context, input: Input): Reply {
  const entry = find(context, input);
  const text = context.wishes.receipt(entry.id) ?? '';
  return {
    kind: 'text',
    text: text.endsWith('\n') ? text : `${text}\n`,
    json: { ...json(entry), receipt: text },
    ...wellEnded,
  };
}

async function settle(context: Context, input: Input): Promise<Reply> {
  const { id } = find(context, input);
  const as = flag(input, 'as');
  if (as === 'applied' || as === 'not-applied') return show(context.wishes.settleByPerson(id, as), context);
  if (context.mode.offline) throw fault('denied', 'Offline mode asks no vendor.', 'Leave out --offline, or say --as.');
  const entry = await context.wishes.settle(id, input.signal);
  if (entry.state !== 'unknown' && entry.state !== 'needs-person') return show(entry, context);
  const next = `Look in the vendor's portal, then subdeck journal settle ${id} --as applied|not-applied`;
  const more = { connection: entry.ref.slice(0, entry.ref.indexOf('/')), sent: true };
  const faults = [fault('unknown', 'What became of it is still not proven.', next, more).fault];
  return { ...show(entry, context), exit: 'unknown', faults };
}

function find(context: Context, input: Input): JournalEntry {
  context.wishes.recover();
  const id = argument(input, 'ID');
  const entry = context.journal.entry(id);
  if (entry) return entry;
  throw fault('missing', `There is no journal entry "${id}".`, 'subdeck journal list shows them.');
}

/** As the contract has it. */
function json({ id, at, ref, verb, sentence, state, reason, before, after, vendor, by }: JournalEntry): object {
  return { id, at, ref, verb, sentence, state, reason, before, after, vendor, by };
}
