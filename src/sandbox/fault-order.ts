import type { VendorId } from '../model/vendor.ts';

/** Every kind of fault, and its effect on a request. */
export const faultKinds = {
  'drop-before': 'the line is cut, and nothing is done',
  'drop-after': 'it is done, and the line is cut in place of the answer',
  delay: 'it is done, and the answer waits for `milliseconds` (2000)',
  status: "answered with `status` (503) in the vendor's own way, and nothing is done",
  truncate: 'it is done, and half of the answer comes under the length of the whole',
  'bad-json': 'it is done, and the body of the answer is not JSON',
  drip: 'it is done, and the answer comes a byte at a time for `milliseconds` (10,000)',
  revoke: 'the token that it carries is worth nothing from then on',
  'no-effect': 'answered as if it were done, or with `body` (status 200, or `status`), and nothing is done',
  lag: 'answered as if it were done, and done `milliseconds` (10,000) later',
  'leave-out':
    'a list answers without the rows of `ids`, or without all behind the first `keep`; `uncounted`: its total is without them',
  'other-effect': 'answered as if it were done, and `instead` (`method`, `path`, `body`) is done in its place',
} as const;
type FaultKind = keyof typeof faultKinds;

/** A fault, and the request it applies to. */
export interface FaultOrder {
  readonly vendor?: VendorId;
  readonly method?: string;
  /** A path, or its beginning when it ends in `*`; case does not matter. */
  readonly path?: string;
  /** Which matching request, counted from 1; default: every one. */
  readonly nth?: number;
  readonly do: FaultKind;
  /** For `status`: the status; default 503. */
  readonly status?: number;
  /**
   * For `delay`: how long the finished answer waits (2000). For `drip`: how long it drips before the rest follows at
   * once (10,000). For `lag`: how long after its answer the request is carried out (10,000).
   */
  readonly milliseconds?: number;
  /** For `no-effect`: the JSON to answer with (status 200, or `status`) instead of the vendor's own answer. */
  readonly body?: unknown;
  /** For `leave-out`. */
  readonly ids?: readonly string[];
  readonly keep?: number;
  readonly uncounted?: boolean;
  /** For `other-effect`: what is carried out instead, with the headers of the request. */
  readonly instead?: { readonly method: string; readonly path: string; readonly body?: unknown };
}
