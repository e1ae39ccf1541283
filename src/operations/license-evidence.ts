import { can } from '../api/contract.ts';
import { dateWords } from '../model/date-words.ts';
import type { Subscription } from '../model/subscription.ts';
import { historyTime, isAboutLicense } from './history-before.ts';
import type { Evidence } from './proof.ts';
import { applied, notShown, otherwise, type ProofResult, unchanged } from './proof-result.ts';

/**
 * Whether the vendor has the key that was sent: by keyed digests if the vendor shows keys and a keychain stores the
 * digest's secret, or in the process that sent it; else by a key where there was none, or by the vendor's audit trail.
 * Otherwise it is not shown.
 */
export async function licenseEvidence(
  evidence: Evidence,
  before: Subscription,
  row: Subscription,
): Promise<ProofResult> {
  const { vendor, keyDigest, digests, signal } = evidence;
  const tells = keyDigest === null ? null : await digests();
  if (keyDigest !== null && tells && vendor.licenseKey !== undefined) {
    const digest = await vendor.licenseKey(row, (key) => tells.of(key), signal);
    // A key that exists but cannot be read proves nothing.
    const sameSecret = digest === null ? !row.hasLicenseKey : sharesSecret(digest, keyDigest.after);
    if (digest === keyDigest.after) return applied('The licence key is the one that was sent.');
    if (sameSecret && digest === keyDigest.before) {
      return digest === null ? noKey : unchanged('The licence key is still the old one.', 'the old licence key');
    }
    if (sameSecret)
      return otherwise('The licence key is neither the old one nor the one that was sent.', 'another key');
  }
  if (!before.hasLicenseKey) {
    return row.hasLicenseKey ? applied('There is a licence key now; there was none before.') : noKey;
  }
  return byHistory(evidence, row);
}

const noKey = unchanged('There is still no licence key.', 'no licence key');
const untold = 'the present key could not be compared with the one that was sent';

/** Digests with different secrets differ for the same key, so they prove nothing. */
function sharesSecret(one: string, other: string): boolean {
  return one.slice(0, one.indexOf('.')) === other.slice(0, other.indexOf('.'));
}

/** Only lines after those that existed before sending count: this computer's clock is not the vendor's. */
async function byHistory({ vendor, historyBefore, signal }: Evidence, row: Subscription): Promise<ProofResult> {
  const { history } = vendor.abilities;
  if (!can(history) || historyBefore === null) return notShown(`There already was a licence key, and ${untold}.`);
  const lines = await history(row, signal);
  const found = lines.find((line) => isAboutLicense(line) && (historyTime(line) ?? 0) > historyBefore);
  return found === undefined
    ? notShown(`The history shows no new licence key since then, and ${untold}.`)
    : applied(`The history shows ${found.action}${found.at === null ? '' : `, ${dateWords(found.at)}`}.`);
}
