import type { Draft, ExactValues, No, Vendor } from '../../api/contract.ts';
import type { Fault } from '../../model/fault.ts';
import type { Verb } from '../../model/journal-entry.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { WriteRequest } from '../contract.ts';
import { deniedByVendor } from '../denied.ts';

/** What the vendor would do, or why there is nothing to do, or why it cannot be. */
export type Drafted =
  | {
      readonly kind: 'draft';
      readonly verb: Verb;
      readonly draft: Draft;
      /** What to type instead of the subscription's id or name. */
      readonly confirmations?: readonly string[];
    }
  | { readonly kind: 'nothing'; readonly sentence: string }
  | { readonly kind: 'fault'; readonly fault: Fault };

/**
 * A write request that names a subscription, asked in two steps. `wall`: what is wrong with the write request itself,
 * or why this connection can never do it, found without any network call. `ready`: the rest depends on the
 * subscription, read fresh.
 */
export type Preparation =
  | { readonly kind: 'impossible'; readonly fault: Fault }
  | {
      readonly kind: 'ready';
      /** `exact`: the target's texts as the vendor wrote them. */
      draft(target: Subscription, signal?: AbortSignal, exact?: ExactValues): Drafted | Promise<Drafted>;
    };

type WriteRequestOf<V, W = WriteRequest> = W extends { readonly verb: infer Own }
  ? V extends Own
    ? Omit<W, 'verb'>
    : never
  : never;

export type Prepare<V extends WriteRequest['verb']> = (vendor: Vendor, writeRequest: WriteRequestOf<V>) => Preparation;

export function impossible(fault: Fault): Preparation {
  return { kind: 'impossible', fault };
}

export function denied(no: No, vendor: Vendor, instead?: string): Preparation {
  return impossible(deniedByVendor(no, vendor.connection, instead));
}
