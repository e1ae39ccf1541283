import type { Draft, Unsaid } from '../api/contract.ts';
import type { PlanPart } from '../journal/journal.ts';
import type { AccountKey } from '../model/account.ts';
import type { Fault } from '../model/fault.ts';
import type { Instant } from '../model/instant.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import type { KeyDigest } from '../model/key-digest.ts';
import type { RememberedName } from '../model/remembered-name.ts';
import type { Request } from '../model/request.ts';
import type { Named, Subscription } from '../model/subscription.ts';
import type { JsonObject } from '../model/text.ts';
import type { OperationId, WriteRequest } from '../operations/registry.ts';
import type { Arming } from './arming.ts';

/** A write request that was looked up and can be sent: what the console and the command line show before they ask. */
export interface Plan {
  readonly writeRequest: WriteRequest;
  readonly verb: OperationId;
  readonly ref: string;
  /** Fresh from the vendor; null only for a create. */
  readonly target: Subscription | null;
  readonly connection: string;
  /** The account it was planned on; nothing is sent to another. */
  readonly account: AccountKey;
  readonly organization: Named | null;
  readonly sentence: string;
  readonly rule: string;
  readonly irreversible: boolean;
  readonly before: JsonObject;
  readonly after: JsonObject;
  /** "about −302.40 EUR a month", where the price of a seat, its currency and monthly billing are known. */
  readonly money?: string;
  /** What differs from the row that was on screen, in words: "price 40.00 → 42.00". */
  readonly changedSince: readonly string[];
  /** What the vendor did not say of the target. */
  readonly unsaid: readonly Unsaid[];
  /** Names among that, as the cache has them. */
  readonly remembered: readonly RememberedName[];
  /** What must be typed exactly (any one of them) when `irreversible`; the CLI's `--confirm` takes the first. */
  readonly confirmations: readonly string[];
  readonly draft: Draft;
  /** The newest journal entry when planning began: a write on the same target that began after it makes the plan stale. */
  readonly plannedAfter?: string;
  /** When the vendor was asked for `target`. Absent: nobody knows, and it is asked again before anything is sent. */
  readonly readAt?: Instant;
  /** For a licence key, where a keychain keeps the digest's secret. */
  readonly keyDigest?: KeyDigest;
  /** For a licence key without one: see `readHistoryBefore`. */
  readonly historyBefore?: number;
}

/** What planning can end in. `nothing`: the write request already holds, so nothing is to be sent (exit 0). */
export type Planned =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'nothing'; readonly sentence: string }
  | { readonly kind: 'fault'; readonly fault: Fault };

export interface WriteResult {
  readonly outcome: 'done' | 'accepted' | 'refused' | 'unknown' | 'unsent';
  readonly journalId: string | null;
  readonly request: Request | null;
  /** Null beside `done` and `accepted`. */
  readonly fault: Fault | null;
  /** After a create that says which subscription it made. */
  readonly createdRef?: string;
  /** Beside `done`: what of it could not be compared with what the vendor shows, or what else speaks against it. */
  readonly left?: string;
}

/** Planning and sending writes: the console and the command line use these and nothing else to write. */
export interface Writes {
  /** Why no write may be sent at all (offline, read-only, a journal that takes none), or null. For asking before a plan is shown. */
  denied(): Fault | null;
  /**
   * Reads the target fresh, asks the vendor for its draft. Sends nothing, and works in read-only mode too (`--dry-run`).
   * `seen`: the row that was on screen. An open earlier write on the same target is a fault of kind `refused` (exit 6).
   */
  plan(writeRequest: WriteRequest, seen: Subscription | null, signal?: AbortSignal): Promise<Planned>;
  /**
   * Journals the intent, sends each step once, journals the answer, refreshes the row. Never throws for an expected failure.
   * A plan that stood open for a while is read again first: when the row differs from it, nothing is sent (`refused`).
   */
  apply(
    plan: Plan,
    options: {
      readonly reason: string | null;
      readonly onStep?: (step: StepProgress) => void;
      /** Which row of which plan file this is: a row that may have reached the vendor is never sent again. */
      readonly part?: PlanPart;
    },
  ): Promise<WriteResult>;
  readonly follower: Follower;
  /** Ends or turns to `unknown` what processes that are gone left open. No network. Called once on every start. */
  recover(): Promise<void>;
  /**
   * Looks at the vendor what became of a write whose end nobody knows, and settles it where the vendor's own words prove
   * it. Returns the entry as it stands then. Throws a `FaultError` when there is nothing to settle or the vendor cannot be read.
   */
  settle(id: string, signal?: AbortSignal): Promise<JournalEntry>;
  /** A person looked and says what became of it; an entry that has its end is corrected. Throws a `FaultError` where it says so already. */
  settleByPerson(id: string, as: 'applied' | 'not-applied'): Promise<JournalEntry>;
  /** Asks the vendors once about everything open, then the news: for a start. Never throws for a vendor that cannot be asked. */
  pollOpenRequests(signal?: AbortSignal): Promise<News>;
  /** Write mode by connection (setting `armMinutes`), enforced where writes are sent. */
  readonly arming: Arming;
}

export interface News {
  readonly settled: readonly JournalEntry[];
  readonly rejected: readonly JournalEntry[];
  /** "3 settled while you were away, 1 rejected"; null: nothing. */
  readonly sentence: string | null;
}

export interface StepProgress {
  readonly name: string;
  readonly index: number;
  readonly count: number;
  readonly state: 'sending' | 'done' | 'refused' | 'unknown' | 'unsent';
}

/** Looks after accepted requests until they settle, wherever the user is. */
export interface Follower {
  /** Starts polling what is open, also what an earlier run left. */
  start(): void;
  stop(): void;
  /** One look now, whatever the schedule says. */
  pollNow(id: string, signal?: AbortSignal): Promise<Request>;
  /** Resolves when the request settled, or with its last state when `signal` aborts. */
  settled(id: string, signal?: AbortSignal): Promise<Request>;
  open(): readonly Request[];
  subscribe(listener: (event: FollowerEvent) => void): () => void;
}

export type FollowerEvent =
  | { readonly kind: 'changed'; readonly request: Request }
  | { readonly kind: 'settled'; readonly request: Request; readonly entry: JournalEntry }
  /** A write whose answer was lost has found its end, or needs a person now. */
  | { readonly kind: 'reconciled'; readonly entry: JournalEntry };
