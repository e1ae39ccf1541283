import type { SafeText } from './text.ts';

/** One call to a vendor and its answer, without secrets, query, headers or bodies. */
export interface Call {
  /** Counts up from 1 while the program runs. */
  readonly id: string;
  readonly connection: string;
  readonly method: string;
  readonly path: SafeText;
  /** Null if no answer arrived. */
  readonly status: number | null;
  readonly milliseconds: number;
  readonly correlationId: SafeText | null;
  /** Remaining calls in the vendor's rate-limit window; null if the vendor does not say. */
  readonly limitLeft: number | null;
  /** When it began, ISO 8601 UTC. */
  readonly at: string;
}

/** No answer arrived, or its status is 400 or higher. */
export function hasFailed({ status }: Pick<Call, 'status'>): boolean {
  return status === null || status >= 400;
}

/** A vendor's recent health, from the recorded calls. */
export interface VendorHealth {
  readonly connection: string;
  readonly calls: number;
  /** Calls that failed. */
  readonly errors: number;
  /** Median milliseconds of the answered ones; null if there are none. */
  readonly median: number | null;
  readonly limitLeft: number | null;
  /** When the token expires, ISO 8601 UTC; null: none was fetched, or it does not expire. */
  readonly tokenEndsAt: string | null;
  /** When a waiting read begins or tries again (ISO 8601 UTC); null: none waits. */
  readonly waitsUntil: string | null;
  readonly waitsFor: WaitReason | null;
  /** Of `limit`: the one that it waits for. */
  readonly waitsLimit: CallRate | null;
}

/**
 * Why a read waits. `limit`: for the next window of the vendor's declared limit; `throttled`: the vendor asked for a pause;
 * `no-answer`: before it tries again.
 */
export type WaitReason = 'limit' | 'throttled' | 'no-answer';

/** So many calls in a window of so many seconds. */
export interface CallRate {
  readonly calls: number;
  readonly seconds: number;
}

/** What one connection did since the program started. */
export interface CallTotals {
  readonly calls: number;
  /** Milliseconds in which its reads waited. */
  readonly waited: Readonly<Record<WaitReason, number>>;
  /** Null: none of its reads waits. */
  readonly wait: PresentWait | null;
}

/** A wait that goes on. */
export interface PresentWait {
  /** When it ends, in milliseconds since the epoch. */
  readonly until: number;
  readonly why: WaitReason;
  readonly limit: CallRate | null;
}

/** The latest calls of this process, up to a limit. */
export interface CallLog {
  /** Newest first. */
  all(): readonly Call[];
  vendorHealth(connection: string): VendorHealth;
  totals(connection: string): CallTotals;
  /** Whether the latest call was answered without a server error; null: none was made. */
  answers(connection: string): boolean | null;
  /** Increases with every call and wait. */
  revision(): number;
}
