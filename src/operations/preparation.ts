import type { Draft, No, Reading, Vendor } from '../api/contract.ts';
import { type Fault, fault } from '../model/fault.ts';
import type { Subscription } from '../model/subscription.ts';
import type { OperationId, WriteRequest } from './registry.ts';

/** What the vendor would do, or why there is nothing to do, or why it is impossible. */
export type Drafted =
  | {
      readonly kind: 'draft';
      /** The resulting operation: a cancellation request may become a deletion. */
      readonly verb: OperationId;
      readonly draft: Draft;
      /** The text to type instead of the subscription's id or name. */
      readonly confirmations?: readonly string[];
      /** The request with the id of what it called by a name. */
      readonly writeRequest?: WriteRequest;
    }
  | { readonly kind: 'nothing'; readonly sentence: string }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** The vendor's data on a subscription that was read for a plan. */
export type Behind = Pick<Reading, 'raw' | 'exact'>;

/**
 * A request on a subscription, planned in two steps. `impossible`: what is wrong with the request itself, or why this
 * connection does not support it, found without any call. `ready`: the rest depends on the current subscription.
 */
export type Preparation =
  | { readonly kind: 'impossible'; readonly fault: Fault }
  | {
      readonly kind: 'ready';
      /** `reading`: the vendor's object of the target, and its texts as the vendor wrote them. */
      draft(target: Subscription, signal: AbortSignal | undefined, reading: Behind): Drafted | Promise<Drafted>;
    };

/** For a vendor without any writes. */
export const changesNothing: No = { no: "This vendor's API is read-only.", because: 'vendor' };

export function impossible(why: Fault): Preparation {
  return { kind: 'impossible', fault: why };
}

export function denied(no: No, vendor: Vendor, instead?: string): Preparation {
  return impossible(deniedByVendor(no, vendor.connection, instead));
}

/** The reason for a missing ability, as a fault. `instead`: the vendor's own alternative. */
export function deniedByVendor(no: No, connection: string, instead?: string): Fault {
  const ways = {
    vendor: 'To see what each vendor can do: subdeck vendors',
    connection: 'Use a connection with a level, edition or role that allows it.',
    'not-yet': "Do it in the vendor's own portal.",
  } as const;
  return fault('denied', no.no, instead ?? ways[no.because], { connection }).fault;
}
