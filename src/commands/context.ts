import type {
  Abilities,
  AbilityName,
  Charging,
  DeadlineRules,
  No,
  NotYet,
  PortalAddress,
  PortalPlace,
  ProbeReport,
  ProductPlace,
  Vendor,
  WriteAbilityName,
} from '../api/contract.ts';
import type { Journal, JournalReader, JournalWriter } from '../journal/journal.ts';
import type { AccountFact } from '../model/account.ts';
import type { AssistantCallLog } from '../model/assistant-call.ts';
import type { CallLog } from '../model/call.ts';
import type { Clock } from '../model/clock.ts';
import type { OpenPlans } from '../model/open-plans.ts';
import type { ReadOnly } from '../model/read-only.ts';
import type { Settings } from '../model/settings.ts';
import type { VendorId } from '../model/vendor.ts';
import type { Cache } from '../query/cache-reader.ts';
import type { Remembered } from '../state/table-layout.ts';
import type { SyncScheduler } from '../sync/sync-scheduler.ts';
import type { TeamCommands } from '../team/contract.ts';
import type { Proposals } from '../writes/bulk/proposals.ts';
import type { Follower, Writes } from '../writes/contract.ts';
import type { Setup } from './setup.ts';

/** Everything a command may use, created once by `open-app.ts`. Costly parts are created at first use. */
export interface Context {
  readonly clock: Clock;
  readonly settings: Settings;
  /** Live: `setMode` changes it for every reader at once. */
  readonly mode: Mode;
  setMode(change: Partial<Mode>): void;
  readonly cache: Cache;
  readonly journal: Journal;
  readonly writes: Writes;
  readonly connections: Connections;
  /** The recent calls to vendors since the start. */
  readonly calls: CallLog;
  readonly sync: SyncScheduler;
  readonly setup: Setup;
  /** The store that several members share. */
  readonly team: TeamCommands;
  readonly paths: FilePaths;
  readonly surroundings: Surroundings;
  /** The network file system that a file is on, by name; null: none. */
  networkFileSystem(path: string): string | null;
  /** The plans that assistants proposed. */
  readonly proposals: Proposals;
  /** Plans that members of the team have on screen. */
  readonly openPlans: OpenPlans;
  /** The calls of assistants. */
  readonly assistantCalls: AssistantCallLog;
  /** The console's saved state: tables, saved views, and what was chosen in the palette. */
  readonly remembered: RememberedFile;
}

/** The program itself, and what is between it and the vendors. */
export interface Surroundings {
  readonly version: string;
  /** The commit that it was built from; null: it was not built in a checkout. */
  readonly commit: string | null;
  /** What HTTPS_PROXY asks for; `why` ends a sentence: no call leaves then. */
  readonly proxy:
    | { readonly kind: 'none' }
    | { readonly kind: 'used'; readonly name: string }
    | { readonly kind: 'refused'; readonly why: string };
}

/**
 * What a command may use that only reads. Nothing in it sends a write, and nothing changes settings, secrets, marks or the
 * outcome of a write. Vendors' answers refresh the cache, and open requests are polled.
 */
export interface ReadingContext
  extends Omit<Context, 'openPlans' | 'setMode' | keyof NarrowedToReads>,
    NarrowedToReads {}

interface NarrowedToReads {
  readonly cache: Omit<Cache, 'purge' | 'forget' | 'takeOver'>;
  readonly journal: JournalReader & Pick<JournalWriter, 'seen'>;
  readonly writes: Pick<Writes, 'recover'> & { readonly follower: Pick<Follower, 'pollNow' | 'settled'> };
  readonly connections: Omit<Connections, 'vendor' | 'declared'> & { vendor(name: string): Promise<ReadingVendor> };
  readonly setup: Pick<Setup, 'vendors' | 'secretSources' | 'keychainTrouble' | 'secretsGiven'>;
  readonly remembered: Pick<RememberedFile, 'read' | 'unread'>;
  readonly team: Pick<TeamCommands, 'checks' | 'current' | 'status'>;
  readonly proposals: Omit<Proposals, 'save'>;
  readonly assistantCalls: Pick<AssistantCallLog, 'all'>;
}

/** What menus are made of. */
export type DeclaredVendor = Pick<Vendor, 'abilities' | 'charging' | 'updates' | 'lists'>;

/** A vendor whose abilities to write can be told and not called: what they make could be sent. */
export type ReadingVendor = Omit<Vendor, 'abilities' | 'licenseKey'> & { readonly abilities: ReadingAbilities };
export type ReadingAbilities = Pick<Abilities, Exclude<AbilityName, WriteAbilityName>> & {
  readonly [A in WriteAbilityName]: No | ((...uncallable: never) => unknown);
};

/** What a command needs to read rows: the cache, and the vendors for what is not cached. */
export type ReadContext = Pick<ReadingContext, 'cache' | 'clock' | 'connections' | 'mode' | 'sync'>;

/**
 * A small file beside the journal. A file that cannot be read counts as empty, and a failed write is ignored: neither
 * may stop the console.
 */
export interface RememberedFile {
  read(): Remembered;
  /** What it holds and this version cannot read, by name: it stays there. */
  unread(): readonly string[];
  /** `how` gets what stands in the file, where another console may have put something meanwhile. */
  change(how: (kept: Remembered) => Remembered): void;
}

/** The directories of this installation; absolute paths. */
export interface FilePaths {
  readonly settings: string;
  readonly cache: string;
  readonly journal: string;
  readonly logs: string;
  /** The directory of plans that assistants proposed. */
  readonly proposals: string;
}

export interface Mode {
  readonly offline: boolean;
  readonly readOnly: ReadOnly;
}

export interface Connections {
  /** In the order of the settings. */
  readonly list: readonly ConnectionSummary[];
  /** Makes no call: tokens are fetched by the first call. Throws `missing` or `signed-out` faults. */
  vendor(name: string): Promise<Vendor>;
  /** Why a connection with these settings has no such ability, or null. Makes no call, and answers offline too. */
  whyNot(name: string, ability: AbilityName): Promise<No | null>;
  /** What the vendor of a connection can do by its declaration, also offline; it has no secrets to call with. Throws `missing`. */
  declared(name: string): Promise<DeclaredVendor>;
  /** Checks the assumptions about the vendor against the live service with reads only. Throws `FaultError`. */
  probe(name: string, signal?: AbortSignal): Promise<ProbeReport>;
  /** What each kind of connection can do, whether or not such a connection exists. */
  abilityMatrix(): Promise<readonly VendorAbilities[]>;
}

/** What one kind of connection can do: the vendor's title, with its variant if it has several. */
export interface VendorAbilities {
  readonly kind: string;
  readonly vendor: VendorId;
  /** The vendor's own name. */
  readonly title: string;
  /** Which of the vendor's kinds, as text; null if it has only one. */
  readonly variant: string | null;
  readonly abilities: Abilities;
  readonly notYet: readonly NotYet[];
}

export interface ConnectionSummary extends AccountFact {
  readonly deadlines: DeadlineRules;
  readonly charging: Charging;
  /** What its lists of products differ by. */
  readonly productsBy: readonly (keyof ProductPlace)[];
  /** The page of the vendor's portal that shows a place. */
  portal(place: PortalPlace): PortalAddress;
  readonly name: string;
  readonly title: string;
  readonly vendor: VendorId;
}
