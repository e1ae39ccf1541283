import type { SafeText } from './text.ts';

export const requestStates = ['pending', 'running', 'done', 'failed', 'unknown'] as const;
export type RequestState = (typeof requestStates)[number];

/** A change the vendor accepted and does not show yet. Its id is its journal entry's (contract §4). */
export interface Request {
  readonly id: string;
  readonly ref: string;
  readonly state: RequestState;
  /** The vendor's word for it; where it names no request, what it shows of the subscription. */
  readonly vendorState: SafeText | string | null;
  readonly vendorRequestId: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly startedAt: string;
  readonly checkedAt: string | null;
  readonly nextCheckAt: string | null;
  /** The vendor says that it is done: its own rows are read until they show it. */
  readonly answeredDone: boolean;
}
