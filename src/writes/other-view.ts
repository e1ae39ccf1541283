import type { Reading, Vendor } from '../api/contract.ts';
import type { JournalRecord } from '../journal/journal.ts';
import { type ProofResult, unseen } from '../operations/proof-result.ts';
import { connectionOf } from './account-vendor.ts';

/**
 * Limits evidence read through another view of the account than the one that sent the write (another seller, reseller,
 * role or user): visible changes count, but missing or unchanged rows prove nothing, since that view may not include
 * the target. Subdeck 0.1.0 recorded no view.
 */
export function throughView(
  vendor: Vendor,
  record: JournalRecord,
  now: Reading | null,
  seen: ProofResult,
): ProofResult {
  if (vendor.view === record.view) return seen;
  const isShown = now !== null && (seen.shows === 'applied' || seen.shows === 'held');
  const isAbsence = Object.values(record.entry.after).includes(null);
  const because = `${seen.because} ${caveat(vendor, record)}`;
  return isShown && !isAbsence ? { ...seen, because } : unseen(because, seen.now);
}

function caveat(vendor: Vendor, record: JournalRecord): string {
  if (record.entry.account === null)
    return `The account was not recorded; the answer is from the account that ${connectionOf(record)} uses now.`;
  const sent = record.view === null ? 'an unrecorded role' : record.view;
  return `It was sent as ${sent} but read through ${vendor.connection} (${vendor.view}), which may see something else.`;
}
