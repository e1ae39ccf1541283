import type { CachedSubscription } from '../model/subscription.ts';
import type { CacheWriter } from '../store/cache-writer.ts';
import type { Freshness } from '../store/connections-table.ts';

/** The part of the cache that sync needs. */
export interface SyncedCache extends CacheWriter {
  /** Rows written by other threads are visible from the next answer on. */
  refreshSnapshot(): void;
  subscription(connection: string, id: string): CachedSubscription | null;
  freshness(connection: string): Freshness;
}
