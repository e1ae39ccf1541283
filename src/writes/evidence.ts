import type { Vendor } from '../api/contract.ts';
import type { JournalRecord, JournalStep } from '../journal/journal.ts';
import { fault } from '../model/fault.ts';
import { otherwise, type ProofResult } from '../operations/proof-result.ts';
import { findOperation } from '../operations/registry.ts';
import type { WriteDeps } from './deps.ts';
import { throughView } from './other-view.ts';
import { readFresh } from './read-fresh.ts';

/** Reads the vendor to judge a write. Throws `FaultError` if it cannot be read. */
export async function evidence(
  deps: Pick<WriteDeps, 'cache' | 'digester'>,
  vendor: Vendor,
  record: JournalRecord,
  steps: readonly JournalStep[],
  signal?: AbortSignal,
): Promise<ProofResult> {
  const { entry, target, keyDigest, historyBefore } = record;
  const operation = findOperation(entry.verb);
  if (operation === null) {
    const next = "Update Subdeck, or check it in the vendor's portal and settle it with --as applied or not-applied.";
    throw fault('denied', `This version of Subdeck does not know the operation ${JSON.stringify(entry.verb)}.`, next);
  }
  const id = operation.kind === 'creation' || target === null ? createdId(steps) : target.id;
  if (id === null) return otherwise('The answer did not name the new subscription.');
  // For names that the vendor left out, the plan's come from the cache.
  const known = target === null ? null : (deps.cache.subscription(vendor.connection, id) ?? target);
  const now = await readFresh(deps, vendor, id, known, signal);
  // The change may have happened after they were read.
  deps.cache.outdateAnswers(vendor.connection, id);
  const { before, after } = entry;
  const digests = async () => (await deps.digester?.()) ?? null;
  const seen = { vendor, before, after, row: target, now, keyDigest, historyBefore, digests, signal };
  return throughView(vendor, record, now, await operation.proof.prove(seen));
}

/** The subscription that a create made, if its answer names it. */
export function createdId(steps: readonly JournalStep[]): string | null {
  const id = steps.map(({ answer }) => answer?.notes.subscriptionId).findLast((each) => each != null);
  return id === undefined || id === null ? null : String(id);
}
