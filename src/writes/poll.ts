import { can, type PollResult, type Vendor } from '../api/contract.ts';
import type { JournalRecord, StoredWrite } from '../journal/journal.ts';
import { elapsed } from '../model/instant.ts';
import type { VerdictBasis } from '../model/journal-entry.ts';
import type { Request } from '../model/request.ts';
import type { Subscription } from '../model/subscription.ts';
import { accountVendor } from './account-vendor.ts';
import type { WriteDeps } from './deps.ts';
import { evidence } from './evidence.ts';
import { contradiction, type Finished, finish, finishedBy } from './finish.ts';
import { pollPause, slowestForLost } from './poll-pacing.ts';
import { readFresh } from './read-fresh.ts';
import { settleByEvidence } from './settle.ts';

/**
 * How long a vendor that reports "done" may still show the old state, in milliseconds from that answer; then a person
 * has to compare. Equal to the time for which an unchanged row proves nothing about an unknown write.
 */
const showWindow = 5 * 60_000;

/**
 * Polls an open entry once: an accepted request by its id, or by its subscription if the vendor gives no request id or
 * reports it done; an unknown write is judged by evidence. Records the result and the next poll. Throws `FaultError` if
 * the vendor cannot be read; the entry is then unchanged.
 */
export async function pollOnce(deps: WriteDeps, stored: StoredWrite, signal?: AbortSignal): Promise<void> {
  const { record } = stored;
  const vendor = await accountVendor(deps, record);
  const { request, entry, target } = record;
  if (request === null || entry.state === 'unknown') {
    const settled = await settleByEvidence(deps, vendor, stored, signal);
    if (settled.state === 'unknown') await postpone(deps, entry.id);
    return;
  }
  const { vendorRequestId, answeredDone } = request;
  if (answeredDone || vendorRequestId === null || target === null) return readRow(deps, vendor, stored, signal);
  const pollResult = await poll(vendor, target, vendorRequestId, signal);
  await recordPoll(deps, entry.id, pollResult);
  if (pollResult.state === 'done') await concludeDone(deps, vendor, stored, signal);
  else if (pollResult.state === 'failed') await concludeFailed(deps, vendor, record, pollResult, signal);
  else if (pollResult.state === 'unknown') await concludeByEvidence(deps, vendor, stored, signal);
}

/** Schedules the next poll, at a longer interval, after one without a result. */
export async function postpone({ journal }: Pick<WriteDeps, 'journal'>, id: string): Promise<void> {
  const looks = (await journal.attempts(id)) + 1;
  const isLost = (await journal.stored(id))?.entry.state === 'unknown';
  const slowest = isLost ? slowestForLost : undefined;
  await journal.schedule(id, pollPause(looks, null, Math.random(), slowest), looks);
}

const unaskable: PollResult = { state: 'unknown', vendorState: null, reason: null, retryAfterMs: null };

async function poll(
  vendor: Vendor,
  target: Subscription,
  vendorRequestId: string,
  signal?: AbortSignal,
): Promise<PollResult> {
  const { follow } = vendor.abilities;
  return can(follow) ? follow({ target, vendorRequestId }, signal) : unaskable;
}

/** A request reported done is not settled: only the vendor's data settles it. */
async function recordPoll(
  { journal, clock }: WriteDeps,
  id: string,
  { state, vendorState, retryAfterMs }: NotedLook,
): Promise<void> {
  const nextCheckIn = pollPause((await journal.attempts(id)) + 1, retryAfterMs, Math.random());
  const look = { vendorState, checkedAt: new Date(clock.now()).toISOString(), nextCheckIn };
  if (state === 'done') await journal.recordPoll(id, { ...look, state: 'running', answeredDone: true });
  else await journal.recordPoll(id, { ...look, state });
}

type NotedLook = Pick<PollResult, 'state' | 'retryAfterMs'> & Pick<Request, 'vendorState'>;

/** The vendor reports the request done: a few reads, then polled like any that lags. */
async function concludeDone(deps: WriteDeps, vendor: Vendor, { record, steps }: StoredWrite, signal?: AbortSignal) {
  const end = await finish(deps, vendor, record, steps, signal);
  if (end.kind !== 'lags') await close(deps, record, end, 'answer');
}

/**
 * The vendor's data on the subscription shows the progress. If an earlier poll showed that it lags, a poll that can no
 * longer compare (a licence key: another process sent it, and no keychain stores the secret) does not prove the change.
 */
async function readRow(
  deps: WriteDeps,
  vendor: Vendor,
  { record, steps }: StoredWrite,
  signal?: AbortSignal,
): Promise<void> {
  const { journal } = deps;
  const { entry, evidenceFrom, request } = record;
  const asked = await journal.instant();
  const isSaid = request?.answeredDone === true;
  const waited = elapsed(evidenceFrom, asked);
  if (isSaid && waited === null) await journal.startEvidence(entry.id, asked);
  const seen = await evidence(deps, vendor, record, steps, signal);
  const isUntold = seen.shows === 'not-shown' && isSaid && request.vendorState !== null;
  const end: Finished = isUntold ? { kind: 'lags', because: seen.because, now: request.vendorState } : finishedBy(seen);
  if (end.kind !== 'lags') return close(deps, record, end, isSaid ? 'answer' : 'evidence');
  await recordPoll(deps, entry.id, { state: 'running', vendorState: end.now, retryAfterMs: null });
  if (!isSaid && end.isAlike !== true) return;
  if (!isSaid && waited === null) await journal.startEvidence(entry.id, asked);
  if (waited === null || waited < showWindow) return;
  const said = isSaid ? 'reported it done but does not show it' : 'accepted it but shows no change';
  const reason = `The vendor ${said} after ${showWindow / 60_000} minutes. ${end.because} Check it in the portal, then settle this entry.`;
  await journal.close(entry.id, { state: 'needs-person', reason, vendor: null, basis: 'evidence' });
}

/** `done`: the basis of that verdict. */
async function close(
  { journal }: WriteDeps,
  { entry }: JournalRecord,
  end: Exclude<Finished, { kind: 'lags' }>,
  done: VerdictBasis,
): Promise<void> {
  if (end.kind === 'shown') {
    await journal.close(entry.id, { state: 'done', reason: end.left, vendor: null, basis: done });
    return;
  }
  const [reason, nextCheckIn] = [contradiction(end.because), slowestForLost];
  await journal.close(entry.id, { state: 'unknown', reason, vendor: null, basis: 'evidence', nextCheckIn });
}

async function concludeFailed(
  deps: WriteDeps,
  vendor: Vendor,
  record: JournalRecord,
  pollResult: PollResult,
  signal?: AbortSignal,
) {
  const word = pollResult.vendorState === null ? '' : ` (${pollResult.vendorState})`;
  const reason = pollResult.reason ?? `The vendor reports that the request failed${word}.`;
  await deps.journal.close(record.entry.id, { state: 'refused', reason, vendor: null, basis: 'answer' });
  const { target } = record;
  // The outcome is recorded; a row that cannot be read now is read by the next sync.
  if (target !== null) await readFresh(deps, vendor, target.id, target, signal).catch(() => null);
}

/**
 * The vendor no longer knows the request, or reports an unknown state: only the row itself can settle it, and only as
 * applied.
 */
async function concludeByEvidence(
  deps: WriteDeps,
  vendor: Vendor,
  { record, steps }: StoredWrite,
  signal?: AbortSignal,
) {
  const { entry } = record;
  const seen = await evidence(deps, vendor, record, steps, signal);
  if (seen.shows !== 'applied') return;
  await deps.journal.close(entry.id, {
    state: 'settled-applied',
    reason: seen.because,
    vendor: null,
    basis: 'evidence',
  });
}
