import type { Subscription } from '../model/subscription.ts';
import type { JsonObject } from '../model/text.ts';
import type { OperationId } from './registry.ts';

/** A write that was sent, and its subscription as it was before. */
export interface Sent {
  readonly target: Subscription;
  /** Of its draft. */
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** The operation that takes a write back, with its inputs by their names, or why there is none, a sentence. */
export type WayBack =
  | { readonly operation: OperationId; readonly given: Readonly<Record<string, string>> }
  | { readonly no: string };

/** For `wayBack` of what cannot be undone. */
export const noWayBack = (no: string) => (): WayBack => ({ no });

/** What was set for the renewal before. */
export function renewalBefore({ renewal }: Subscription): WayBack {
  const operation = 'renewal-set';
  switch (renewal?.mode) {
    case 'auto':
      return { operation, given: { type: 'stay' } };
    case 'cancel':
      return { operation, given: { type: 'cancel' } };
    case 'change': {
      const { productId, plan, quantity } = renewal;
      const given = {
        ...(productId === null ? {} : { product: productId }),
        ...(plan === null ? {} : { plan }),
        ...(quantity === null ? {} : { quantity: String(quantity) }),
      };
      return { operation, given: { type: 'change', ...given } };
    }
    default:
      return { no: 'No renewal was chosen before, and a choice cannot be withdrawn.' };
  }
}
