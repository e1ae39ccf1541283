import type { SafeText } from './text.ts';

const requestStates = ['pending', 'running', 'done', 'failed', 'unknown'] as const;
export type RequestState = (typeof requestStates)[number];

/** A change the vendor accepted and is still working on. Its id is its journal entry's (contract §4). */
export interface Request {
  readonly id: string;
  readonly ref: string;
  readonly state: RequestState;
  readonly vendorState: SafeText | null;
  readonly vendorRequestId: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly startedAt: string;
  readonly checkedAt: string | null;
  readonly nextCheckAt: string | null;
}
