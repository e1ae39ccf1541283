import type { SafeText } from './text.ts';

export const requestStates = ['pending', 'running', 'done', 'failed', 'unknown'] as const;
export type RequestState = (typeof requestStates)[number];

/** A change that the vendor accepted and does not show yet. Its id is its journal entry's. */
export interface Request {
  readonly id: string;
  readonly ref: string;
  readonly state: RequestState;
  /** The vendor's state of it; if the vendor has no request ids, what it shows of the subscription. */
  readonly vendorState: SafeText | string | null;
  readonly vendorRequestId: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly startedAt: string;
  readonly checkedAt: string | null;
  readonly nextCheckAt: string | null;
  /** The vendor reports it done: its rows are read until they show it. */
  readonly answeredDone: boolean;
}
