import type { Vendor } from '../api/vendor.ts';
import type { ClosedState, JournalRecord, JournalStep } from '../journal/journal.ts';
import { isAlive } from '../journal/process-mark.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { type Evidence, evidence } from './evidence.ts';
import type { Parts } from './parts.ts';

/**
 * Milliseconds after sending before an unchanged row says anything: a change may show late. Twice the longest delay that
 * any of the five vendors' documents hints at, and more.
 */
export const settleWindow = 5 * 60_000;

/**
 * Judges a write whose answer was lost. `applied` counts at once; "not applied" only from a read well after sending, and only
 * where an unchanged row proves it; everything else needs a person by then, and stays `unknown` until then.
 */
export async function settleByEvidence(
  { journal, book, clock }: Parts,
  vendor: Vendor,
  record: JournalRecord,
  signal?: AbortSignal,
): Promise<JournalEntry> {
  const { id } = record.entry;
  const steps = journal.steps(id);
  const askedAt = clock.now();
  const seen = await evidence({ book }, vendor, record, steps, signal);
  const late = askedAt - sentAt(record, steps) >= settleWindow;
  const state = verdict(record, steps, seen, late);
  if (state !== null) {
    const still = 'No proof came in time. Compare with the vendor, then settle this entry.';
    const reason = state === 'needs-person' ? `${seen.because} ${still}` : seen.because;
    journal.close(id, { state, reason, vendor: null });
  }
  return journal.entry(id) ?? record.entry;
}

function verdict(
  record: JournalRecord,
  steps: readonly JournalStep[],
  { shows }: Evidence,
  late: boolean,
): ClosedState | null {
  if (shows === 'applied') return 'settled-applied';
  // The last step does the thing; it never left when the answer to an earlier one was lost.
  const lastLeft = (steps.at(-1)?.index ?? 0) === record.stepCount - 1;
  if (shows === 'unchanged' && !lastLeft) return 'settled-not-applied';
  if (!late) return null;
  return shows === 'unchanged' && record.atOnce ? 'settled-not-applied' : 'needs-person';
}

function sentAt({ entry }: JournalRecord, steps: readonly JournalStep[]): number {
  return Date.parse(steps.at(-1)?.sentAt ?? entry.at);
}

/** A person looked at the vendor and says what became of a write. */
export function settleByPerson(parts: Parts, id: string, as: 'applied' | 'not-applied'): JournalEntry {
  const { journal, by, clock } = parts;
  const state = as === 'applied' ? 'settled-applied' : 'settled-not-applied';
  const at = new Date(clock.now()).toISOString();
  if (!journal.settleDamaged(id, { state, by, at })) {
    const record = open(parts, id);
    const reason = `${by} looked at the vendor and says it was ${as === 'applied' ? 'applied' : 'not applied'}.`;
    journal.close(record.entry.id, { state, reason, vendor: null });
  }
  const entry = journal.entry(id);
  if (entry === null) throw new FaultError(missing(id));
  return entry;
}

/** The record of an entry that can be settled; throws a `FaultError` that says why not. */
export function open({ journal }: Pick<Parts, 'journal'>, id: string): JournalRecord {
  const entry = journal.entry(id);
  if (entry === null) throw new FaultError(missing(id));
  const record = journal.record(id);
  if (record === null) {
    const next = `Look at the vendor, then: subdeck journal settle ${id} --as applied or not-applied.`;
    throw fault('refused', `Journal entry ${id} is damaged; what it was about is lost.`, next);
  }
  const { state } = entry;
  if (state === 'unknown' || state === 'needs-person' || (state === 'sent' && record.request !== null)) return record;
  if (state === 'intent' || state === 'sent') {
    const busy = isAlive(record.owner) ? 'is being sent by another Subdeck' : 'was left open';
    throw fault('refused', `Journal entry ${id} ${busy}.`, 'Try again in a moment.');
  }
  throw fault('refused', `Journal entry ${id} has its end already: ${state}.`, `subdeck journal show ${id} shows it.`);
}

function missing(id: string): Fault {
  return fault('missing', `There is no journal entry ${id}.`, 'subdeck journal list shows all.').fault;
}
