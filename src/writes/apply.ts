import type { Answer, Vendor } from '../api/contract.ts';
import type { Intent, JournalWriter, PlanPart } from '../journal/journal.ts';
import { type Fault, fault } from '../model/fault.ts';
import { elapsed } from '../model/instant.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { formatReference } from '../model/reference.ts';
import { shellWord } from '../model/shell-word.ts';
import type { RecordedWayBack } from '../model/way-back.ts';
import { changedSince } from './changed-since.ts';
import { conclude } from './conclude.ts';
import { otherAccountFault } from './connections.ts';
import type { Plan, WriteResult, Writes } from './contract.ts';
import { deniedByMode } from './denied.ts';
import type { WriteDeps } from './deps.ts';
import { expectedFault } from './expected-fault.ts';
import { openFault, whereOf, whoseOf } from './plan.ts';
import { readForPlan } from './read-fresh.ts';
import { reasonFault } from './request-text.ts';
import { type Sent, sendSteps } from './send.ts';
import { offeredWayBack, wayBackOf } from './way-back.ts';

/** A plan older than this, in milliseconds, is compared with the vendor's row again before anything is sent. */
const planStaysTrue = 2000;

type Options = Parameters<Writes['apply']>[1];

export async function apply(deps: WriteDeps, plan: Plan, { reason, onStep, part }: Options): Promise<WriteResult> {
  const { journal, mode } = deps;
  const denied = reasonFault(reason) ?? deniedByMode(mode) ?? deps.arming?.denied(plan.connection) ?? journal.health();
  if (denied !== null) return unsent(null, denied);
  let vendor: Vendor;
  let intended: Awaited<ReturnType<JournalWriter['intend']>>;
  let wayBack: RecordedWayBack;
  try {
    refuseOther(plan);
    vendor = await deps.vendorOf(plan.connection);
    if (vendor.account !== plan.account) throw otherAccountFault(plan.account, vendor.account, plan.connection);
    // Before anything is sent: whatever the outcome, earlier answers must not pass as current.
    if (plan.target !== null) deps.cache.outdateAnswers(plan.connection, plan.target.id);
    await refuseStale(deps, vendor, plan);
    wayBack = wayBackOf(plan, vendor);
    intended = await journal.intend({ ...intentOf(deps, vendor, plan, reason, part), wayBack });
  } catch (error) {
    return unsent(null, expectedFault(error));
  }

  if (intended.kind === 'overtaken') return unsent(null, overtakenFault(intended.entry, plan.connection, deps.by));
  if (intended.kind === 'repeated') return unsent(null, repeatedFault(intended.entry, plan.connection, deps.by));
  if (intended.kind === 'open') return unsent(null, openFault(intended.entry, plan.connection, deps.by).fault);
  if (intended.kind === 'refused') return unsent(null, intended.fault);
  const { id } = intended;

  const sent = await sendSteps(journal, id, plan.draft, onStep ?? (() => undefined));
  if (sent.unkept !== null) return unkept(id, sent, sent.unkept);
  let result: WriteResult;
  try {
    result = await conclude(deps, vendor, plan, id, sent);
  } catch (error) {
    return unended(id, sent, expectedFault(error));
  }
  const isApplied = result.outcome === 'done' || result.outcome === 'accepted';
  return isApplied ? { ...result, wayBack: offeredWayBack(plan.ref, wayBack) } : result;
}

function intentOf(
  { by }: WriteDeps,
  { account, view }: Vendor,
  plan: Plan,
  reason: string | null,
  part: PlanPart | undefined,
): Intent {
  const { ref, verb, sentence, before, after, target, draft, plannedAfter, keyDigest, historyBefore } = plan;
  return {
    ...{ account, view, ref, verb, sentence, before, after, by, reason, target },
    steps: draft.steps.length,
    atOnce: draft.atOnce === true,
    ...(part === undefined ? {} : { part }),
    ...(plannedAfter === undefined ? {} : { plannedAfter }),
    ...(keyDigest === undefined ? {} : { keyDigest }),
    ...(historyBefore === undefined ? {} : { historyBefore }),
    ...(draft.leftover === undefined ? {} : { leftover: draft.leftover }),
  };
}

/** The last check: journal, lock and receipt use `ref`, so the draft must be of that subscription. Throws. */
function refuseOther({ ref, target, connection }: Plan): void {
  if (target === null || (target.ref === ref && ref === formatReference({ connection, id: target.id }))) return;
  const message = `This plan is for ${ref}, but its draft is for ${target.ref}. Nothing was sent.`;
  throw fault('broken', message, 'Report this, and make a new plan.', { connection });
}

async function refuseStale(deps: WriteDeps, vendor: Vendor, { target, readAt, ref, connection }: Plan): Promise<void> {
  if (target === null) return;
  const age = elapsed(readAt ?? null, deps.clock.instant());
  if (age !== null && age <= planStaysTrue) return;
  const reading = await readForPlan(deps, vendor, target.id, target);
  const changes = reading === null ? ['it is gone'] : changedSince(target, reading.subscription);
  if (changes.length === 0) return;
  const message = `${ref} changed while its plan was on screen: ${changes.join(', ')}. Nothing was sent.`;
  throw fault('refused', message, 'Review the new plan and confirm that one.', { connection });
}

function overtakenFault(entry: JournalEntry, connection: string, me: string): Fault {
  const { id, sentence } = entry;
  const message = `Another write was sent ${whereOf(entry, connection)} after this plan was made: ${sentence} (journal ${id}${whoseOf(entry, me, 'at')}). Nothing was sent.`;
  return fault('refused', message, 'Review the new plan and confirm that one.', { connection }).fault;
}

function repeatedFault(entry: JournalEntry, connection: string, me: string): Fault {
  const how = entry.state === 'intent' ? 'is already being sent' : 'has already been sent';
  const message = `This row of the plan ${how} (journal ${entry.id}${whoseOf(entry, me, 'at')}). It is not sent again.`;
  return fault('refused', message, `subdeck journal show ${shellWord(entry.id)} shows it.`, { connection }).fault;
}

function unsent(journalId: string | null, why: Fault): WriteResult {
  return { outcome: 'unsent', journalId, request: null, fault: why };
}

/** Not even the answer could be recorded: the entry will be unknown at the next start. */
function unkept(id: string, { answer }: Sent, why: Fault): WriteResult {
  const next = `Note the outcome. ${why.next} Then settle it: subdeck journal settle ${shellWord(id)}.`;
  return unrecorded(id, answer, { ...why, next });
}

/** The answer is recorded, or that nothing was sent follows from what is; only the end of the entry is not. Recovery makes up for it. */
function unended(id: string, { answer }: Sent, why: Fault): WriteResult {
  const next = `${why.next} The journal makes up for it by itself: subdeck journal show ${shellWord(id)}.`;
  return unrecorded(id, answer, { ...why, next });
}

function unrecorded(id: string, answer: Answer, why: Fault): WriteResult {
  const isUnsent = answer.outcome === 'unsent';
  const said = isUnsent ? 'it was not sent' : `the outcome was: ${answer.outcome}`;
  const message = `The journal could not record the outcome of ${id} (${said}). ${why.message}`;
  // The vendor's answer is not its data: nothing was compared.
  const outcome = answer.outcome === 'done' || answer.outcome === 'accepted' ? 'unknown' : answer.outcome;
  const kind = outcome === 'unknown' ? 'unknown' : why.kind;
  return { outcome, journalId: id, request: null, fault: { ...why, kind, message, sent: !isUnsent } };
}
