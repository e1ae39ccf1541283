import type { Draft, Unsaid } from '../api/contract.ts';
import type { PlanPart } from '../journal/journal.ts';
import type { AccountKey } from '../model/account.ts';
import type { Fault } from '../model/fault.ts';
import type { Instant } from '../model/instant.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import type { KeyDigest } from '../model/key-digest.ts';
import type { PlanMoney } from '../model/plan-money.ts';
import type { RememberedName } from '../model/remembered-name.ts';
import type { Request } from '../model/request.ts';
import type { Named, Subscription } from '../model/subscription.ts';
import type { JsonObject } from '../model/text.ts';
import type { OperationId, WriteRequest } from '../operations/registry.ts';
import type { Arming } from './arming.ts';

/** A write request that was checked with the vendor and can be sent: shown before confirmation. */
export interface Plan {
  readonly writeRequest: WriteRequest;
  readonly verb: OperationId;
  readonly ref: string;
  /** As read from the vendor; null only for a create. */
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
  /** What it changes in money; null where nothing that is charged changes. */
  readonly money: PlanMoney | null;
  /** The differences from the row on screen, as text: "price 40.00 → 42.00". */
  readonly changedSince: readonly string[];
  /** Fields of the target that the vendor left out. */
  readonly unsaid: readonly Unsaid[];
  /** Names among those, from the cache. */
  readonly remembered: readonly RememberedName[];
  /** The texts to type exactly (one of them) if `irreversible`; `--confirm` takes the first. */
  readonly confirmations: readonly string[];
  readonly draft: Draft;
  /** The newest journal entry when planning began: a later write on the same target makes the plan stale. */
  readonly plannedAfter?: string;
  /** When `target` was read. Absent: unknown, and it is read again before anything is sent. */
  readonly readAt?: Instant;
  /** For a licence key, if a keychain stores the digest's secret. */
  readonly keyDigest?: KeyDigest;
  /** For a licence key without one: see `readHistoryBefore`. */
  readonly historyBefore?: number;
}

/** The results of planning. `nothing`: the request changes nothing, so nothing is to be sent (exit 0). */
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
  /** After a create that names the new subscription. */
  readonly createdRef?: string;
  /** Beside `done`: what could not be compared with the vendor's data, or contradicts it. */
  readonly left?: string;
  /** Beside `done` and `accepted`. */
  readonly wayBack?: OfferedWayBack;
}

/** What takes a write back once it is done, or why nothing does, a sentence. */
export type OfferedWayBack =
  | {
      readonly kind: 'offered';
      readonly writeRequest: WriteRequest;
      /** Its command: `subdeck subscription set-quantity nordic/sub-1 40`. */
      readonly words: string;
      /** `set-quantity 40`. */
      readonly short: string;
    }
  | { readonly kind: 'none'; readonly why: string };

/** Planning and sending writes: the console and the command line write through these only. */
export interface Writes {
  /**
   * Why no write may be sent at all (offline, read-only, an unwritable journal), or null. Checked before a plan is
   * shown.
   */
  denied(): Fault | null;
  /**
   * Reads the target from the vendor and asks for its draft. Sends nothing, and works in read-only mode too
   * (`--dry-run`). `seen`: the row that was on screen. An open earlier write on the same target is a fault of kind
   * `refused` (exit 6).
   */
  plan(writeRequest: WriteRequest, seen: Subscription | null, signal?: AbortSignal): Promise<Planned>;
  /**
   * Journals the intent, sends each step once, journals the answer, refreshes the row. Never throws for an expected
   * failure. An old plan's target is read again first: if it differs, nothing is sent (`refused`).
   */
  apply(
    plan: Plan,
    options: {
      readonly reason: string | null;
      readonly onStep?: (step: StepProgress) => void;
      /** The row of a plan file: one that may have reached the vendor is never sent again. */
      readonly part?: PlanPart;
    },
  ): Promise<WriteResult>;
  readonly follower: Follower;
  /**
   * Ends the entries that dead processes left open, or turns them `unknown`. No network. Called once at every start.
   */
  recover(): Promise<void>;
  /**
   * Reads the vendor to settle an unknown write, if its data proves the outcome. Returns the resulting entry. Throws a
   * `FaultError` if there is nothing to settle or the vendor cannot be read.
   */
  settle(id: string, signal?: AbortSignal): Promise<JournalEntry>;
  /**
   * Records the outcome that a person found out; a settled entry is corrected. Throws a `FaultError` if the entry
   * already has that outcome.
   */
  settleByPerson(id: string, as: 'applied' | 'not-applied'): Promise<JournalEntry>;
  /** Polls everything open once, then returns the news: for a start. Never throws for a vendor that cannot be read. */
  pollOpenRequests(signal?: AbortSignal): Promise<News>;
  /** Write mode by connection (setting `armMinutes`), enforced where writes are sent. */
  readonly arming: Arming;
}

export interface News {
  readonly settled: readonly JournalEntry[];
  readonly rejected: readonly JournalEntry[];
  /** "3 settled while you were away, 1 refused or not sent"; null: nothing. */
  readonly sentence: string | null;
}

export interface StepProgress {
  readonly name: string;
  readonly index: number;
  readonly count: number;
  readonly state: 'sending' | 'done' | 'refused' | 'unknown' | 'unsent';
}

/** Polls accepted requests until they settle, whatever screen is open. */
export interface Follower {
  /** Starts polling everything open, including entries of earlier runs. */
  start(): void;
  stop(): void;
  /** Polls once now, regardless of the schedule. */
  pollNow(id: string, signal?: AbortSignal): Promise<Request>;
  /** Resolves when the request settled, or with its last state when `signal` aborts. */
  settled(id: string, signal?: AbortSignal): Promise<Request>;
  open(): readonly Request[];
  subscribe(listener: (event: FollowerEvent) => void): () => void;
}

export type FollowerEvent =
  | { readonly kind: 'changed'; readonly request: Request }
  | { readonly kind: 'settled'; readonly request: Request; readonly entry: JournalEntry }
  /** An unknown write was settled, or needs a person now. */
  | { readonly kind: 'reconciled'; readonly entry: JournalEntry };
