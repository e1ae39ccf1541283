import { can, type Vendor } from '../api/vendor.ts';
import type { JournalRecord, JournalStep } from '../journal/journal.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Parts } from './parts.ts';
import { applied, type Evidence, unchanged, unclear } from './proof.ts';

/**
 * Whether the key that was sent is the one that the vendor has: by keyed digests where the vendor shows keys and a keychain
 * keeps the digest's secret; else a key where there was none, or the vendor's audit trail. Else a person has to look.
 */
export async function licenceEvidence(
  { digester }: Pick<Parts, 'digester'>,
  vendor: Vendor,
  { target: before, keyDigest }: JournalRecord & { readonly target: Subscription },
  row: Subscription,
  steps: readonly JournalStep[],
  signal: AbortSignal | undefined,
): Promise<Evidence> {
  const tells = keyDigest === null ? null : await digester?.();
  if (keyDigest !== null && tells && vendor.licenceKey !== undefined) {
    const digest = await vendor.licenceKey(row, (key) => tells.of(key), signal);
    // A key that is there and cannot be read proves nothing.
    const sameSecret = digest === null ? !row.hasLicenseKey : sharesSecret(digest, keyDigest.after);
    if (digest === keyDigest.after) return applied('The licence key is the one that was sent.');
    if (sameSecret && digest === keyDigest.before) {
      return unchanged(digest === null ? 'There is still no licence key.' : 'The licence key is the old one.');
    }
    if (sameSecret) return unclear('The licence key is neither the old one nor the one that was sent.');
  }
  if (!before.hasLicenseKey) {
    return row.hasLicenseKey
      ? applied('There is a licence key; there was none.')
      : unchanged('There is still no licence key.');
  }
  return byHistory(vendor, row, steps, signal);
}

/** Digests made with different secrets differ for the same key, so they prove nothing. */
function sharesSecret(one: string, other: string): boolean {
  return one.slice(0, one.indexOf('.')) === other.slice(0, other.indexOf('.'));
}

async function byHistory(
  vendor: Vendor,
  row: Subscription,
  steps: readonly JournalStep[],
  signal: AbortSignal | undefined,
): Promise<Evidence> {
  const { history } = vendor.abilities;
  const sentAt = Date.parse(steps[0]?.sentAt ?? '');
  if (!can(history)) return unclear('There was a licence key before, and the vendor keeps no history.');
  const lines = await history(row, signal);
  const found = lines.find(({ at, action, field }) => {
    return at !== null && Date.parse(at) >= sentAt && /licen[cs]e/i.test(`${action} ${field ?? ''}`);
  });
  return found === undefined
    ? unclear('The history names no new licence key since.')
    : applied(`The history says ${found.action} at ${found.at}.`);
}
