import type { CallRate, WaitReason } from '../model/call.ts';
import type { Clock } from '../model/clock.ts';
import type { Secrets } from '../model/settings.ts';
import type { SharedLimits } from '../model/shared-limits.ts';
import type { SafeText } from '../model/text.ts';
import type { TokenShare } from '../model/token-share.ts';

/** The inputs of a vendor's adapter for one connection. No call was made for them yet. */
export interface VendorSetup {
  /** The connection's name. */
  readonly name: string;
  /** What people call it: the setting `title`, or the name. */
  readonly title: string;
  /** Declared settings, checked, defaults filled in, `{baseUrl}` and the like replaced. */
  readonly settings: Readonly<Record<string, string>>;
  /** Called at first use, at most once at a time. Throws `signed-out` faults. */
  secrets(): Promise<Secrets>;
  /** Where its secrets come from, which decides what to do about wrong ones. */
  readonly secretsIn: 'keychain' | 'environment';
  /** Shares tokens with this user's other processes; absent if no store can hold them. */
  readonly shareToken?: TokenShare;
  /** Counts the calls of its account with those of a team; absent: this process counts alone. */
  readonly sharedLimits?: SharedLimits;
  readonly clock: Clock;
  /** Why this connection refuses changes now, as a sentence; null: writes are allowed. */
  allowWrites(): string | null;
  /** After every request, the token's included. */
  onCall?(call: CallRecord): void;
  /** After every request that was not aborted. */
  onContact?(contact: ContactNotice): void;
  /** A read waits before it begins or tries again. */
  onWait?(wait: WaitNotice): void;
  /** A token was fetched. */
  onToken?(token: TokenNotice): void;
}

/** One request and its answer, without secrets, query, headers or bodies. */
export interface CallRecord {
  readonly connection: string;
  readonly method: string;
  readonly path: SafeText;
  /** Null where no answer came. */
  readonly status: number | null;
  readonly milliseconds: number;
  readonly correlationId: SafeText | null;
  /** Remaining calls in the vendor's rate-limit window; null if the vendor does not say. */
  readonly limitLeft: number | null;
  /** When it began, ISO 8601 UTC. */
  readonly at: string;
}

export interface ContactNotice {
  readonly connection: string;
  /** The vendor answered without a server error; a refusal counts as an answer. */
  readonly isAnswered: boolean;
}

export interface WaitNotice {
  readonly connection: string;
  readonly milliseconds: number;
  readonly why: WaitReason;
  /** Of `limit`: the one that is waited for. */
  readonly limit: CallRate | null;
}

export interface TokenNotice {
  readonly connection: string;
  /** Milliseconds since the epoch; infinity where nothing ends it. */
  readonly endsAt: number;
}
