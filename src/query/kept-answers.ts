import type { ProductPlace, ReadValue, SubscriptionRead } from '../store/stored-answers.ts';
import type { CacheReader } from './cache-reader.ts';

/** What a read of one thing gave, with its age. */
export interface Kept<Value> {
  readonly value: Value;
  /** ISO 8601 UTC. */
  readonly readAt: string;
  /** A write was sent for the subscription since. */
  readonly isOutdated: boolean;
  /** The connection that it was read through: the one asked for, or another one of its account. */
  readonly through: string;
}

/** What was read of a subscription last, through its connection or another one of the account; null: nothing is kept. */
export function keptRead<Name extends SubscriptionRead>(
  cache: Pick<CacheReader, 'answer'>,
  { connection, id }: { readonly connection: string; readonly id: string },
  read: Name,
): Kept<ReadValue<Name>> | null {
  return cache.answer({ connection, id, read }) as Kept<ReadValue<Name>> | null;
}

/** The list of products that was read of a place last. */
export function keptProducts(
  cache: Pick<CacheReader, 'answer'>,
  connection: string,
  place: ProductPlace,
): Kept<ReadValue<'products'>> | null {
  return cache.answer({ connection, place, read: 'products' }) as Kept<ReadValue<'products'>> | null;
}
