import type { Charging } from '../api/contract.ts';
import type { Charged } from '../model/plan-money.ts';
import type { Subscription } from '../model/subscription.ts';

/** What is still charged if a subscription is cancelled now; null where nothing runs any more. */
export function chargedIfCancelled(row: Subscription, charging: Charging, now: number): Charged | null {
  return row.status === 'cancelled' || row.status === 'expired' ? null : charging.charged(row, 'now', now);
}
