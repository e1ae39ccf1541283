import { type Fault, FaultError, fault } from '../../model/fault.ts';
import { planMoneyTotals, planTotalsTexts } from '../../model/plan-money.ts';
import { shellWord } from '../../model/shell-word.ts';
import { connectionOf } from '../../operations/requests.ts';
import { isTakenBack, type RowEnd, type RunEnd, runBulkPlan } from '../../writes/bulk/bulk-run.ts';
import { countText, progressText } from '../../writes/bulk/count.ts';
import { accountLines, refuseOtherAccount } from '../../writes/bulk/plan-accounts.ts';
import { planDigest } from '../../writes/bulk/plan-digest.ts';
import {
  type BulkPlan,
  type BulkRow,
  moneyIn,
  proposedText,
  readPlanFile,
  unknownRowFault,
} from '../../writes/bulk/plan-file.ts';
import { confirmableRows, proofFault } from '../../writes/confirmation.ts';
import type { Input } from '../command.ts';
import { confirmedByWords } from '../confirm.ts';
import type { Context, ReadContext } from '../context.ts';
import { argument, flag, isOn, reasonOf, wholeNumber } from '../given-values.ts';
import type { ListReply, Reply } from '../reply.ts';
import { wellEnded } from '../reply-ending.ts';
import { waitFlag } from '../standard-flags.ts';
import { follow } from '../wait.ts';
import { refreshUnknown } from './plan-targets.ts';

const usualStop = 3;

/** `plan run`: confirmation, the run with its progress, and the outcome of each row. */
export async function planRun(
  context: ReadContext & Pick<Context, 'journal' | 'settings' | 'writes'>,
  input: Input,
): Promise<Reply> {
  const plan = readPlanFile(argument(input, 'FILE'));
  const stop = flag(input, 'stop-after');
  const stopAfter = stop === null ? usualStop : wholeNumber(stop, '--stop-after');
  if (stopAfter === 0) throw fault('usage', '--stop-after must be 1 or more.', 'Nothing was sent.');
  const wait = flag(input, waitFlag);
  const seconds = wait === null ? null : wholeNumber(wait, '--wait');
  const reason = reasonOf(input) ?? plan.reason ?? null;
  const dryRun = isOn(input, 'dry-run');
  const denied = dryRun ? null : context.writes.denied();
  if (denied) throw new FaultError(denied);
  if (context.mode.offline)
    throw fault(
      'denied',
      'Every row is read from the vendor first, and offline mode does not read from vendors.',
      'Leave out --offline.',
    );

  refuseOtherAccount(plan, context.connections);
  const proposed = proposedText(plan);
  if (proposed !== null) input.say(proposed);
  for (const line of accountLines(plan)) input.say(line);
  if (plan.reason !== undefined) input.say(`Reason: ${plan.reason}`);
  const subject = confirmableRows(plan, context.settings.guard);
  const other = proofFault(subject, flag(input, 'confirm'));
  if (other !== null) return notSent(plan.rows, other);
  const tried = await context.journal.partsOf(plan.id);
  const remaining = plan.rows.filter(({ row }) => tried.get(row)?.left !== true);
  if (!dryRun && remaining.length > 0) {
    const answer = await confirmedByWords(subject, 'plan file', input, {
      say: () => linesOf(plan, remaining),
      answer: `Send ${countText(remaining)}? [y/N] `,
    });
    if (answer !== 'yes') return notSent(remaining, answer);
    for (const row of remaining) context.writes.arming.arm(connectionOf(row.writeRequest), 'command');
  }
  await refreshUnknown(
    context,
    input,
    remaining.map(({ writeRequest }) => writeRequest),
  );
  const began = context.clock.monotonic();
  const run = await runBulkPlan(context, plan, {
    reason,
    dryRun,
    stopAfter,
    signal: input.signal,
    holding: input.holding ?? ((work) => work()),
    onRow: (_, ends) => input.progress?.(progress(ends, remaining.length, context.clock.monotonic() - began)),
  });
  input.progress?.(null);
  const leftAlone = plan.unknownRows.map(unknownRowFault);
  if (dryRun) return checked(run, leftAlone);
  const isWaiting = isOn(input, waitFlag);
  const ends = isWaiting ? await waited(context, input, run.ends, seconds) : run.ends;
  input.say(`${summary(ends)}.`);
  for (const line of wayBackLines(ends)) input.say(line);
  input.say(`One receipt for all: subdeck journal show ${shellWord(plan.id)} --receipt`);
  return withLeftAlone(outcomes({ ...run, ends }, isWaiting), plan, leftAlone);
}

/** Rows of unknown operations are named, and the run counts as partial. */
function withLeftAlone(reply: ListReply, plan: BulkPlan, faults: readonly Fault[]): ListReply {
  if (faults.length === 0) return reply;
  const rows = plan.unknownRows.map(({ row, ref, verb, sentence }) => {
    const [outcome, journalId] = ['left-alone', null];
    return {
      json: { row, ref, verb, outcome, sentence, reason: null, journalId, before: {}, after: {}, earlier: false },
      cells: [String(row), ref, verb, outcome, sentence, null, journalId],
    };
  });
  const exit = reply.exit === 'ok' || reply.exit === 'pending' ? 'partial' : reply.exit;
  return { ...reply, rows: [...reply.rows, ...rows], faults: [...reply.faults, ...faults], exit };
}

/** What a person sees before confirming the remaining rows. */
function linesOf(plan: BulkPlan, remaining: readonly BulkRow[]): readonly string[] {
  return [
    `Digest: ${planDigest(plan)}`,
    ...remaining.slice(0, 10).map(({ ref, sentence }) => `  ${sentence} ${ref}`),
    ...(remaining.length > 10 ? [`  … and ${remaining.length - 10} more; subdeck plan show lists all.`] : []),
    ...planTotalsTexts(planMoneyTotals(remaining.map(moneyIn))).map((text) => `Cost: ${text}`),
  ];
}

function notSent(rows: readonly BulkRow[], why: Fault): Reply {
  return { ...planReply(rows), exit: 'usage', faults: [why] };
}

/** A dry run: what would be sent, and on stderr why the rest would not be. */
function checked({ ends }: RunEnd, leftAlone: readonly Fault[]): Reply {
  const ready = ends.filter(({ outcome }) => outcome === 'ready').map(({ row }) => row);
  return { ...planReply(ready), ...wellEnded, faults: [...ends.flatMap(faultOf), ...leftAlone] };
}

function planReply(rows: readonly BulkRow[]) {
  const json = rows.map((row) => {
    const { verb, ref, sentence, irreversible, before, after } = row;
    return { verb, ref, sentence, irreversible, before, after, money: moneyIn(row) };
  });
  const text = rows.map(({ sentence, ref }) => `${sentence}\n  ${ref}\n`).join('');
  return { kind: 'text', isData: false, text, json: { plan: json } } as const;
}

function progress(ends: readonly RowEnd[], count: number, elapsed: number): string {
  const worked = ends.filter(({ earlier }) => !earlier);
  const skipped = worked.filter(({ outcome }) => outcome === 'changed' || outcome === 'holds').length;
  const failed = worked.filter(({ outcome }) => ['refused', 'unknown', 'failed'].includes(outcome)).length;
  return progressText({ done: worked.length, count, skipped, failed, elapsed });
}

function summary(ends: readonly RowEnd[]): string {
  const groups = Map.groupBy(ends, ({ outcome }) => outcome);
  return [...groups].map(([outcome, alike]) => `${alike.length} ${outcome}`).join(', ');
}

/** Accepted rows, followed until they settle or the time runs out. */
async function waited(
  context: Pick<Context, 'clock' | 'journal' | 'writes'>,
  input: Input,
  ends: readonly RowEnd[],
  seconds: number | null,
): Promise<readonly RowEnd[]> {
  const until = seconds === null ? null : context.clock.monotonic() + seconds * 1000;
  return Promise.all(
    ends.map(async (end): Promise<RowEnd> => {
      const { outcome, journalId } = end;
      if (outcome !== 'accepted' || journalId === null || context.journal.request(journalId) === null) return end;
      const left = until === null ? null : Math.max(0, (until - context.clock.monotonic()) / 1000);
      await follow(context, input.signal, journalId, left);
      const entry = context.journal.entry(journalId);
      if (entry === null || entry.state === 'sent') return end;
      await context.journal.seen(journalId);
      const settled = { done: 'done', 'settled-applied': 'done', refused: 'refused' } as const;
      const known = entry.state in settled ? settled[entry.state as keyof typeof settled] : 'unknown';
      const isOwn = entry.reason !== context.journal.record(journalId)?.purpose;
      return { ...end, outcome: known, reason: isOwn ? entry.reason : null };
    }),
  );
}

/** As many commands as a person may want to copy; the journal has them all. */
const mostWaysBack = 5;

/** What takes the rows back that this run changed. */
function wayBackLines(ends: readonly RowEnd[]): readonly string[] {
  const changed = ends.filter(isTakenBack);
  const offered = changed.flatMap(({ row: { row }, outcome, wayBack }) =>
    wayBack?.kind === 'offered'
      ? [{ row, when: outcome === 'done' ? '' : ' once it is done', words: wayBack.words }]
      : [],
  );
  const reasons = changed.flatMap(({ wayBack }) => (wayBack?.kind === 'none' ? [wayBack.why] : []));
  const more = offered.length - mostWaysBack;
  return [
    ...offered.slice(0, mostWaysBack).map(({ row, when, words }) => `To take row ${row} back${when}: ${words}`),
    ...(more > 0 ? [`… and ${more} more: subdeck journal show ID says it for each.`] : []),
    ...[...Map.groupBy(reasons, (why) => why)].map(
      ([why, { length }]) => `${length === 1 ? 'One row' : `${length} rows`} cannot be taken back: ${why}`,
    ),
  ];
}

const fields = ['row', 'ref', 'verb', 'outcome', 'sentence', 'reason', 'journalId'] as const;

function outcomes(run: RunEnd, isWaiting: boolean): ListReply {
  const { ends } = run;
  const faults = [...ends.flatMap(faultOf), ...endOf(run)];
  return {
    kind: 'list',
    columns: fields.map((id) => ({ id, title: id, align: id === 'row' ? 'right' : 'left' })),
    rows: ends.map((end) => {
      const { row, sentence, outcome, reason, journalId, earlier, wayBack } = end;
      const { ref, verb, before, after } = row;
      const back = isTakenBack(end) && wayBack?.kind === 'offered' ? { wayBack: wayBack.words } : {};
      return {
        json: { row: row.row, ref, verb, outcome, sentence, reason, journalId, before, after, earlier, ...back },
        cells: [String(row.row), ref, verb, outcome, sentence, reason, journalId],
      };
    }),
    empty: 'The plan is empty.',
    exit: exitOf(run, isWaiting),
    faults,
  };
}

/** `isWaiting`: rows that are still accepted then ran into the time limit. */
function exitOf({ ends, stopped }: RunEnd, isWaiting: boolean): ListReply['exit'] {
  const has = (...wanted: readonly string[]) => ends.some(({ outcome }) => wanted.includes(outcome));
  if (stopped === 'interrupted') return 'interrupted';
  // An unknown write outweighs all other outcomes: nothing may be repeated before it is settled.
  if (has('unknown')) return 'unknown';
  if (!has('refused', 'failed', 'changed', 'not-reached')) return isWaiting && has('accepted') ? 'pending' : 'ok';
  const first = ends.find(({ fault: why }) => why !== null)?.fault;
  return has('done', 'accepted', 'holds', 'changed') || !first ? 'partial' : first.kind;
}

/** One line for each row of this run that did not reach the requested state. */
function faultOf({ row, fault: why, outcome }: RowEnd): readonly Fault[] {
  if (why === null) return [];
  const what = outcome === 'changed' ? 'skipped' : outcome;
  return [{ ...why, message: `Row ${row.row}, ${row.ref}, ${what}: ${why.message}` }];
}

function endOf({ ends, stopped }: RunEnd): readonly Fault[] {
  const left = ends.filter(({ outcome }) => outcome === 'not-reached').length;
  if (stopped === null || (left === 0 && stopped !== 'interrupted')) return [];
  const why = {
    failures: 'There were too many failures',
    interrupted: 'The run was interrupted',
    journal: 'The journal accepts no more entries',
  }[stopped];
  const next = 'Run the plan again to continue: rows that were sent are not sent again.';
  const kind = stopped === 'interrupted' ? 'interrupted' : 'partial';
  return [fault(kind, `${why}: ${left} rows were not processed.`, next).fault];
}
