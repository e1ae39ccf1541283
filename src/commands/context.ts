import type { Abilities, DeadlineRules, NotYet, ProbeReport, Vendor } from '../api/contract.ts';
import type { Journal } from '../journal/journal.ts';
import type { AccountFact } from '../model/account.ts';
import type { CallLog } from '../model/call.ts';
import type { Clock } from '../model/clock.ts';
import type { Settings } from '../model/settings.ts';
import type { VendorId } from '../model/vendor.ts';
import type { Cache } from '../query/cache-reader.ts';
import type { Remembered } from '../state/table-layout.ts';
import type { SyncScheduler } from '../sync/sync-scheduler.ts';
import type { Writes } from '../writes/contract.ts';
import type { Setup } from './setup.ts';

/** Everything a command may use, built once by `open-app.ts`. Costly parts are made at first use. */
export interface Context {
  readonly clock: Clock;
  readonly settings: Settings;
  /** Live: `setMode` changes what it says, everywhere at once. */
  readonly mode: Mode;
  setMode(change: Partial<Mode>): void;
  readonly cache: Cache;
  readonly journal: Journal;
  readonly writes: Writes;
  readonly connections: Connections;
  /** Every call to a vendor since the start, as far as it is remembered. */
  readonly calls: CallLog;
  readonly sync: SyncScheduler;
  readonly setup: Setup;
  readonly paths: FilePaths;
  /** How the console was left: its tables, saved views, and what was taken in its box. */
  readonly remembered: RememberedFile;
}

/** What a command needs to read rows: the cache, and the vendors for what the cache does not hold. */
export type ReadContext = Pick<Context, 'cache' | 'clock' | 'connections' | 'mode' | 'sync'>;

/** A small file beside the journal. What cannot be read counts as nothing, and what cannot be written is let go: neither may stop a console. */
export interface RememberedFile {
  read(): Remembered;
  keep(remembered: Remembered): void;
}

/** Where this installation keeps its files; absolute paths. */
export interface FilePaths {
  readonly settings: string;
  readonly cache: string;
  readonly journal: string;
  readonly logs: string;
}

export interface Mode {
  readonly offline: boolean;
  readonly readOnly: boolean;
}

export interface Connections {
  /** In the order of the settings. */
  readonly list: readonly ConnectionSummary[];
  /** Signs nothing in: tokens are fetched by the first call. Throws `missing` or `signed-out` faults. */
  vendor(name: string): Promise<Vendor>;
  /** Checks what is assumed about the vendor against the live service, reading only. Throws `FaultError`. */
  probe(name: string, signal?: AbortSignal): Promise<ProbeReport>;
  /** What each kind of connection can do, whether or not there is such a connection. */
  abilityMatrix(): Promise<readonly VendorAbilities[]>;
}

/** What one kind of connection can do: the vendor's title, with its variant where it has several. */
export interface VendorAbilities {
  readonly kind: string;
  readonly vendor: VendorId;
  /** As the vendor calls itself. */
  readonly title: string;
  /** Which of the vendor's kinds, in words; null where it has only one. */
  readonly variant: string | null;
  readonly abilities: Abilities;
  readonly notYet: readonly NotYet[];
}

export interface ConnectionSummary extends AccountFact {
  readonly deadlines: DeadlineRules;
  readonly name: string;
  readonly title: string;
  readonly vendor: VendorId;
}
