import type { IncomingHttpHeaders } from 'node:http';
import type { VendorSetup } from '../setup.ts';
import type { CallQueue } from './call-queue.ts';
import type { Subject } from './read-fault.ts';
import type { Requests } from './requests.ts';
import type { RetryBudget } from './retry.ts';

/** What the two clients of one connection share: the line, and how the vendor's API is spoken to. */
export interface ClientDeps {
  readonly setup: VendorSetup;
  readonly line: Requests;
  /** Every read takes its turn here. */
  readonly queue: CallQueue;
  /** The budget for retries of reads. */
  readonly budget: RetryBudget;
  readonly baseUrl: URL;
  readonly subject: Subject;
  readonly signInAgainOn: readonly number[];
  /** The headers of a call with this token. */
  headersFor(token: string): Readonly<Record<string, string>>;
  waitOf(headers: IncomingHttpHeaders): number | null;
  /** An answer said "too many calls", and asked for this pause: it holds for all members of a team. */
  throttled(waitMs: number | null): void;
  /** A write is sent: members of a team count it as well. It waits for nothing. */
  countWrite(): void;
}
