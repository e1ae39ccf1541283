import type { Journal } from '../journal/journal.ts';
import type { AccountKey } from '../model/account.ts';
import type { CallLog } from '../model/call.ts';
import type { Clock } from '../model/clock.ts';
import type { VendorId } from '../model/vendor.ts';
import type { CacheReader } from '../query/cache-reader.ts';
import type { Writes } from '../writes/contract.ts';

/** How far a connection is read. */
export interface Reading {
  readonly done: number;
  readonly total: number | null;
  readonly rowsPerSecond: number;
  /** Milliseconds; null where nobody can tell. */
  readonly left: number | null;
}

/** What the projector follows. The context of the commands is one of these. */
export interface Sources {
  readonly clock: Clock;
  readonly cache: CacheReader;
  readonly journal: Journal;
  readonly connections: {
    readonly list: readonly {
      readonly name: string;
      readonly title: string;
      readonly vendor: VendorId;
      readonly account: AccountKey;
    }[];
  };
  readonly sync: {
    running(): readonly (Reading & { readonly connection: string })[];
    /** Indexes of what was read are being made. */
    isTidying(): boolean;
    subscribe(listener: () => void): () => void;
  };
  readonly calls: CallLog;
  readonly writes: Pick<Writes, 'follower' | 'usualDuration' | 'arming'>;
}
