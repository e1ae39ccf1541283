import { dateWords } from '../../model/date-words.ts';
import { FaultError, fault } from '../../model/fault.ts';
import { fieldNamed } from '../../model/field-names.ts';
import { planMoneyTotals, planTotalsTexts } from '../../model/plan-money.ts';
import { fileWord, shellWord } from '../../model/shell-word.ts';
import { connectionOf, targetIdOf } from '../../operations/requests.ts';
import { setQuantity } from '../../operations/set-quantity.ts';
import { earlierEnd } from '../../writes/bulk/bulk-run.ts';
import { countText } from '../../writes/bulk/count.ts';
import { columnsOf, type LineRequest, requestsOfCsv } from '../../writes/bulk/csv-requests.ts';
import { accountLines, accountsOf } from '../../writes/bulk/plan-accounts.ts';
import { planDigest } from '../../writes/bulk/plan-digest.ts';
import {
  type BulkPlan,
  moneyIn,
  proposedText,
  readPlanFile,
  readTextFile,
  rowMoneyText,
  unknownRowFault,
  writePlanFile,
} from '../../writes/bulk/plan-file.ts';
import { tableOperations } from '../../writes/bulk/table-row.ts';
import type { ArgumentSpec, Command, Input } from '../command.ts';
import type { Context, ReadContext, ReadingContext } from '../context.ts';
import { argument, demandedFlag, flag, reasonOf } from '../given-values.ts';
import { listOf, mapOf, object, texts } from '../output-shape.ts';
import { planRequests, refusePlanOffline } from '../plan-requests.ts';
import type { Reply } from '../reply.ts';
import { ending } from '../reply-ending.ts';
import { planMoneyShape, planRunShape, planTotalsShape } from '../row-shapes.ts';
import { listFlags } from '../standard-flags.ts';
import { planRun } from './plan-run.ts';

const fileArgument: ArgumentSpec = { name: 'FILE', help: 'the plan file', completes: 'file' };

export const planCommands: readonly Command[] = [
  {
    id: 'plan create',
    summary: 'plan many changes and save them to a file, to review and run later; sends nothing',
    words: {
      effect: 'local',
      output: object({
        ...texts('file', 'id', 'digest'),
        accounts: listOf('text'),
        rows: 'number',
        leftOut: 'number',
        money: planTotalsShape,
      }),
      kind: 'object',
      args: [fileArgument],
      flags: [
        {
          name: 'from',
          value: 'CSV',
          completes: 'file',
          help: "a CSV file with a header: ref,quantity, or ref,verb and the verb's arguments; UTF-8, or UTF-16 with a byte order mark; - is stdin",
        },
        {
          name: 'verb',
          value: 'VERB',
          choices: tableOperations.map(({ id }) => id),
          help: `the verb of lines without a verb (${setQuantity.id})`,
        },
        { name: 'reason', value: 'TEXT', help: 'the reason for all its changes, for the journal' },
      ],
      examples: [
        'plan create seats.plan --from seats.csv        columns ref,quantity',
        'plan create leaving.plan --from list.csv --verb cancel        column ref, and mode if both are possible',
        ...tableOperations.map((operation) => {
          const takes = columnsOf(operation).map((name) => (name.endsWith('?') ? `[${name.slice(0, -1)}]` : name));
          const about = operation.kind === 'creation' ? ['verb'] : ['ref', 'verb'];
          return `plan create FILE --from CSV        ${[...about, ...takes].join(',')} for ${operation.id}`;
        }),
      ],
      run: create,
    },
  },
  {
    id: 'plan show',
    summary: "a plan file's changes row by row, their outcomes so far, its account and its digest",
    words: {
      effect: 'reads',
      output: object(
        { row: 'number', ...texts('ref', 'account', 'verb', 'state', 'sentence', 'journalId') },
        // Of an operation that this version knows.
        {
          rule: 'text',
          irreversible: 'switch',
          before: mapOf('any'),
          after: mapOf('any'),
          money: planMoneyShape,
        },
      ),
      outputAbout: object(
        {
          ...texts('id', 'account', 'createdAt', 'by', 'proposedBy', 'source', 'reason'),
          accounts: listOf('text'),
          money: planTotalsShape,
        },
        // Persons are told.
        { digest: 'text' },
      ),
      forPersons: ['digest'],
      kind: 'list',
      args: [fileArgument],
      flags: [],
      run: show,
    },
  },
  {
    id: 'plan run',
    summary:
      'send a plan file row by row; each row is checked again before it is sent, and no row is sent twice. Without a terminal, --yes and --confirm DIGEST are required',
    words: {
      effect: 'vendor',
      output: planRunShape,
      kind: 'write',
      args: [fileArgument],
      flags: [
        { name: 'confirm', value: 'DIGEST', help: 'the digest that plan show printed for the reviewed file' },
        { name: 'stop-after', value: 'N', help: 'stop after this many failures (3)' },
        ...listFlags,
      ],
      examples: [
        'plan run seats.plan --yes --confirm k3vq-7m2a-xw5d-q2fc --csv > outcome.csv        the digest that plan show printed',
        'plan run seats.plan --dry-run        checks every row, sends nothing',
      ],
      run: planRun,
    },
  },
];

async function create(context: ReadContext & Pick<Context, 'journal' | 'writes'>, input: Input): Promise<Reply> {
  const path = argument(input, 'FILE');
  const from = demandedFlag(input, 'from');
  const reason = reasonOf(input);
  const {
    writeRequests: lines,
    faults,
    unused,
    empty,
  } = requestsOfCsv(from === '-' ? await input.stdin() : readTextFile(from), flag(input, 'verb'));
  const [first] = faults;
  if (first !== undefined) {
    for (const { message, next } of faults.slice(1, 20)) input.say(`${message} ${next}`);
    throw new FaultError({ ...first, next: `${first.next} Nothing was planned.` });
  }
  if (lines.length === 0) throw fault('usage', 'The CSV has no rows below its header.', 'Nothing was planned.');
  refusePlanOffline(context);
  if (unused.length > 0) input.say(`Not used: ${unused.join(', ')}.`);
  const writes = unused.length === 0 ? lines : lines.filter((line) => !isUnchanged(context, line));
  const unchanged = lines.length - writes.length + empty;
  if (unchanged > 0) input.say(`Left out: ${unchanged} ${unchanged === 1 ? 'row' : 'rows'} without a change.`);
  const requested = writes.map(({ writeRequest }) => writeRequest);
  const { plan, leftOut, missing } = await planRequests(context, input, requested, {
    by: context.journal.author,
    proposedBy: null,
    source: from === '-' ? 'stdin' : from,
    reason,
  });
  for (const { fault: why, sentence } of leftOut) if (why === null) input.say(`Left out: ${sentence}`);
  const [wrong] = missing;
  if (plan.rows.length > 0) writePlanFile(path, plan);
  else if (wrong !== undefined) throw new FaultError(wrong);
  return created(path, plan, leftOut.length + unchanged, missing);
}

/**
 * Whether a line of an exported list asks for what the list showed. Its vendor is not asked: a value that only the vendor has
 * changed since would look like a change that nobody made.
 */
function isUnchanged({ cache }: Pick<ReadContext, 'cache'>, { writeRequest, given }: LineRequest): boolean {
  const id = targetIdOf(writeRequest);
  const row = id === null ? null : cache.subscription(connectionOf(writeRequest), id);
  const cells = Object.entries(given);
  if (row === null || cells.length === 0) return false;
  return cells.every(([name, cell]) => fieldNamed(name)?.value.cell(row) === cell);
}

function created(path: string, plan: BulkPlan, leftOut: number, missing: Parameters<typeof ending>[0]): Reply {
  const { rows } = plan;
  const money = planMoneyTotals(rows.map(moneyIn));
  const moneyTexts = planTotalsTexts(money);
  const isMade = rows.length > 0;
  return {
    kind: 'object',
    json: {
      file: isMade ? path : null,
      id: plan.id,
      digest: isMade ? planDigest(plan) : null,
      accounts: accountsOf(plan),
      rows: rows.length,
      leftOut,
      money,
    },
    sections: [
      {
        title: null,
        fields: [
          { label: 'Plan', value: isMade ? path : 'nothing to change, so no file was written' },
          { label: 'Account', value: isMade ? accountsOf(plan).join(', ') : null },
          { label: 'Changes', value: isMade ? countText(rows) : '0' },
          { label: 'Left out', value: leftOut === 0 ? null : String(leftOut) },
          ...moneyTexts.map((value) => ({ label: 'Cost', value })),
          { label: 'Digest', value: isMade ? planDigest(plan) : null },
          {
            label: 'Next',
            value: isMade ? `subdeck plan show ${fileWord(path)}, then subdeck plan run ${fileWord(path)}` : null,
          },
        ].filter(({ value }) => value !== null),
      },
    ],
    ...ending(missing, true),
  };
}

async function show(context: Pick<ReadingContext, 'journal'>, input: Input): Promise<Reply> {
  const plan = readPlanFile(argument(input, 'FILE'));
  await context.journal.refresh();
  const tried = context.journal.knownParts(plan.id);
  const digest = planDigest(plan);
  const accounts = accountsOf(plan);
  const proposed = proposedText(plan);
  if (proposed !== null) input.say(proposed);
  input.say(`${countText(plan.rows)}; made ${dateWords(plan.createdAt)} by ${plan.by} from ${plan.source}.`);
  for (const line of accountLines(plan)) input.say(line);
  const totals = planMoneyTotals(plan.rows.map(moneyIn));
  for (const text of planTotalsTexts(totals)) input.say(`Cost: ${text}.`);
  if (plan.reason !== undefined) input.say(`Reason: ${plan.reason}`);
  if (tried.size > 0) input.say(`One receipt for all: subdeck journal show ${shellWord(plan.id)} --receipt`);
  input.say(`Digest: ${digest}. Once it is reviewed: subdeck plan run … --yes --confirm ${shellWord(digest)}`);
  const [account = null] = accounts;
  const { id, createdAt, by, proposedBy = null, source, reason = null } = plan;
  return {
    kind: 'list',
    about: {
      id,
      digest,
      account: accounts.length === 1 ? account : null,
      accounts,
      createdAt,
      by,
      proposedBy,
      source,
      reason,
      money: totals,
    },
    columns: [
      { id: 'row', title: 'row', align: 'right' },
      ...(['ref', 'verb', 'state', 'sentence', 'money', 'rule', 'journalId'] as const).map(
        (id) => ({ id, title: id, align: 'left', hidden: id === 'rule' }) as const,
      ),
      ...moneyColumns.map((id) => ({ id, title: id, align: 'left', hidden: true }) as const),
    ],
    rows: [
      ...plan.rows.map((one) => {
        const { row, ref, account = null, verb, rule, irreversible, before, after } = one;
        const earlier = tried.get(row);
        const end = earlier?.left === true ? earlierEnd(one, earlier) : null;
        const state = end?.outcome ?? 'open';
        const sentence = end?.sentence ?? one.sentence;
        const journalId = end?.journalId ?? null;
        return {
          json: {
            row,
            ref,
            account,
            verb,
            state,
            sentence,
            rule,
            irreversible,
            before,
            after,
            money: moneyIn(one),
            journalId,
          },
          cells: [String(row), ref, verb, state, sentence, rowMoneyText(one), rule, journalId, ...moneyCells(one)],
        };
      }),
      ...plan.unknownRows.map(leftAlone),
    ],
    empty: 'The plan is empty.',
    ...ending(plan.unknownRows.map(unknownRowFault), true),
  };
}

/** For programs: one value a column. */
const moneyColumns = ['priceKind', 'price', 'currency', 'period', 'basis', 'from', 'to', 'change'] as const;

function moneyCells(row: BulkPlan['rows'][number]): readonly (string | null)[] {
  const held = moneyIn(row);
  if (held === null) return moneyColumns.map(() => null);
  const { price, period, basis, from, to, change } = held;
  return [price?.kind ?? null, price?.amount ?? null, price?.currency ?? null, period, basis, from, to, change];
}

/** A row of an operation that this version does not know. */
function leftAlone({ row, ref, verb, sentence }: BulkPlan['unknownRows'][number]) {
  const state = 'unknown-operation';
  return {
    json: { row, ref, account: null, verb, state, sentence, journalId: null },
    cells: [String(row), ref, verb, state, sentence, null, '', null, ...moneyColumns.map(() => null)],
  };
}
