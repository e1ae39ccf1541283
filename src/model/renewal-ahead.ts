import type { Renewal, Subscription } from './subscription.ts';

/** What becomes of a subscription at its end. Null once it is cancelled or expired: vendors keep its old choice. */
export function renewalAhead({ status, renewal }: Pick<Subscription, 'status' | 'renewal'>): Renewal | null {
  return status === 'cancelled' || status === 'expired' ? null : renewal;
}

/** Said of a subscription that its vendor keeps a choice for, and that does not renew; null for any other. */
export function noRenewalWords(row: Pick<Subscription, 'status' | 'renewal'>): string | null {
  return row.renewal !== null && renewalAhead(row) === null ? `does not renew: ${row.status}` : null;
}
