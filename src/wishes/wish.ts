import type { Draft } from '../api/vendor.ts';
import type { Fault } from '../model/fault.ts';
import type { JournalEntry, Verb } from '../model/journal-entry.ts';
import type { Request } from '../model/request.ts';
import type { Named, Subscription } from '../model/subscription.ts';
import type { JsonObject } from '../model/text.ts';

/** What a person asked for, from either door, before anything was looked up. */
export type Wish =
  | { readonly verb: 'cancel'; readonly ref: string; readonly mode: 'cancel' | 'delete' | null }
  | { readonly verb: 'set-quantity'; readonly ref: string; readonly quantity: number }
  | { readonly verb: 'set-license'; readonly ref: string; readonly licenseKey: string }
  | { readonly verb: 'update'; readonly ref: string; readonly changes: Readonly<Record<string, string>> }
  | { readonly verb: 'suspend' | 'reactivate' | 'reservation-withdraw'; readonly ref: string }
  | {
      readonly verb: 'renewal-set' | 'reservation-create';
      readonly ref: string;
      readonly changes: Readonly<Record<string, string>>;
    }
  | { readonly verb: 'addon-cancel'; readonly ref: string; readonly addonId: string }
  | {
      readonly verb: 'create';
      readonly connection: string;
      readonly organizationId: string;
      readonly serviceId: string;
      readonly productId: string;
      readonly quantity: number;
      readonly name: string | null;
    };

/** A wish that was looked up and can be sent: what both doors show before they ask. */
export interface Plan {
  readonly wish: Wish;
  readonly verb: Verb;
  readonly ref: string;
  /** Fresh from the vendor; null only for a create. */
  readonly target: Subscription | null;
  readonly connection: string;
  readonly organization: Named | null;
  readonly sentence: string;
  readonly rule: string;
  readonly irreversible: boolean;
  readonly before: JsonObject;
  readonly after: JsonObject;
  /** What differs from the row that was on screen, in words: "price 40.00 → 42.00". */
  readonly changedSince: readonly string[];
  /** What must be typed exactly (any one of them) when `irreversible`; the CLI's `--confirm` takes the first. */
  readonly confirmations: readonly string[];
  readonly draft: Draft;
}

/** What planning can end in. `nothing`: the wish already holds, so nothing is to be sent (exit 0). */
export type Planned =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'nothing'; readonly sentence: string }
  | { readonly kind: 'fault'; readonly fault: Fault };

export interface WriteResult {
  readonly outcome: 'done' | 'accepted' | 'refused' | 'unknown' | 'unsent';
  readonly journalId: string | null;
  readonly request: Request | null;
  readonly fault: Fault | null;
}

/** The wishes' staircase down: both doors use these three and nothing else to write. */
export interface Wishes {
  /** Reads the target fresh, asks the vendor for its draft. Sends nothing. `seen`: the row that was on screen. */
  plan(wish: Wish, seen: Subscription | null, signal?: AbortSignal): Promise<Planned>;
  /** Journals the intent, sends each step once, journals the answer, refreshes the row. Never throws for an expected failure. */
  apply(
    plan: Plan,
    options: { readonly reason: string | null; readonly onStep?: (step: StepProgress) => void },
  ): Promise<WriteResult>;
  readonly follower: Follower;
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
  lookNow(id: string, signal?: AbortSignal): Promise<Request>;
  /** Resolves when the request settled, or with its last state when `signal` aborts. */
  settled(id: string, signal?: AbortSignal): Promise<Request>;
  open(): readonly Request[];
  subscribe(listener: (event: FollowerEvent) => void): () => void;
}

export type FollowerEvent =
  | { readonly kind: 'changed'; readonly request: Request }
  | { readonly kind: 'settled'; readonly request: Request; readonly entry: JournalEntry };
