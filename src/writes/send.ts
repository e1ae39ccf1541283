import type { Answer, Draft, Notes } from '../api/contract.ts';
import type { JournalWriter, StepRecord } from '../journal/journal.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import type { SendPermit } from '../model/send-permit.ts';
import type { StepProgress } from './contract.ts';

/** The progress of a draft: the answer to the last attempted step, and the facts of the finished ones. */
export interface Sent {
  readonly answer: Answer;
  readonly index: number;
  readonly notes: Notes;
  /** Why an answer is known but not recorded. */
  readonly unkept: Fault | null;
}

/** Sends the steps in order, each once: recorded on disk before it is sent and after it is answered. */
export async function sendSteps(
  journal: JournalWriter,
  id: string,
  draft: Draft,
  onStep: (step: StepProgress) => void,
): Promise<Sent> {
  const count = draft.steps.length;
  let notes: Notes = {};
  let answer: Answer = unsent(fault('broken', 'The draft has no steps.', 'Report this.').fault);
  for (const [index, step] of draft.steps.entries()) {
    const { name, method, path, body } = step;
    const tell = (state: StepProgress['state']): void => onStep({ name, index, count, state });
    let permit: SendPermit;
    try {
      await step.prepare?.();
      permit = await journal.sending(id, { index, name, method, path, ...(body === undefined ? {} : { body }) });
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      tell('unsent');
      return { answer: unsent(error.fault), index, notes, unkept: null };
    }
    tell('sending');
    answer = await step.send(notes, permit).catch(brokenAnswer);
    const unkept = await keep(journal, id, index, answer);
    tell(answer.outcome === 'accepted' ? 'done' : answer.outcome);
    notes = { ...notes, ...notesOf(answer) };
    const more = index < count - 1;
    if (unkept !== null || !more || answer.outcome !== 'done') return { answer, index, notes, unkept };
  }
  return { answer, index: count - 1, notes, unkept: null };
}

async function keep(journal: JournalWriter, id: string, index: number, answer: Answer): Promise<Fault | null> {
  try {
    await journal.answered(id, { index, answer: recordOf(answer) });
    return null;
  } catch (error) {
    if (error instanceof FaultError) return error.fault;
    throw error;
  }
}

function recordOf(answer: Answer): StepRecord {
  const { outcome } = answer;
  if (outcome === 'done' || outcome === 'accepted') {
    const request = outcome === 'accepted' ? answer : { vendorRequestId: null, vendorState: null };
    return {
      outcome,
      status: answer.status,
      correlationId: answer.correlationId,
      notes: answer.notes,
      vendorRequestId: request.vendorRequestId,
      vendorState: request.vendorState,
      reason: null,
    };
  }
  const { vendor, message } = answer.fault;
  return {
    outcome,
    status: vendor?.status ?? null,
    correlationId: vendor?.correlationId ?? null,
    notes: {},
    vendorRequestId: null,
    vendorState: null,
    reason: message,
  };
}

function notesOf(answer: Answer): Notes {
  return answer.outcome === 'done' || answer.outcome === 'accepted' ? answer.notes : {};
}

function unsent(wrong: Fault): Answer {
  return { outcome: 'unsent', fault: { ...wrong, sent: false } };
}

/** Steps never throw; if one does, it failed at an unknown point, so its write may have happened. */
function brokenAnswer(error: unknown): Answer {
  const name = error instanceof Error ? error.name : 'a value';
  const message = `Subdeck failed while sending (${name}); the write may or may not have been applied.`;
  return { outcome: 'unknown', fault: fault('unknown', message, 'Report this.', { sent: true }).fault };
}
