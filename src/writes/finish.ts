import type { Vendor } from '../api/contract.ts';
import type { JournalRecord, JournalStep } from '../journal/journal.ts';
import type { ProofResult } from '../operations/proof-result.ts';
import type { WriteDeps } from './deps.ts';
import { evidence } from './evidence.ts';
import { expectedFault } from './expected-fault.ts';

/** Pauses before reads, in milliseconds: some vendors show a change a moment after reporting it done. */
const pauses = [0, 1000, 2000] as const;

/**
 * The state of a write that the vendor reports done. `shown`: it is visible, and `left` says what could not be
 * compared. `lags`: the vendor still shows the old state, or could not be read; `isAlike`: and may never show a
 * difference. `otherwise`: it shows neither the old nor the requested state.
 */
export type Finished =
  | { readonly kind: 'shown'; readonly left: string | null }
  | { readonly kind: 'lags'; readonly because: string; readonly now: string | null; readonly isAlike?: boolean }
  | { readonly kind: 'otherwise'; readonly because: string };

/**
 * Compares the vendor's data with the request, several times if it is not visible at once. Throws for bugs, and a
 * `FaultError` if `signal` aborts: then there is no verdict.
 */
export async function finish(
  deps: WriteDeps,
  vendor: Vendor,
  record: JournalRecord,
  steps: readonly JournalStep[],
  signal?: AbortSignal,
): Promise<Finished> {
  let last: Finished = { kind: 'lags', because: 'The vendor was not read.', now: null };
  for (const pause of pauses) {
    if (pause > 0) await deps.clock.wait(pause, signal);
    try {
      last = finishedBy(await evidence(deps, vendor, record, steps, signal));
    } catch (error) {
      const { message } = expectedFault(error);
      if (signal?.aborted === true) throw error;
      last = { kind: 'lags', because: `It could not be read: ${message}`, now: null };
    }
    if (last.kind === 'shown') break;
  }
  return last;
}

export function finishedBy({ shows, because, now, left }: ProofResult): Finished {
  switch (shows) {
    case 'applied':
    case 'held':
    case 'not-shown':
      return { kind: 'shown', left };
    case 'unchanged':
    case 'partly':
    case 'unseen':
      return { kind: 'lags', because, now };
    case 'alike':
      return { kind: 'lags', because, now, isAlike: true };
    case 'otherwise':
      return { kind: 'otherwise', because };
  }
}

/** Why a write that was reported done is unknown. */
export function contradiction(because: string): string {
  return `The vendor reports it done but does not show it. ${because}`;
}
