import type { Charging, DeadlineRules } from '../api/contract.ts';
import type { Journal } from '../journal/journal.ts';
import type { AccountKey } from '../model/account.ts';
import type { CallLog } from '../model/call.ts';
import type { Clock } from '../model/clock.ts';
import type { OpenPlans } from '../model/open-plans.ts';
import type { ReadOnly } from '../model/read-only.ts';
import type { LastRead, SyncProgress } from '../model/sync-progress.ts';
import type { VendorId } from '../model/vendor.ts';
import type { CacheReader } from '../query/cache-reader.ts';
import type { Proposals } from '../writes/bulk/proposals.ts';
import type { Writes } from '../writes/contract.ts';

/** The projector's inputs. The commands' context provides them. */
export interface Sources {
  readonly clock: Clock;
  readonly cache: CacheReader;
  readonly journal: Journal;
  /** Live. */
  readonly mode: { readonly readOnly: ReadOnly };
  readonly connections: {
    readonly list: readonly {
      readonly name: string;
      readonly title: string;
      readonly vendor: VendorId;
      readonly account: AccountKey;
      readonly deadlines: DeadlineRules;
      readonly charging: Charging;
    }[];
  };
  readonly sync: {
    running(): readonly SyncProgress[];
    lastReads(): readonly LastRead[];
    /** Indexes of new rows are being built. */
    isTidying(): boolean;
    subscribe(listener: () => void): () => void;
  };
  readonly calls: CallLog;
  readonly openPlans: Pick<OpenPlans, 'others' | 'revision'>;
  readonly proposals: Pick<Proposals, 'open' | 'revision'>;
  readonly writes: Pick<Writes, 'follower' | 'arming'>;
}
