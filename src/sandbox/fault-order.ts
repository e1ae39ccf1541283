import type { VendorId } from '../model/vendor.ts';

/** What is to go wrong, and at which request. */
export interface FaultOrder {
  readonly vendor?: VendorId;
  readonly method?: string;
  /** A path, or its beginning when it ends in `*`; case does not matter. */
  readonly path?: string;
  /** Which matching request, counted from 1; absent: every one. */
  readonly nth?: number;
  readonly do: 'drop-before' | 'drop-after' | 'delay' | 'status' | 'truncate' | 'bad-json' | 'drip' | 'revoke';
  /** For `status`: what to answer; 503 where absent. */
  readonly status?: number;
  /** For `delay`: how long the finished answer waits (2000). For `drip`: how long it drips before the rest comes at once (10,000). */
  readonly milliseconds?: number;
}
