import { can, type Look, type Vendor } from '../api/contract.ts';
import type { JournalRecord } from '../journal/journal.ts';
import { elapsed } from '../model/instant.ts';
import type { VerdictBasis } from '../model/journal-entry.ts';
import type { Request } from '../model/request.ts';
import type { Subscription } from '../model/subscription.ts';
import { accountVendor } from './account-vendor.ts';
import type { Parts } from './deps.ts';
import { evidence } from './evidence.ts';
import { contradiction, type Finished, finish, finishedBy } from './finish.ts';
import { pace, slowestForLost } from './poll-pacing.ts';
import { readFresh } from './read-fresh.ts';
import { settleByEvidence } from './settle.ts';

/**
 * For how long a vendor that says "done" may go on showing what was there before, in milliseconds from that answer; then a
 * person has to compare. As long as an unchanged row says nothing of a write whose answer was lost.
 */
const showWindow = 5 * 60_000;

/**
 * One look at an open entry: an accepted request is asked for, or its subscription read where the vendor names no request or
 * says that it is done; a write whose end is unknown is judged by evidence. Writes what it saw and when to look next. Throws
 * `FaultError` when the vendor cannot be asked; the entry stays as it was then.
 */
export async function lookOnce(parts: Parts, record: JournalRecord, signal?: AbortSignal): Promise<void> {
  const vendor = await accountVendor(parts, record);
  const { request, entry, target } = record;
  if (request === null || entry.state === 'unknown') {
    const settled = await settleByEvidence(parts, vendor, record, signal);
    if (settled.state === 'unknown') postpone(parts, entry.id);
    return;
  }
  const { vendorRequestId, answeredDone } = request;
  if (answeredDone || vendorRequestId === null || target === null) return readRow(parts, vendor, record, signal);
  const look = await ask(vendor, target, vendorRequestId, signal);
  note(parts, entry.id, look);
  if (look.state === 'done') await concludeDone(parts, vendor, record, signal);
  else if (look.state === 'failed') await concludeFailed(parts, vendor, record, look, signal);
  else if (look.state === 'unknown') await concludeByEvidence(parts, vendor, record, signal);
}

/** The next look, a step further apart, after one that showed nothing. */
export function postpone({ journal }: Pick<Parts, 'journal'>, id: string): void {
  const looks = journal.attempts(id) + 1;
  const slowest = journal.entry(id)?.state === 'unknown' ? slowestForLost : undefined;
  journal.schedule(id, pace(looks, null, Math.random(), slowest), looks);
}

const unaskable: Look = { state: 'unknown', vendorState: null, reason: null, retryAfterMs: null };

async function ask(vendor: Vendor, target: Subscription, vendorRequestId: string, signal?: AbortSignal): Promise<Look> {
  const { follow } = vendor.abilities;
  return can(follow) ? follow({ target, vendorRequestId }, signal) : unaskable;
}

/** A request that the vendor calls done is not: only what it shows ends it. */
function note({ journal, clock }: Parts, id: string, { state, vendorState, retryAfterMs }: NotedLook): void {
  const nextCheckIn = pace(journal.attempts(id) + 1, retryAfterMs, Math.random());
  const look = { vendorState, checkedAt: new Date(clock.now()).toISOString(), nextCheckIn };
  if (state === 'done') journal.looked(id, { ...look, state: 'running', answeredDone: true });
  else journal.looked(id, { ...look, state });
}

type NotedLook = Pick<Look, 'state' | 'retryAfterMs'> & Pick<Request, 'vendorState'>;

/** The vendor says that the request is done: a few reads, then it is read again like any that lags. */
async function concludeDone(parts: Parts, vendor: Vendor, record: JournalRecord, signal?: AbortSignal) {
  const end = await finish(parts, vendor, record, parts.journal.steps(record.entry.id), signal);
  if (end.kind !== 'lags') close(parts, record, end, 'answer');
}

/**
 * What the vendor shows of the subscription says how far it is. Where an earlier look showed that it lags, one that cannot tell any
 * more (of a licence key: another process sent it, and no keychain keeps the secret) is no proof that it came.
 */
async function readRow(parts: Parts, vendor: Vendor, record: JournalRecord, signal?: AbortSignal): Promise<void> {
  const { journal, clock } = parts;
  const { entry, evidenceFrom, request } = record;
  const asked = clock.instant();
  const isSaid = request?.answeredDone === true;
  const waited = elapsed(evidenceFrom, asked);
  if (isSaid && waited === null) journal.startEvidence(entry.id, asked);
  const seen = await evidence(parts, vendor, record, journal.steps(entry.id), signal);
  const isUntold = seen.shows === 'not-shown' && isSaid && request.vendorState !== null;
  const end: Finished = isUntold ? { kind: 'lags', because: seen.because, now: request.vendorState } : finishedBy(seen);
  if (end.kind !== 'lags') return close(parts, record, end, isSaid ? 'answer' : 'evidence');
  note(parts, entry.id, { state: 'running', vendorState: end.now, retryAfterMs: null });
  if (!isSaid && end.isAlike !== true) return;
  if (!isSaid && waited === null) journal.startEvidence(entry.id, asked);
  if (waited === null || waited < showWindow) return;
  const said = isSaid
    ? 'answered done, and does not show it'
    : 'accepted it, and shows nothing that tells it from before';
  const reason = `The vendor ${said} after ${showWindow / 60_000} minutes. ${end.because} Compare with its portal, then settle this entry.`;
  journal.close(entry.id, { state: 'needs-person', reason, vendor: null, basis: 'evidence' });
}

/** `done`: what it is based on where it is done. */
function close(
  { journal }: Parts,
  { entry }: JournalRecord,
  end: Exclude<Finished, { kind: 'lags' }>,
  done: VerdictBasis,
): void {
  if (end.kind === 'shown') {
    journal.close(entry.id, { state: 'done', reason: end.left, vendor: null, basis: done });
    return;
  }
  journal.close(entry.id, { state: 'unknown', reason: contradiction(end.because), vendor: null, basis: 'evidence' });
  journal.schedule(entry.id, slowestForLost, 0);
}

async function concludeFailed(parts: Parts, vendor: Vendor, record: JournalRecord, look: Look, signal?: AbortSignal) {
  const word = look.vendorState === null ? '' : ` (${look.vendorState})`;
  const reason = look.reason ?? `The vendor reports that the request failed${word}.`;
  parts.journal.close(record.entry.id, { state: 'refused', reason, vendor: null, basis: 'answer' });
  const { target } = record;
  // The end is known and kept; a row that cannot be read just now is read by the next refresh.
  if (target !== null) await readFresh(parts, vendor, target.id, target, signal).catch(() => null);
}

/** The vendor no longer knows the request, or says a word nobody has seen: only the row itself can end it, and only as applied. */
async function concludeByEvidence(parts: Parts, vendor: Vendor, record: JournalRecord, signal?: AbortSignal) {
  const { entry } = record;
  const seen = await evidence(parts, vendor, record, parts.journal.steps(entry.id), signal);
  if (seen.shows !== 'applied') return;
  parts.journal.close(entry.id, { state: 'settled-applied', reason: seen.because, vendor: null, basis: 'evidence' });
}
