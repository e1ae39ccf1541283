import type { Vendor } from '../api/contract.ts';
import type { Journal, JournalReader, JournalWriter } from '../journal/journal.ts';
import type { Clock } from '../model/clock.ts';
import type { Cache } from '../query/cache-reader.ts';
import type { Arming } from './arming.ts';
import type { KnownConnections } from './connections.ts';
import type { WriteMode } from './denied.ts';
import type { KeyDigester } from './key-digester.ts';

/** Dependencies of planning and sending. */
export interface WriteDeps {
  /** Without the read-only copy for screens: decisions use stored data only. */
  readonly journal: JournalWriter & Pick<JournalReader, 'health'>;
  readonly cache: Pick<Cache, 'subscription' | 'node' | 'subscriptionWindow' | 'keep' | 'outdateAnswers'>;
  readonly connections: KnownConnections;
  /** Throws `missing` or `signed-out` faults. */
  readonly vendorOf: (connection: string) => Promise<Vendor>;
  readonly clock: Clock;
  readonly mode: WriteMode;
  /** The operating system's user name. */
  readonly by: string;
  /** Absent: every connection is armed. */
  readonly arming?: Arming;
  /** Compares licence keys; null if no keychain stores its secret. Absent: never. */
  readonly digester?: () => Promise<KeyDigester | null>;
}

/** The same with the whole journal: events for screens come from its copy. */
export interface FollowDeps extends WriteDeps {
  readonly journal: Journal;
}
