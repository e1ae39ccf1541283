import { can, type Reading, type Vendor } from '../api/contract.ts';
import type { KeyDigest } from '../model/key-digest.ts';
import type { Status, Subscription } from '../model/subscription.ts';
import type { JsonObject } from '../model/text.ts';
import { fieldEvidence } from './field-evidence.ts';
import { applied, held, otherwise, type ProofResult, unchanged } from './proof-result.ts';

/** A write to be judged by the vendor's current data. */
export interface Evidence {
  readonly vendor: Vendor;
  /** The draft's values, as recorded in the journal. */
  readonly before: JsonObject;
  readonly after: JsonObject;
  /** The row before the write; null for a creation. */
  readonly row: Subscription | null;
  /** The current row; null if there is none. */
  readonly now: Reading | null;
  /** For a licence key, its digest. */
  readonly keyDigest: KeyDigest | null;
  /** For a licence key: see `readHistoryBefore`. */
  readonly historyBefore: number | null;
  /** Makes digests of licence keys; null if no keychain stores the secret for it. */
  readonly digests: () => Promise<{ of(licenseKey: string): string } | null>;
  readonly signal: AbortSignal | undefined;
}

export interface Proof {
  /** Which of the vendor's data is compared with the request, as part of a sentence. */
  readonly by: string;
  /** Throws `FaultError` if the vendor cannot be read. */
  prove(evidence: Evidence): ProofResult | Promise<ProofResult>;
}

export const gone = otherwise('The vendor no longer has the subscription.', 'gone');

/** Each changed field separately. `by`: where the vendor shows them. */
export function provedByFields(by: string): Proof {
  return {
    by,
    async prove(evidence) {
      const { now, before, after } = evidence;
      return now === null ? gone : fieldEvidence(before, after, await factsOf(evidence, now), now.exact);
    },
  };
}

export function provedByStatus(goal: Status): Proof {
  return {
    by: `the status ${goal}`,
    prove: ({ row, now }) => (now === null ? gone : statusProof(row, now, goal)),
  };
}

/** Some vendors keep deleted subscriptions, marked as deleted. */
export function isDeleted(now: Reading | null): now is null {
  return now === null || /^deleted$/i.test(now.subscription.vendorStatus?.trim() ?? '');
}

export function absence(now: Reading | null): string {
  return now === null ? 'The vendor no longer has the subscription.' : `The vendor shows ${wordOf(now.subscription)}.`;
}

export function statusProof(before: Subscription | null, { subscription: row }: Reading, goal: Status): ProofResult {
  const word = wordOf(row);
  if (before !== null && isSameStatus(before, row)) {
    return row.status === goal
      ? held(`The vendor still shows ${word}.`, word)
      : unchanged(`It is still ${word}.`, word);
  }
  return row.status === goal && before?.status !== goal
    ? applied(`The vendor shows ${word}.`, word)
    : otherwise(`The vendor shows ${word}.`, word);
}

export function isSameStatus(one: Subscription | null, other: Subscription): boolean {
  return one !== null && one.status === other.status && one.vendorStatus === other.vendorStatus;
}

export function wordOf({ status, vendorStatus }: Subscription): string {
  return vendorStatus ?? status;
}

/**
 * All of the vendor's data on a row by name: its own object, overridden by the fields that Subdeck reads from it. The
 * renewal and the reservation are read if they were to change.
 */
export async function factsOf({ vendor, after, signal }: Evidence, now: Reading): Promise<JsonObject> {
  const { subscription: row, raw, facts } = now;
  const { renewal, reservation } = vendor.abilities;
  const renewed = 'renewal' in after && can(renewal) ? { renewal: await renewal(row, signal) } : {};
  const reserved = 'reservation' in after && can(reservation) ? { reservation: await reservation(row, signal) } : {};
  const { name, status, quantity, billing, term } = row;
  return { ...raw, name, status, quantity, billing, term, ...facts, ...renewed, ...reserved };
}
