import type { Vendor } from '../api/contract.ts';
import type { KeyDigest } from '../journal/journal.ts';
import { FaultError } from '../model/fault.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Parts } from './deps.ts';

/**
 * What the journal keeps to tell a licence key by, should its answer be lost. Null where nothing would come of it: the
 * vendor shows no keys, or no keychain keeps the digest's secret; then a person settles.
 */
export async function keyDigests(
  { digester }: Pick<Parts, 'digester'>,
  vendor: Vendor,
  target: Subscription,
  licenceKey: string,
  signal?: AbortSignal,
): Promise<KeyDigest | null> {
  if (vendor.licenceKey === undefined) return null;
  const tells = (await digester?.()) ?? null;
  if (tells === null) return null;
  try {
    const before = await vendor.licenceKey(target, tells.of, signal);
    return before === null && target.hasLicenseKey ? null : { before, after: tells.of(licenceKey) };
  } catch (error) {
    if (error instanceof FaultError) return null;
    throw error;
  }
}
