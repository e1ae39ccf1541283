import type { Answer, Vendor } from '../api/vendor.ts';
import type { JournalRecord, JournalStep } from '../journal/journal.ts';
import { type Fault, fault } from '../model/fault.ts';
import { elapsed } from '../model/instant.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { formatReference } from '../model/reference.ts';
import type { JsonObject } from '../model/text.ts';
import { changedSince } from './changed-since.ts';
import { otherAccountFault } from './connections.ts';
import { deniedByMode } from './denied.ts';
import { createdId, evidence } from './evidence.ts';
import { expected } from './expected.ts';
import { contradiction, finish } from './finish.ts';
import { readForPlan } from './fresh.ts';
import type { Parts } from './parts.ts';
import { openFault, whereOf } from './plan.ts';
import type { Evidence } from './proof.ts';
import { type Sent, sendSteps } from './send.ts';
import type { Plan, Wishes, WriteResult } from './wish.ts';
import { reasonFault } from './wish-text.ts';

/** A plan older than this, in milliseconds, is compared with the vendor's row once more before anything is sent. */
const planStaysTrue = 2000;

/** The first look at an accepted request, and at a write whose answer was lost, in milliseconds after it. */
const firstLook = 1500;

type Options = Parameters<Wishes['apply']>[1];

export async function apply(parts: Parts, plan: Plan, { reason, onStep, part }: Options): Promise<WriteResult> {
  const { journal, mode } = parts;
  const denied = reasonFault(reason) ?? deniedByMode(mode) ?? parts.arming?.denied(plan.connection) ?? journal.health();
  if (denied !== null) return unsent(null, denied);
  let vendor: Vendor;
  try {
    refuseOther(plan);
    vendor = await parts.vendorOf(plan.connection);
    if (vendor.account !== plan.account) throw otherAccountFault(plan.account, vendor.account, plan.connection);
    await refuseStale(parts, vendor, plan);
  } catch (error) {
    return unsent(null, expected(error));
  }

  const { ref, verb, sentence, before, after, target, draft } = plan;
  const atOnce = draft.atOnce === true;
  const steps = draft.steps.length;
  const intended = journal.intend({
    ...{ account: vendor.account, view: vendor.view },
    ...{ ref, verb, sentence, before, after, by: parts.by, reason, target, steps, atOnce },
    ...(part === undefined ? {} : { part }),
    ...(plan.plannedAfter === undefined ? {} : { plannedAfter: plan.plannedAfter }),
    ...(plan.keyDigest === undefined ? {} : { keyDigest: plan.keyDigest }),
    ...(plan.historyBefore === undefined ? {} : { historyBefore: plan.historyBefore }),
    ...(draft.leftover === undefined ? {} : { leftover: draft.leftover }),
  });
  if (intended.kind === 'overtaken') return unsent(null, overtakenFault(intended.entry, plan.connection));
  if (intended.kind === 'repeated') return unsent(null, repeatedFault(intended.entry, plan.connection));
  if (intended.kind === 'open') return unsent(null, openFault(intended.entry, plan.connection).fault);
  if (intended.kind === 'refused') return unsent(null, intended.fault);
  const { id } = intended;

  const sent = await sendSteps(journal, id, draft, onStep ?? (() => undefined));
  try {
    return await conclude(parts, vendor, plan, id, sent);
  } catch (error) {
    return unkept(id, sent, expected(error));
  }
}

/** The last wall: the journal, its lock and its receipt name `ref`, so the draft must be of that subscription. Throws. */
function refuseOther({ ref, target, connection }: Plan): void {
  if (target === null || (target.ref === ref && ref === formatReference({ connection, id: target.id }))) return;
  const message = `This plan names ${ref}, and its draft is of ${target.ref}. Nothing was sent.`;
  throw fault('broken', message, 'Report this, and make a new plan.', { connection });
}

async function refuseStale(parts: Parts, vendor: Vendor, { target, readAt, ref, connection }: Plan): Promise<void> {
  if (target === null) return;
  const age = elapsed(readAt ?? null, parts.clock.instant());
  if (age !== null && age <= planStaysTrue) return;
  const reading = await readForPlan(parts, vendor, target.id, target);
  const changes = reading === null ? ['it is gone'] : changedSince(target, reading.subscription);
  if (changes.length === 0) return;
  const message = `${ref} changed while its plan was on screen: ${changes.join(', ')}. Nothing was sent.`;
  throw fault('refused', message, 'Look at the new plan and say yes to that.', { connection });
}

async function conclude(parts: Parts, vendor: Vendor, plan: Plan, id: string, sent: Sent): Promise<WriteResult> {
  const { journal } = parts;
  const { answer } = sent;
  if (sent.unkept !== null) return unkept(id, sent, sent.unkept);
  const last = sent.index === plan.draft.steps.length - 1;

  if (answer.outcome === 'done') return concludeDone(parts, vendor, plan, id, vendorOf(answer));

  if (answer.outcome === 'accepted' && last) {
    const { vendorRequestId, vendorState } = answer;
    const [from, to] = [numberIn(plan.before), numberIn(plan.after)];
    const request = { vendorRequestId, vendorState, from, to, nextCheckIn: firstLook };
    journal.accepted(id, { ...request, vendor: vendorOf(answer) });
    return { outcome: 'accepted', journalId: id, request: journal.request(id), fault: null };
  }

  if (answer.outcome === 'accepted') {
    const reason = `${stepWords(plan, sent.index)} was accepted but is not finished; the steps behind it were not sent.`;
    journal.close(id, { state: 'needs-person', reason, vendor: vendorOf(answer), basis: 'answer' });
    return { outcome: 'unknown', journalId: id, request: null, fault: doubt(plan, id, reason) };
  }

  if (answer.outcome === 'unknown') return concludeUnknown(parts, vendor, plan, id, sent, answer);

  const { message, vendor: said } = answer.fault;
  const left = leftBehind(plan, sent);
  const why =
    answer.outcome === 'unsent' ? `${sent.index === 0 ? 'Nothing was sent' : 'Not sent'}: ${message}` : message;
  journal.close(id, { state: 'refused', reason: `${why}${left}`, vendor: recordOf(said), basis: 'answer' });
  const shown: Fault = left === '' ? answer.fault : { ...answer.fault, message: `${message}${left}`, sent: true };
  return { outcome: answer.outcome, journalId: id, request: null, fault: shown };
}

/** Nobody knows what became of it. Only where an answer came, and its body reports a failure, the vendor is asked at once. */
async function concludeUnknown(
  parts: Parts,
  vendor: Vendor,
  plan: Plan,
  id: string,
  sent: Sent,
  answer: Extract<Answer, { readonly outcome: 'unknown' }>,
): Promise<WriteResult> {
  const { journal } = parts;
  const isLast = sent.index === plan.draft.steps.length - 1;
  const seen = answer.reportsFailure === true && isLast ? await lookOrNull(parts, vendor, id) : null;
  const message = seen === null ? answer.fault.message : `${answer.fault.message} ${seen.because}`;
  const said = recordOf(answer.fault.vendor);
  if (seen?.shows === 'applied') {
    journal.close(id, { state: 'done', reason: message, vendor: said, basis: 'evidence' });
    return { outcome: 'done', journalId: id, request: null, fault: null, left: message };
  }
  journal.close(id, { state: 'unknown', reason: `${message}${leftBehind(plan, sent)}`, vendor: said, basis: 'answer' });
  journal.schedule(id, firstLook, 0);
  const wrong = { ...answer.fault, message, next: lookAgain(id) };
  return { outcome: 'unknown', journalId: id, request: null, fault: wrong };
}

/** The vendor says that it is done: done it is once the vendor shows it. */
async function concludeDone(
  parts: Parts,
  vendor: Vendor,
  plan: Plan,
  id: string,
  answered: JournalEntry['vendor'],
): Promise<WriteResult> {
  const { journal } = parts;
  const [record, steps] = writtenOf(parts, id);
  const end = await finish(parts, vendor, record, steps);
  const made = plan.verb === 'create' ? createdId(steps) : null;
  const created = made === null ? {} : { createdRef: formatReference({ connection: plan.connection, id: made }) };
  const result = { journalId: id, request: null, fault: null, ...created };
  if (end.kind === 'shown') {
    journal.close(id, { state: 'done', reason: end.left, vendor: answered, basis: 'answer' });
    return { ...result, outcome: 'done', ...(end.left === null ? {} : { left: end.left }) };
  }
  if (end.kind === 'lags') {
    const sides = { from: numberIn(plan.before), to: numberIn(plan.after) };
    const said = { vendorRequestId: null, vendorState: end.now, vendor: answered, answeredDone: true } as const;
    journal.accepted(id, { ...said, ...sides, nextCheckIn: firstLook });
    return { ...result, outcome: 'accepted', request: journal.request(id) };
  }
  const reason = contradiction(end.because);
  journal.close(id, { state: 'unknown', reason, vendor: answered, basis: 'evidence' });
  journal.schedule(id, firstLook, 0);
  const wrong = fault('unknown', reason, lookAgain(id), { connection: plan.connection, sent: true }).fault;
  return { ...result, outcome: 'unknown', fault: wrong };
}

/** What the vendor shows right after an answer whose body reports a failure; null where it cannot be read. */
async function lookOrNull(parts: Parts, vendor: Vendor, id: string): Promise<Evidence | null> {
  const [record, steps] = writtenOf(parts, id);
  try {
    return await evidence(parts, vendor, record, steps);
  } catch (error) {
    expected(error);
    return null;
  }
}

function writtenOf({ journal }: Parts, id: string): readonly [JournalRecord, readonly JournalStep[]] {
  const record = journal.record(id);
  if (record === null) throw fault('broken', `Journal entry ${id} cannot be read.`, 'Report this.');
  return [record, journal.steps(id)];
}

function overtakenFault(entry: JournalEntry, connection: string): Fault {
  const { id, sentence } = entry;
  const message = `Another write was sent ${whereOf(entry, connection)} after this was planned: ${sentence} (journal ${id}). Nothing was sent.`;
  return fault('refused', message, 'Look at the new plan and say yes to that.', { connection }).fault;
}

function repeatedFault(entry: JournalEntry, connection: string): Fault {
  const message = `This row of the plan was sent before (journal ${entry.id}); nothing is sent twice.`;
  return fault('refused', message, `subdeck journal show ${entry.id} shows it.`, { connection }).fault;
}

function unsent(journalId: string | null, why: Fault): WriteResult {
  return { outcome: 'unsent', journalId, request: null, fault: why };
}

/** The answer is known and shown, but the journal could not keep it: what it says on the next start is less. */
function unkept(id: string, { answer }: Sent, why: Fault): WriteResult {
  const said = answer.outcome === 'unsent' ? 'it was not sent' : `the answer was: ${answer.outcome}`;
  const message = `The journal could not keep the end of ${id} (${said}). ${why.message}`;
  const next = `Write it down. ${why.next} Then settle it: subdeck journal settle ${id}.`;
  return { outcome: answer.outcome, journalId: id, request: null, fault: { ...why, message, next, sent: true } };
}

function lookAgain(id: string): string {
  return `Do not repeat it. subdeck journal settle ${id} looks at the vendor what became of it.`;
}

function doubt(plan: Plan, id: string, reason: string): Fault {
  const next = `subdeck journal settle ${id} --as applied or not-applied, once you know.`;
  return fault('unknown', reason, next, { connection: plan.connection, sent: true }).fault;
}

function stepWords(plan: Plan, index: number): string {
  return `Step ${index + 1} of ${plan.draft.steps.length} (${plan.draft.steps[index]?.name ?? ''})`;
}

/** What the steps before the failing one left at the vendor. */
function leftBehind(plan: Plan, { index, notes }: Sent): string {
  if (index === 0) return '';
  const done = plan.draft.steps.slice(0, index).map(({ name }) => name);
  const facts = Object.entries(notes).map(([name, value]) => `${name} ${value}`);
  const known = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  const rest = plan.draft.leftover === undefined ? '' : ` ${plan.draft.leftover}`;
  return ` ${stepWords(plan, index)} is where it ended; done before it and still there: ${done.join(', ')}${known}.${rest}`;
}

function recordOf(said: Fault['vendor']): JournalEntry['vendor'] {
  return said === null ? null : { status: said.status, correlationId: said.correlationId };
}

function vendorOf(answer: Extract<Sent['answer'], { readonly status: number }>): JournalEntry['vendor'] {
  return { status: answer.status, correlationId: answer.correlationId };
}

function numberIn({ quantity }: JsonObject): number | null {
  return typeof quantity === 'number' ? quantity : null;
}
