import type { JournalStep, JournalWriter, StoredWrite } from '../journal/journal.ts';
import { FaultError } from '../model/fault.ts';
import type { JsonObject } from '../model/text.ts';

/**
 * Ends the entries that dead processes left open, from durable records: a step without a `sending` record was not sent, and an entry without any step is refused;
 * a sent one without an answer is unknown; a recorded answer counts. Writes of live processes are left alone.
 */
export async function recover(journal: JournalWriter): Promise<void> {
  for (const { entry, request } of await journal.storedIn(['intent', 'sent'])) {
    if (request !== null) continue;
    try {
      if (!(await journal.takeOver(entry.id))) continue;
      const stored = await journal.stored(entry.id);
      // If another process ends it meanwhile, the following steps change nothing.
      if (stored?.record) await conclude(journal, { record: stored.record, steps: stored.steps });
    } catch (error) {
      // An unwritable journal is reported by its health; the entry stays open and blocks its target, which is safe.
      if (!(error instanceof FaultError)) throw error;
    }
  }
}

async function conclude(journal: JournalWriter, { record, steps }: StoredWrite): Promise<void> {
  const { entry, stepCount, leftover } = record;
  const { id } = entry;
  const last = steps.at(-1);
  if (last === undefined) {
    const reason = 'It was not sent: Subdeck ended, or could not go on recording, before the first step.';
    await journal.close(id, { state: 'refused', reason, vendor: null, basis: 'lease' });
    return;
  }
  const words = `step ${last.index + 1} of ${stepCount} (${last.name})`;
  const vendor = last.answer === null ? null : { status: last.answer.status, correlationId: last.answer.correlationId };
  const watched = async (reason: string): Promise<void> => {
    await journal.close(id, { state: 'unknown', reason, vendor, basis: 'lease', nextCheckIn: 0 });
  };
  if (last.answer === null) {
    await watched(
      `Subdeck stopped after ${words} was sent and before its answer was recorded; it may or may not have been applied.`,
    );
  } else if (last.answer.outcome === 'unknown') {
    await watched(last.answer.reason ?? `There was no readable answer to ${words}.`);
  } else if (last.answer.outcome === 'done' && last.index < stepCount - 1) {
    const reason = `Subdeck stopped after ${words} was done; the steps after it were not sent.${facts(steps)}${leftover === null ? '' : ` ${leftover}`}`;
    await journal.close(id, { state: 'settled-not-applied', reason, vendor, basis: 'lease' });
  } else if ((last.answer.outcome === 'done' || last.answer.outcome === 'accepted') && last.index === stepCount - 1) {
    const { vendorRequestId, vendorState } = last.answer;
    const [from, to] = [numberIn(entry.before), numberIn(entry.after)];
    // A reported "done" counts only once the vendor shows the change.
    const done = last.answer.outcome === 'done' ? ({ answeredDone: true } as const) : {};
    await journal.accepted(id, { vendorRequestId, vendorState, from, to, vendor, nextCheckIn: 0, ...done });
  } else if (last.answer.outcome === 'accepted') {
    const reason = `${words} was accepted but is not finished; the steps after it were not sent.`;
    await journal.close(id, { state: 'needs-person', reason, vendor, basis: 'answer' });
  } else {
    await journal.close(id, { state: 'refused', reason: last.answer.reason, vendor, basis: 'answer' });
  }
}

/** What the finished steps left at the vendor, from their notes. */
function facts(steps: readonly JournalStep[]): string {
  const known = steps.flatMap(({ answer }) =>
    Object.entries(answer?.notes ?? {}).map(([name, value]) => `${name} ${value}`),
  );
  return known.length === 0 ? '' : ` Still in place: ${known.join(', ')}.`;
}

function numberIn({ quantity }: JsonObject): number | null {
  return typeof quantity === 'number' ? quantity : null;
}
