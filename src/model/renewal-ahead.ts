import type { Renewal, Subscription } from './subscription.ts';

/** What becomes of a subscription at its end. Null once it is cancelled or expired: vendors keep its old choice. */
export function renewalAhead({ status, renewal }: Pick<Subscription, 'status' | 'renewal'>): Renewal | null {
  return status === 'cancelled' || status === 'expired' ? null : renewal;
}
