import type { SafeText } from './text.ts';

/** One call to a vendor and its answer, without secrets, query, headers or bodies. */
export interface Call {
  /** Counts up from 1 while the program runs. */
  readonly id: string;
  readonly connection: string;
  readonly method: string;
  readonly path: SafeText;
  /** Null where no answer came. */
  readonly status: number | null;
  readonly milliseconds: number;
  readonly correlationId: SafeText | null;
  /** Calls that the vendor says are left in its rate-limit window; null where it does not say. */
  readonly limitLeft: number | null;
  /** When it began, ISO 8601 UTC. */
  readonly at: string;
}

/** No answer came, or one of 400 and more. */
export function hasFailed({ status }: Pick<Call, 'status'>): boolean {
  return status === null || status >= 400;
}

/** How a vendor has been of late, from the calls that are still remembered. */
export interface VendorHealth {
  readonly connection: string;
  readonly calls: number;
  /** Calls that failed. */
  readonly errors: number;
  /** Median milliseconds of the answered ones; null where there is none. */
  readonly median: number | null;
  readonly limitLeft: number | null;
  /** When the token runs out, ISO 8601 UTC; null: none was fetched, or nothing ends it. */
  readonly tokenEndsAt: string | null;
  /** A read waits until then (ISO 8601 UTC) before it tries again; null where none does. */
  readonly waitsUntil: string | null;
  readonly waitsFor: 'throttled' | 'no-answer' | null;
}

/** The calls of this run, a bounded number of them. */
export interface CallLog {
  /** Newest first. */
  all(): readonly Call[];
  vendorHealth(connection: string): VendorHealth;
  /** Grows with every call and wait. */
  revision(): number;
}
