import type { JsonObject } from '../../model/text.ts';
import { safeJsonObject } from '../json.ts';
import type { Followed, Look } from '../vendor.ts';
import { readRow } from '../wire-row.ts';
import { cancelledStatuses } from './assumptions.ts';
import type { Cockpit } from './cockpit.ts';
import { readDetail } from './read.ts';
import { type SubscriptionWire, subscriptionWire } from './wire.ts';

/**
 * One look at an accepted change. CloudCockpit gives no request to ask about, so the detail is looked at until it shows what
 * was wished; that a change failed is never shown, only that it has not come.
 */
export async function follow(cockpit: Cockpit, { target, after }: Followed, signal?: AbortSignal): Promise<Look> {
  const detail = await readDetail(cockpit, target, signal);
  const wire = detail === null ? null : (readRow(subscriptionWire, detail)?.row ?? null);
  const nothing = { reason: null, retryAfterMs: null };
  if (wire === null) return { state: after.status === 'cancelled' ? 'done' : 'unknown', vendorState: null, ...nothing };
  const isDone = shows(wire, safeJsonObject(detail), after);
  return { state: isDone ? 'done' : 'running', vendorState: wire.status ?? wire.subscriptionStatus, ...nothing };
}

/** Whether every wished field is as wished. */
function shows(wire: SubscriptionWire, raw: JsonObject, after: JsonObject): boolean {
  return Object.entries(after).every(([field, wished]) => {
    switch (field) {
      case 'status':
        return isStatus(wire.status ?? wire.subscriptionStatus, wished);
      case 'quantity':
        return wire.quantity === wished;
      case 'name':
        return (raw.name ?? raw.subscriptionName) === wished;
      case 'autoRenewEnabled':
        return (wire.autoRenewEnabled ?? wire.autoRenewal) === wished;
      case 'nextBillingFrequency':
        return (wire.nextBillingFrequency ?? wire.billingFrequency) === frequencyIn(wished);
      default:
        return false;
    }
  });
}

function isStatus(word: string | null, wished: unknown): boolean {
  const status = word?.toLowerCase() ?? '';
  return wished === 'cancelled' ? cancelledStatuses.includes(status) : status === wished;
}

/** Out of `{billingFrequency: {name}}`, as the plan says it. */
function frequencyIn(wished: JsonObject[string] | undefined): unknown {
  const { billingFrequency = null } = safeJsonObject(wished);
  return safeJsonObject(billingFrequency).name ?? null;
}
