import type { Journal, TriedPart } from '../../journal/journal.ts';
import type { Clock } from '../../model/clock.ts';
import { type Fault, fault } from '../../model/fault.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { JsonObject } from '../../model/text.ts';
import { connectionOf } from '../../operations/requests.ts';
import { changedSince } from '../changed-since.ts';
import { type KnownConnections, otherAccountFault } from '../connections.ts';
import type { OfferedWayBack, Plan, WriteResult, Writes } from '../contract.ts';
import { withUnsaid } from '../unsaid.ts';
import { refuseOtherAccount } from './plan-accounts.ts';
import type { BulkPlan, BulkRow } from './plan-file.ts';

/**
 * What became of a row. `holds`: it is so already. `changed`: the target is not what was reviewed, so it was skipped.
 * `failed`: it could not be planned or did not leave. `ready`: it would be sent (dry run). `not-reached`: the run ended before it.
 */
export type RowOutcome =
  | 'done'
  | 'accepted'
  | 'refused'
  | 'unknown'
  | 'holds'
  | 'changed'
  | 'failed'
  | 'ready'
  | 'not-reached';

export interface RowEnd {
  readonly row: BulkRow;
  /** What the vendor or the journal says of it; the file's own where neither did. */
  readonly sentence: string;
  readonly outcome: RowOutcome;
  /** Why, where there is something to say. */
  readonly reason: string | null;
  readonly journalId: string | null;
  readonly fault: Fault | null;
  /** Of a row that this run sent. */
  readonly wayBack?: OfferedWayBack;
  /** An earlier run of this plan did it; the journal says so, and nothing was sent by this one. */
  readonly earlier: boolean;
}

/** Rows that this run changed. The plan of what takes them back leaves out those that the vendor has not finished. */
export function isTakenBack({ outcome, earlier }: RowEnd): boolean {
  return (outcome === 'done' || outcome === 'accepted') && !earlier;
}

export interface RunOptions {
  readonly reason: string | null;
  /** Checks every row as a run would, and sends nothing. */
  readonly dryRun: boolean;
  /** Failures (refused, unknown, failed) of this run after which it ends. */
  readonly stopAfter: number;
  /** Aborted: the write in flight is finished, no other begins. */
  readonly signal: AbortSignal;
  /** Holds off an interrupt while a row is worked on. */
  readonly holding: <Result>(work: () => Promise<Result>) => Promise<Result>;
  readonly onRow?: (end: RowEnd, ends: readonly RowEnd[]) => void;
}

export interface RunEnd {
  readonly ends: readonly RowEnd[];
  readonly stopped: 'failures' | 'interrupted' | 'journal' | null;
}

export interface BulkRunDeps {
  readonly writes: Pick<Writes, 'plan' | 'apply' | 'recover'>;
  readonly journal: Pick<Journal, 'partsOf' | 'entry'>;
  readonly clock: Clock;
  readonly connections: KnownConnections;
}

/**
 * Runs a plan row by row. Each target is read fresh first and must still be what was reviewed; a row that may have reached
 * the vendor in an earlier run is told, not repeated. Throws a `refused` fault, and sends nothing, where the plan was made on
 * another account or would change one subscription through two connections; else never for an expected failure.
 */
export async function runBulkPlan(deps: BulkRunDeps, plan: BulkPlan, options: RunOptions): Promise<RunEnd> {
  refuseOtherAccount(plan, deps.connections);
  await deps.writes.recover();
  const tried = await deps.journal.partsOf(plan.id);
  const ends: RowEnd[] = [];
  let failures = 0;
  let stopped: RunEnd['stopped'] = null;
  for (const row of plan.rows) {
    const before = tried.get(row.row);
    const end = before?.left ? earlierEnd(row, before) : stopped !== null ? unreached(row) : await work(row);
    ends.push(end);
    if (end.earlier || end.outcome === 'not-reached') continue;
    if (['refused', 'unknown', 'failed'].includes(end.outcome)) failures += 1;
    options.onRow?.(end, ends);
    if (end.fault?.kind === 'broken') stopped = 'journal';
    else if (failures >= options.stopAfter) stopped = 'failures';
  }
  return { ends, stopped };

  async function work(row: BulkRow): Promise<RowEnd> {
    const interrupted = (): RowEnd => {
      stopped = 'interrupted';
      return unreached(row);
    };
    if (options.signal.aborted) return interrupted();
    const checked = await options.holding(() => check(deps, row));
    if (!('plan' in checked)) return checked;
    if (options.dryRun) return ended(row, 'ready', null);
    if (options.signal.aborted) return interrupted();
    const part = { plan: plan.id, row: row.row };
    const result = await options.holding(() => deps.writes.apply(checked.plan, { reason: options.reason, part }));
    return sentEnd(row, checked.plan, result);
  }
}

/** The row's plan as of now where it is still what was reviewed; else how the row ends. */
async function check({ writes }: BulkRunDeps, row: BulkRow): Promise<RowEnd | { readonly plan: Plan }> {
  // The file is only compared: where a target is and what it is called is never taken from it.
  const planned = await writes.plan(row.writeRequest, null);
  if (planned.kind === 'nothing') return ended(row, 'holds', planned.sentence);
  if (planned.kind === 'fault') return ended(row, 'failed', planned.fault.message, planned.fault);
  const { plan } = planned;
  if (row.account !== undefined && row.account !== plan.account) {
    const { fault: why } = otherAccountFault(row.account, plan.account, plan.connection);
    return ended(row, 'failed', why.message, why);
  }
  const changed = row.target === null ? unreviewed(plan) : changedSince(row.target, asReviewed(row.target, plan));
  const differences = changed.length > 0 ? changed : otherwise(row, plan);
  if (differences.length === 0) return { plan };
  const why = `It changed since it was planned: ${differences.join(', ')}.`;
  const next = 'Check it, then make a new plan.';
  return ended(row, 'changed', why, fault('refused', why, next, { connection: connectionOf(row.writeRequest) }).fault);
}

/** Only what is created has no target to review. */
function unreviewed({ target, ref }: Plan): readonly string[] {
  return target === null ? [] : [`the plan does not contain the state of ${ref}`];
}

/** The target of now. The connection's own company is called by its title where no call names it: that is no change. */
function asReviewed(reviewed: Subscription, { target, unsaid }: Plan): Subscription {
  const titled = unsaid.filter(({ calledBy }) => calledBy === 'title');
  return target === null ? reviewed : withUnsaid(target, reviewed, titled);
}

/** What the vendor would do otherwise than the file says, also where somebody edited the file. */
function otherwise(row: BulkRow, plan: Plan): readonly string[] {
  if (row.verb !== plan.verb || row.ref !== plan.ref) return [`it would now be ${plan.verb} ${plan.ref}`];
  const other = [...new Set([...otherFields(row.before, plan.before), ...otherFields(row.after, plan.after)])];
  if (other.length > 0)
    return other.map((name) => `${name} would now be ${shown(plan.before[name])} → ${shown(plan.after[name])}`);
  return row.irreversible === plan.irreversible && row.sentence === plan.sentence ? [] : [plan.sentence];
}

/** Fields that are not the same on both sides. */
function otherFields(one: JsonObject, other: JsonObject): readonly string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function sentEnd(
  row: BulkRow,
  { sentence }: Plan,
  { outcome, journalId, fault: why, left, wayBack }: WriteResult,
): RowEnd {
  const end = { row, sentence, reason: why?.message ?? left ?? null, journalId, fault: why, earlier: false };
  return { ...end, ...(wayBack === undefined ? {} : { wayBack }), outcome: outcome === 'unsent' ? 'failed' : outcome };
}

/** How an earlier run's row stands in the journal. A row that the file has changed since is told as what was sent then. */
export function earlierEnd(row: BulkRow, { entry }: TriedPart): RowEnd {
  if (entry.ref !== row.ref || entry.verb !== row.verb || otherFields(row.after, entry.after).length > 0) {
    const why = `Row ${row.row} of this plan has already been sent with another change: ${entry.sentence} ${entry.ref} (journal ${entry.id}).`;
    const next = 'The file was edited since. Make a new plan for the edited row.';
    return ended(
      row,
      'changed',
      why,
      fault('refused', why, next, { connection: connectionOf(row.writeRequest) }).fault,
    );
  }
  const outcome = outcomeOf(entry);
  // An entry without an end of its own gives the purpose as its reason, which says nothing of how it went.
  const told = { done: 'Done by an earlier run.', accepted: 'Accepted in an earlier run.' } as const;
  const reason = outcome === 'done' || outcome === 'accepted' ? told[outcome] : entry.reason;
  return { row, sentence: entry.sentence, outcome, reason, journalId: entry.id, fault: null, earlier: true };
}

/** How far a row has come whose write the journal has. */
export function outcomeOf({ state }: JournalEntry): RowOutcome {
  switch (state) {
    case 'done':
    case 'settled-applied':
      return 'done';
    case 'intent':
    case 'sent':
      return 'accepted';
    case 'refused':
    case 'settled-not-applied':
      return 'refused';
    case 'unknown':
    case 'needs-person':
      return 'unknown';
  }
}

function ended(row: BulkRow, outcome: RowOutcome, reason: string | null, why: Fault | null = null): RowEnd {
  return { row, sentence: row.sentence, outcome, reason, journalId: null, fault: why, earlier: false };
}

function unreached(row: BulkRow): RowEnd {
  return ended(row, 'not-reached', null);
}
