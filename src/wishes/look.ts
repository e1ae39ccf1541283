import { can, type Look, type Vendor } from '../api/vendor.ts';
import type { JournalRecord } from '../journal/journal.ts';
import { evidence } from './evidence.ts';
import { finish } from './finish.ts';
import { readFresh } from './fresh.ts';
import { pace, slowestForLost } from './pace.ts';
import type { Parts } from './parts.ts';
import { settleByEvidence } from './settle.ts';

/**
 * One look at an open entry: an accepted request is asked for, a write whose answer was lost is judged by evidence. Writes
 * what it saw and when to look next. Throws `FaultError` when the vendor cannot be asked; the entry stays as it was then.
 */
export async function lookOnce(parts: Parts, record: JournalRecord, signal?: AbortSignal): Promise<void> {
  const vendor = await parts.vendorOf(connectionOf(record));
  if (record.request === null) {
    const entry = await settleByEvidence(parts, vendor, record, signal);
    if (entry.state === 'unknown') postpone(parts, record.entry.id);
    return;
  }
  const look = await ask(vendor, record, signal);
  note(parts, record.entry.id, look);
  if (look.state === 'done') await concludeDone(parts, vendor, record, signal);
  else if (look.state === 'failed') await concludeFailed(parts, vendor, record, look, signal);
  else if (look.state === 'unknown') await concludeByEvidence(parts, vendor, record, signal);
}

/** The next look, a step further apart, after one that showed nothing. */
export function postpone({ journal }: Pick<Parts, 'journal'>, id: string): void {
  const looks = journal.attempts(id) + 1;
  const slowest = journal.request(id) === null ? slowestForLost : undefined;
  journal.schedule(id, pace(looks, null, Math.random(), slowest), looks);
}

export function connectionOf({ entry }: JournalRecord): string {
  return entry.ref.slice(0, entry.ref.indexOf('/'));
}

const unaskable: Look = { state: 'unknown', vendorState: null, reason: null, retryAfterMs: null };

async function ask(vendor: Vendor, { entry, target, request }: JournalRecord, signal?: AbortSignal): Promise<Look> {
  const { follow } = vendor.abilities;
  if (!can(follow) || target === null) return unaskable;
  const { before, after } = entry;
  return follow({ target, vendorRequestId: request?.vendorRequestId ?? null, before, after }, signal);
}

function note({ journal, clock }: Parts, id: string, { state, vendorState, retryAfterMs }: Look): void {
  const nextCheckIn = pace(journal.attempts(id) + 1, retryAfterMs, Math.random());
  journal.looked(id, { state, vendorState, checkedAt: new Date(clock.now()).toISOString(), nextCheckIn });
}

async function concludeDone(parts: Parts, vendor: Vendor, { entry, target }: JournalRecord, signal?: AbortSignal) {
  const end =
    target === null
      ? ({ state: 'done', reason: null } as const)
      : await finish(parts, vendor, { id: target.id, target, after: entry.after }, signal);
  parts.journal.close(entry.id, { ...end, vendor: null });
}

async function concludeFailed(parts: Parts, vendor: Vendor, record: JournalRecord, look: Look, signal?: AbortSignal) {
  const word = look.vendorState === null ? '' : ` (${look.vendorState})`;
  const reason = look.reason ?? `The vendor reports that the request failed${word}.`;
  parts.journal.close(record.entry.id, { state: 'refused', reason, vendor: null });
  const { target } = record;
  // The end is known and kept; a row that cannot be read just now is read by the next refresh.
  if (target !== null) await readFresh(parts, vendor, target.id, target, signal).catch(() => null);
}

/** The vendor no longer knows the request, or says a word nobody has seen: only the row itself can end it, and only as applied. */
async function concludeByEvidence(parts: Parts, vendor: Vendor, record: JournalRecord, signal?: AbortSignal) {
  const { entry } = record;
  const seen = await evidence(parts, vendor, record, parts.journal.steps(entry.id), signal);
  if (seen.shows !== 'applied') return;
  parts.journal.close(entry.id, { state: 'settled-applied', reason: seen.because, vendor: null });
}
