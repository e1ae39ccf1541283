import type { Answer, Vendor } from '../api/contract.ts';
import type { StoredWrite } from '../journal/journal.ts';
import { type Fault, fault } from '../model/fault.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { formatReference } from '../model/reference.ts';
import { shellWord } from '../model/shell-word.ts';
import type { JsonObject } from '../model/text.ts';
import type { ProofResult } from '../operations/proof-result.ts';
import type { Plan, WriteResult } from './contract.ts';
import type { WriteDeps } from './deps.ts';
import { createdId, evidence } from './evidence.ts';
import { expectedFault } from './expected-fault.ts';
import { contradiction, finish } from './finish.ts';
import type { Sent } from './send.ts';

/** Milliseconds until the first poll of an accepted request, or of a write whose answer was lost. */
const firstLook = 1500;

/**
 * Records a sent write's outcome in the journal, from its answer and the vendor's rows. Throws `FaultError` if the
 * journal cannot be written.
 */
export async function conclude(
  deps: WriteDeps,
  vendor: Vendor,
  plan: Plan,
  id: string,
  sent: Sent,
): Promise<WriteResult> {
  const { journal } = deps;
  const { answer } = sent;
  const last = sent.index === plan.draft.steps.length - 1;

  if (answer.outcome === 'done') return concludeDone(deps, vendor, plan, id, vendorOf(answer));

  if (answer.outcome === 'accepted' && last) {
    const { vendorRequestId, vendorState } = answer;
    const [from, to] = [numberIn(plan.before), numberIn(plan.after)];
    const request = { vendorRequestId, vendorState, from, to, nextCheckIn: firstLook };
    const accepted = await journal.accepted(id, { ...request, vendor: vendorOf(answer) });
    return { outcome: 'accepted', journalId: id, request: accepted, fault: null };
  }

  if (answer.outcome === 'accepted') {
    const reason = `${stepWords(plan, sent.index)} was accepted but is not finished; the steps after it were not sent.`;
    await journal.close(id, { state: 'needs-person', reason, vendor: vendorOf(answer), basis: 'answer' });
    return { outcome: 'unknown', journalId: id, request: null, fault: doubt(plan, id, reason) };
  }

  if (answer.outcome === 'unknown') return concludeUnknown(deps, vendor, plan, id, sent, answer);

  const { message, vendor: said } = answer.fault;
  const left = leftBehind(plan, sent);
  const why =
    answer.outcome === 'unsent' ? `${sent.index === 0 ? 'Nothing was sent' : 'Not sent'}: ${message}` : message;
  await journal.close(id, { state: 'refused', reason: `${why}${left}`, vendor: recordOf(said), basis: 'answer' });
  const shown: Fault = left === '' ? answer.fault : { ...answer.fault, message: `${message}${left}`, sent: true };
  return { outcome: answer.outcome, journalId: id, request: null, fault: shown };
}

/** The outcome is unknown. The vendor is read at once only if an answer came whose body reports a failure. */
async function concludeUnknown(
  deps: WriteDeps,
  vendor: Vendor,
  plan: Plan,
  id: string,
  sent: Sent,
  answer: Extract<Answer, { readonly outcome: 'unknown' }>,
): Promise<WriteResult> {
  const { journal } = deps;
  const isLast = sent.index === plan.draft.steps.length - 1;
  const seen = answer.reportsFailure === true && isLast ? await lookOrNull(deps, vendor, id) : null;
  const message = seen === null ? answer.fault.message : `${answer.fault.message} ${seen.because}`;
  const said = recordOf(answer.fault.vendor);
  if (seen?.shows === 'applied') {
    await journal.close(id, { state: 'done', reason: message, vendor: said, basis: 'evidence' });
    return { outcome: 'done', journalId: id, request: null, fault: null, left: message };
  }
  const reason = `${message}${leftBehind(plan, sent)}`;
  await journal.close(id, { state: 'unknown', reason, vendor: said, basis: 'answer', nextCheckIn: firstLook });
  const wrong = { ...answer.fault, message, next: lookAgain(id) };
  return { outcome: 'unknown', journalId: id, request: null, fault: wrong };
}

/** The vendor reports it done: it is done once the vendor shows the change. */
async function concludeDone(
  deps: WriteDeps,
  vendor: Vendor,
  plan: Plan,
  id: string,
  answered: JournalEntry['vendor'],
): Promise<WriteResult> {
  const { journal } = deps;
  const { record, steps } = await storedWrite(deps, id);
  const end = await finish(deps, vendor, record, steps);
  const made = plan.target === null ? createdId(steps) : null;
  const created = made === null ? {} : { createdRef: formatReference({ connection: plan.connection, id: made }) };
  const result = { journalId: id, request: null, fault: null, ...created };
  if (end.kind === 'shown') {
    await journal.close(id, { state: 'done', reason: end.left, vendor: answered, basis: 'answer' });
    return { ...result, outcome: 'done', ...(end.left === null ? {} : { left: end.left }) };
  }
  if (end.kind === 'lags') {
    const sides = { from: numberIn(plan.before), to: numberIn(plan.after) };
    const said = { vendorRequestId: null, vendorState: end.now, vendor: answered, answeredDone: true } as const;
    const accepted = await journal.accepted(id, { ...said, ...sides, nextCheckIn: firstLook });
    return { ...result, outcome: 'accepted', request: accepted };
  }
  const reason = contradiction(end.because);
  await journal.close(id, { state: 'unknown', reason, vendor: answered, basis: 'evidence', nextCheckIn: firstLook });
  const wrong = fault('unknown', reason, lookAgain(id), { connection: plan.connection, sent: true }).fault;
  return { ...result, outcome: 'unknown', fault: wrong };
}

/** What the vendor shows right after an answer whose body reports a failure; null if it cannot be read. */
async function lookOrNull(deps: WriteDeps, vendor: Vendor, id: string): Promise<ProofResult | null> {
  const { record, steps } = await storedWrite(deps, id);
  try {
    return await evidence(deps, vendor, record, steps);
  } catch (error) {
    expectedFault(error);
    return null;
  }
}

async function storedWrite({ journal }: WriteDeps, id: string): Promise<StoredWrite> {
  const stored = await journal.stored(id);
  if (stored === null || stored.record === null)
    throw fault('broken', `Journal entry ${id} cannot be read.`, 'Report this.');
  return { record: stored.record, steps: stored.steps };
}

function lookAgain(id: string): string {
  return `Do not repeat it. subdeck journal settle ${shellWord(id)} asks the vendor for the outcome.`;
}

function doubt(plan: Plan, id: string, reason: string): Fault {
  const next = `subdeck journal settle ${shellWord(id)} --as applied or not-applied, once you know the outcome.`;
  return fault('unknown', reason, next, { connection: plan.connection, sent: true }).fault;
}

function stepWords(plan: Plan, index: number): string {
  return `Step ${index + 1} of ${plan.draft.steps.length} (${plan.draft.steps[index]?.name ?? ''})`;
}

/** What the steps before the failed one left at the vendor. */
function leftBehind(plan: Plan, { index, notes }: Sent): string {
  if (index === 0) return '';
  const done = plan.draft.steps.slice(0, index).map(({ name }) => name);
  const facts = Object.entries(notes).map(([name, value]) => `${name} ${value}`);
  const known = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  const rest = plan.draft.leftover === undefined ? '' : ` ${plan.draft.leftover}`;
  return ` It stopped at ${stepWords(plan, index)}; already done and still in place: ${done.join(', ')}${known}.${rest}`;
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
