import type { Draft, No, Reading, Vendor } from '../api/contract.ts';
import { type Fault, fault } from '../model/fault.ts';
import type { Subscription } from '../model/subscription.ts';
import type { OperationId } from './registry.ts';

/** What the vendor would do, or why there is nothing to do, or why it cannot be. */
export type Drafted =
  | {
      readonly kind: 'draft';
      /** The operation that it is in the end: a request to cancel may be one to delete. */
      readonly verb: OperationId;
      readonly draft: Draft;
      /** What to type instead of the subscription's id or name. */
      readonly confirmations?: readonly string[];
    }
  | { readonly kind: 'nothing'; readonly sentence: string }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** What stands behind a subscription that was read for a plan. */
export type Behind = Pick<Reading, 'raw' | 'exact'>;

/**
 * A request about a subscription, asked in two steps. `impossible`: what is wrong with the request itself, or why this
 * connection can never do it, found without any network call. `ready`: the rest depends on the subscription, read fresh.
 */
export type Preparation =
  | { readonly kind: 'impossible'; readonly fault: Fault }
  | {
      readonly kind: 'ready';
      /** `reading`: the vendor's object behind the target, and its texts as the vendor wrote them. */
      draft(target: Subscription, signal: AbortSignal | undefined, reading: Behind): Drafted | Promise<Drafted>;
    };

/** Of a vendor that no plan can be made for. */
export const changesNothing: No = { no: 'This vendor changes nothing.', because: 'vendor' };

export function impossible(why: Fault): Preparation {
  return { kind: 'impossible', fault: why };
}

export function denied(no: No, vendor: Vendor, instead?: string): Preparation {
  return impossible(deniedByVendor(no, vendor.connection, instead));
}

/** A reason instead of an ability, as a fault. `instead`: what does the same in the vendor's own way. */
export function deniedByVendor(no: No, connection: string, instead?: string): Fault {
  const ways = {
    vendor: 'subdeck vendors shows what each vendor can do.',
    connection: 'Use a connection whose level, edition or role may do it.',
    'not-yet': "Do it in the vendor's own portal.",
  } as const;
  return fault('denied', no.no, instead ?? ways[no.because], { connection }).fault;
}
