import type { KeptRead, ReadValue, Vendor } from '../api/contract.ts';
import { withoutLicenseKeys } from '../api/license-key.ts';
import type { Clock } from '../model/clock.ts';
import type { CacheWriter } from '../store/cache-writer.ts';
import type { AnswerKey, Keeping } from '../store/stored-answers.ts';

export interface KeepDeps {
  readonly cache: Pick<CacheWriter, 'keepAnswer'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** A new answer of a vendor. */
export interface FreshAnswer<Value> {
  readonly value: Value;
  /** ISO 8601 UTC: before it was asked. */
  readonly readAt: string;
  readonly keeping: Keeping;
}

/** Asks a vendor and caches the answer without licence keys. Throws what `ask` throws. */
export async function keepingAnswer<Name extends KeptRead>(
  { cache, clock }: KeepDeps,
  { account }: Pick<Vendor, 'account'>,
  key: AnswerKey & { readonly read: Name },
  ask: () => Promise<ReadValue<Name>>,
): Promise<FreshAnswer<ReadValue<Name>>> {
  const askedAt = clock.now();
  const value = withoutLicenseKeys(await ask());
  const keeping = cache.keepAnswer({ ...key, account, askedAt, value });
  return { value, readAt: new Date(askedAt).toISOString(), keeping };
}
