import type { CachedSubscription } from '../model/subscription.ts';
import type { CacheWriter } from '../store/cache-writer.ts';
import type { Freshness } from '../store/connections-table.ts';

/** What reading into the cache needs of it. */
export interface SyncedCache extends CacheWriter {
  /** What other threads kept counts from the next answer on. */
  refreshSnapshot(): void;
  subscription(connection: string, id: string): CachedSubscription | null;
  freshness(connection: string): Freshness;
}
