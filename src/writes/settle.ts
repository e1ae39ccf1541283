import type { Vendor } from '../api/contract.ts';
import type { ClosedState, JournalRecord, JournalStep, StoredEntry, StoredWrite } from '../journal/journal.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import { elapsed, type Instant } from '../model/instant.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { shellWord } from '../model/shell-word.ts';
import { happened } from '../model/verdict.ts';
import type { ProofResult } from '../operations/proof-result.ts';
import type { WriteDeps } from './deps.ts';
import { evidence } from './evidence.ts';
import { orderEvidence } from './order-evidence.ts';

/**
 * How long a write must be unknown, in milliseconds, before an unchanged row proves anything: changes may become
 * visible late. More than twice the longest delay that any vendor's documents mention. If a clock was set or the
 * computer restarted meanwhile, the elapsed time is unknown and starts over.
 */
const settleWindow = 5 * 60_000;

/**
 * Judges an unknown write. `applied` counts at once; "not applied" only from a read well after it was sent, and only if
 * an unchanged row proves it; everything else stays `unknown` and eventually needs a person.
 */
export async function settleByEvidence(
  deps: WriteDeps,
  vendor: Vendor,
  { record, steps }: StoredWrite,
  signal?: AbortSignal,
): Promise<JournalEntry> {
  const { journal } = deps;
  const { id } = record.entry;
  const asked = await journal.instant();
  const waited = elapsed(record.evidenceFrom, asked);
  if (waited === null) await journal.startEvidence(id, asked);
  const seen = await look(deps, vendor, record, steps, signal);
  const state = verdict(seen, (waited ?? 0) >= settleWindow);
  if (state !== null) {
    const still =
      "The vendor's data did not prove the outcome in time. Check it in the vendor's portal, then settle this entry.";
    const because =
      seen === 'never left' ? withLeftover('The step that does it was never sent.', record) : seen.because;
    const reason = state === 'needs-person' ? `${because} ${still}` : because;
    await journal.close(id, { state, reason, vendor: null, basis: 'evidence' });
  }
  return (await journal.stored(id))?.entry ?? record.entry;
}

/**
 * The remaining milliseconds for which an unchanged row proves nothing about an unknown write; null once waiting longer
 * would not help.
 */
export function silentFor(record: JournalRecord | null, now: Instant): number | null {
  if (record === null || record.entry.state !== 'unknown') return null;
  const left = settleWindow - (elapsed(record.evidenceFrom, now) ?? 0);
  return left > 0 ? left : null;
}

interface Seen extends ProofResult {
  /** An unchanged row, well after sending, proves that nothing was applied. */
  readonly proves: boolean;
}

async function look(
  deps: WriteDeps,
  vendor: Vendor,
  record: JournalRecord,
  steps: readonly JournalStep[],
  signal: AbortSignal | undefined,
): Promise<Seen | 'never left'> {
  // The last step makes the change: if it was not sent, any change in the row is not from this write.
  if ((steps.at(-1)?.index ?? 0) < record.stepCount - 1) return 'never left';
  const seen = await evidence(deps, vendor, record, steps, signal);
  // A vendor that reported "done" and shows no change contradicts itself: a person has to find out which is true.
  const last = steps.at(-1)?.answer ?? null;
  // A process that is only stopped may still send the step when it goes on.
  const mayStillLeave = record.senderLost && last === null;
  const proves = record.atOnce && last?.outcome !== 'done' && !mayStillLeave;
  if (seen.shows === 'applied' || record.stepCount === 1) return { ...seen, proves };
  const order = await orderEvidence(vendor, steps, signal);
  if (order === null) return { ...seen, proves };
  const because = `${seen.because} ${order.because}`;
  return order.shows === 'open'
    ? { ...seen, shows: 'unchanged', because: withLeftover(because, record), proves: !mayStillLeave }
    : { ...seen, shows: 'otherwise', because, proves: false };
}

function withLeftover(because: string, { leftover }: JournalRecord): string {
  return leftover === null ? because : `${because} ${leftover}`;
}

function verdict(seen: Seen | 'never left', late: boolean): ClosedState | null {
  if (seen === 'never left') return 'settled-not-applied';
  if (seen.shows === 'applied') return 'settled-applied';
  if (!late) return null;
  return seen.shows === 'unchanged' && seen.proves ? 'settled-not-applied' : 'needs-person';
}

/** Records a person's verdict about a write, or a correction of its outcome. */
export async function settleByPerson(
  deps: WriteDeps,
  id: string,
  as: 'applied' | 'not-applied',
): Promise<JournalEntry> {
  const { journal, by, clock } = deps;
  const state = as === 'applied' ? 'settled-applied' : 'settled-not-applied';
  const at = new Date(clock.now()).toISOString();
  // A person settles damaged rows here; any other fault means that the journal cannot be written.
  if (!(await journal.settleDamaged(id, { state, by, at }))) {
    const sick = journal.health();
    if (sick !== null) throw new FaultError(sick);
    const reason = `${by} checked it at the vendor and recorded it as ${as === 'applied' ? 'applied' : 'not applied'}.`;
    const stored = await journal.stored(id);
    if (stored === null || happened(stored.entry.state) === null) {
      const { entry } = settleable(id, stored).record;
      const closed = await journal.close(entry.id, { state, reason, vendor: null, basis: 'person', by });
      // It was settled while the person decided: a different verdict corrects it.
      if (!closed) await journal.correct(entry.id, { state, reason, by });
    } else if (!(await journal.correct(stored.entry.id, { state, reason, by }))) {
      throw fault('refused', `Journal entry ${id} already has this outcome: ${stored.entry.state}.`, showIt(id));
    }
  }
  const settled = await journal.stored(id);
  if (settled === null) throw new FaultError(missing(id));
  return settled.entry;
}

/** An entry that can be settled; throws a `FaultError` that says why not. */
export function settleable(id: string, stored: StoredEntry | null): StoredWrite {
  if (stored === null) throw new FaultError(missing(id));
  const { entry, record, steps, isBeingSent } = stored;
  if (record === null) {
    const next = `Check the outcome in the vendor's portal, then run subdeck journal settle ${shellWord(id)} --as applied or not-applied.`;
    throw fault('refused', `Journal entry ${id} is damaged; its content is lost.`, next);
  }
  const { state } = entry;
  if (state === 'unknown' || state === 'needs-person' || (state === 'sent' && record.request !== null)) {
    return { record, steps };
  }
  if (state === 'intent' || state === 'sent') {
    const where = record.owner.host === undefined ? '' : ` on ${record.owner.host}`;
    const busy = isBeingSent ? `is being sent by another Subdeck process${where}` : 'is still open';
    throw fault('refused', `Journal entry ${id} ${busy}.`, 'Try again in a moment.');
  }
  const next = `${showIt(id)} If that is wrong, correct it: subdeck journal settle ${shellWord(id)} --as applied or not-applied.`;
  throw fault('refused', `The outcome of journal entry ${id} is already known: ${state}.`, next);
}

function showIt(id: string): string {
  return `subdeck journal show ${shellWord(id)} shows it.`;
}

function missing(id: string): Fault {
  return fault('missing', `There is no journal entry ${id}.`, 'subdeck journal list shows them.').fault;
}
