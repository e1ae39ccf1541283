import type { JournalQuery } from '../../journal/journal.ts';
import { lengthText } from '../../model/calendar.ts';
import { exactWords } from '../../model/date-words.ts';
import { fault } from '../../model/fault.ts';
import { matchesRow } from '../../model/filter-match.ts';
import { languageOf, parseListFilter } from '../../model/filter-parse.ts';
import { type JournalEntry, journalStates } from '../../model/journal-entry.ts';
import { journalFields } from '../../model/record-fields.ts';
import { shellWord } from '../../model/shell-word.ts';
import { valueWords } from '../../model/value-words.ts';
import { basisWords, verdictText } from '../../model/verdict.ts';
import { operations } from '../../operations/registry.ts';
import { outcomeText, planReceipt, type TriedRow } from '../../writes/bulk/plan-receipt.ts';
import { receipt } from '../../writes/receipt.ts';
import { silentFor } from '../../writes/settle.ts';
import { wayBackCommand, wayBackText } from '../../writes/way-back.ts';
import type { Command, Input } from '../command.ts';
import type { Context, ReadingContext } from '../context.ts';
import { filterFlag, givenFilter } from '../filter-and-sort.ts';
import { argument, flag, isOn, wholeNumber } from '../given-values.ts';
import { journalColumns, journalJson, journalRow } from '../json-rows.ts';
import { either, listOf, object } from '../output-shape.ts';
import type { ObjectReply, Reply } from '../reply.ts';
import { wellEnded } from '../reply-ending.ts';
import { entryShape, journalShape } from '../row-shapes.ts';
import { sinceHelp, sinceOf } from '../since.ts';

const idArgument = { name: 'ID', help: "the journal entry's id" };
const idOrPlan = { name: 'ID', help: "the journal entry's id, or that of a bulk plan" };

const language = languageOf(journalFields);

const operationIds = operations.map(({ id }) => id);

export const journalCommands: readonly Command[] = [
  {
    id: 'journal list',
    summary: 'what this installation sent, in a team what all members sent, with its outcome, newest first',
    words: {
      effect: 'reads',
      output: journalShape,
      kind: 'list',
      args: [],
      flags: [
        { name: 'ref', value: 'REF', help: 'of this subscription', completes: 'ref' },
        { name: 'state', value: 'STATE', choices: journalStates, help: journalStates.join(', ') },
        { name: 'verb', value: 'VERB', choices: operationIds, help: operationIds.join(', ') },
        { name: 'since', value: 'WHEN', help: sinceHelp },
        { name: 'by', value: 'USER', help: 'sent by this user of the operating system; in a team NAME (user@host)' },
        { name: 'mine', help: 'what I sent' },
        filterFlag('state:unknown|needs-person reason:4711', language),
        { name: 'limit', value: 'N', help: 'maximum number of rows' },
      ],
      examples: ['journal list --state unknown', 'journal list --since monday --verb cancel --csv'],
      run: list,
    },
  },
  {
    id: 'journal show',
    summary: 'one journal entry with its steps, or what was tried of a bulk plan',
    words: {
      effect: 'reads',
      output: either(
        entryShape,
        object({ ...journalShape.fields, receipt: 'text' }),
        object(
          { plan: 'text', entries: listOf(object({ row: 'number', ...journalShape.fields })) },
          { receipt: 'text' },
        ),
      ),
      kind: 'object',
      args: [idOrPlan],
      flags: [{ name: 'receipt', help: 'Markdown for a ticket; one receipt for a whole bulk plan' }],
      run: async (context, input) => {
        const tried = await planRows(context, input);
        if (tried !== null) return showPlan(context, input, tried);
        return isOn(input, 'receipt') ? showReceipt(context, input) : show(await find(context, input), context);
      },
    },
  },
  {
    id: 'journal settle',
    summary: 'find out or record the outcome of an unknown write; correct an earlier verdict',
    words: {
      effect: 'local',
      endsAlso: ['unknown'],
      output: entryShape,
      kind: 'object',
      args: [idArgument],
      flags: [
        {
          name: 'as',
          value: 'applied|not-applied',
          choices: ['applied', 'not-applied'],
          help: 'the outcome that you checked, even if the entry has another one; without it the vendor is asked',
        },
      ],
      examples: ['journal settle ID', 'journal settle ID --as not-applied'],
      run: settle,
    },
  },
];

async function list(context: Pick<ReadingContext, 'clock' | 'journal' | 'writes'>, input: Input): Promise<Reply> {
  await context.writes.recover();
  const limit = flag(input, 'limit');
  const since = flag(input, 'since');
  return {
    kind: 'list',
    columns: journalColumns,
    rows: found(context, input, {
      ref: flag(input, 'ref'),
      state: journalStates.find((state) => state === flag(input, 'state')) ?? null,
      since: since === null ? null : new Date(sinceOf(since, context.clock.now())).toISOString(),
      limit: limit === null ? null : wholeNumber(limit, '--limit'),
    }).map(journalRow),
    empty: 'No journal entry matches.',
    ...wellEnded,
  };
}

/** The journal has no count by verb, sender or filter, so these apply before the limit here. */
function found(
  context: Pick<ReadingContext, 'clock' | 'journal'>,
  input: Input,
  query: JournalQuery,
): readonly JournalEntry[] {
  const [verb, given] = [flag(input, 'verb'), flag(input, 'by')];
  const by = isOn(input, 'mine') ? context.journal.author : given;
  const filter = givenFilter(input, (text) => parseListFilter(text, language), language);
  if (verb === null && by === null && filter.length === 0) return context.journal.entries(query);
  const now = context.clock.now();
  return context.journal
    .entries({ ...query, limit: null })
    .filter((entry) => (verb === null || entry.verb === verb) && (by === null || entry.by === by))
    .filter((entry) => matchesRow(filter, journalFields, entry, now))
    .slice(0, query.limit ?? undefined);
}

function show(entry: JournalEntry, context: Pick<ReadingContext, 'journal'>): ObjectReply {
  const { id, at, ref, account, sentence, state, basis, corrects, reason, before, after, vendor, by } = entry;
  const verdicts = context.journal.verdicts(id);
  const record = context.journal.record(id);
  const purpose = record?.purpose ?? null;
  const fields = [
    ['Entry', id],
    ['At', exactWords(at)],
    ['Ref', ref],
    ['Account', account ?? 'not recorded (sent by Subdeck 0.1.0)'],
    ['What', sentence],
    ['State', state],
    ['Based on', basis === null ? null : basisWords[basis]],
    ['Corrects', corrects],
    ['Reason', purpose],
    ['Explanation', reason === purpose ? null : reason],
    ['Before', valueWords(before)],
    ['After', valueWords(after)],
    ['Vendor status', vendor?.status === undefined || vendor.status === null ? null : String(vendor.status)],
    ['Correlation id', vendor?.correlationId ?? null],
    ['By', by],
    ['To take it back', wayBackText(record)],
  ] as const;
  const steps = context.journal.steps(id).map(({ name, method, path, body, sentAt, answer }) => ({
    label: name,
    value: `${method} ${path}${body === undefined ? '' : ` ${JSON.stringify(body)}`}, sent ${exactWords(sentAt)}: ${answer?.outcome ?? 'no answer'}${answer?.status ? ` (${answer.status})` : ''}`,
  }));
  return {
    kind: 'object',
    json: { ...journalJson(entry), purpose, verdicts, wayBack: wayBackCommand(record) },
    sections: [
      { title: null, fields: fields.map(([label, value]) => ({ label, value })) },
      { title: 'Steps', fields: steps, empty: 'Nothing was sent.' },
      {
        title: 'Verdicts',
        fields: verdicts.map((verdict) => ({ label: exactWords(verdict.at), value: verdictText(verdict) })),
        empty: 'Its outcome is not recorded.',
      },
    ],
    ...wellEnded,
  };
}

/** The rows of a bulk plan that were tried; null: the id is not one of a plan. */
async function planRows(
  { journal, writes }: Pick<ReadingContext, 'journal' | 'writes'>,
  input: Input,
): Promise<readonly TriedRow[] | null> {
  const id = argument(input, 'ID');
  if (journal.entry(id) !== null) return null;
  await writes.recover();
  const tried = journal.knownParts(id);
  return tried.size === 0 ? null : [...tried].map(([row, { entry }]) => ({ row, entry }));
}

function showPlan({ journal }: Pick<ReadingContext, 'journal'>, input: Input, tried: readonly TriedRow[]): Reply {
  const plan = argument(input, 'ID');
  const json = { plan, entries: tried.map(({ row, entry }) => ({ row, ...journalJson(entry) })) };
  if (isOn(input, 'receipt')) {
    const text = planReceipt(journal, plan, tried);
    return { kind: 'text', isData: true, text, json: { ...json, receipt: text }, ...wellEnded };
  }
  const rows = tried.map(({ row, entry: { id, ref, sentence, state } }) => {
    return { label: `Row ${row}`, value: `${state}: ${sentence} ${ref} (journal ${id})` };
  });
  const facts = [
    { label: 'Plan', value: plan },
    { label: 'Outcome', value: outcomeText(tried.map(({ entry }) => entry)) },
  ];
  return {
    kind: 'object',
    json,
    sections: [
      { title: null, fields: facts },
      { title: 'Rows', fields: rows },
    ],
    ...wellEnded,
  };
}

async function showReceipt(context: Pick<ReadingContext, 'journal' | 'writes'>, input: Input): Promise<Reply> {
  const entry = await find(context, input);
  const text = receipt(context.journal, entry.id) ?? '';
  return {
    kind: 'text',
    isData: true,
    text: text.endsWith('\n') ? text : `${text}\n`,
    json: { ...journalJson(entry), receipt: text },
    ...wellEnded,
  };
}

async function settle(context: Pick<Context, 'clock' | 'journal' | 'mode' | 'writes'>, input: Input): Promise<Reply> {
  const { id } = await find(context, input);
  const as = flag(input, 'as');
  if (as === 'applied' || as === 'not-applied') return show(await context.writes.settleByPerson(id, as), context);
  if (context.mode.offline)
    throw fault('denied', 'Offline mode makes no calls to vendors.', 'Leave out --offline, or give --as.');
  const entry = await context.writes.settle(id, input.signal);
  if (entry.state !== 'unknown' && entry.state !== 'needs-person') return show(entry, context);
  const wait = silentFor(context.journal.record(id), await context.journal.instant());
  const again =
    wait === null ? '' : `An unchanged row is a proof only after ${lengthText(wait)} more: run this again then. Or: `;
  const next = `${again}Check it in the vendor's portal, then run subdeck journal settle ${shellWord(id)} --as applied|not-applied`;
  const more = { connection: entry.ref.slice(0, entry.ref.indexOf('/')), sent: true };
  const faults = [fault('unknown', 'Its outcome is still not proven.', next, more).fault];
  return { ...show(entry, context), exit: 'unknown', faults };
}

async function find(context: Pick<ReadingContext, 'journal' | 'writes'>, input: Input): Promise<JournalEntry> {
  await context.writes.recover();
  const id = argument(input, 'ID');
  const entry = context.journal.entry(id);
  if (entry) return entry;
  throw fault('missing', `There is no journal entry "${id}".`, 'subdeck journal list shows them.');
}
