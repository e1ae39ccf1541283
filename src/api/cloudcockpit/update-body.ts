import { fault } from '../../model/fault.ts';
import type { Subscription } from '../../model/subscription.ts';
import { exactText } from '../exact-values.ts';
import { asItCame } from '../json.ts';
import { readRow, smallKeys } from '../wire-row.ts';
import type { Changes } from './changes.ts';
import { nextBilling } from './exact.ts';
import { subscriptionWire } from './wire.ts';

/**
 * The body of the PATCH: all fields of the model, whatever changes. Name, quantity and billing are required [stated by
 * the vendor]; the renewal is included because its switch looks like a plain boolean, which is off when omitted.
 */
export interface UpdateBody {
  readonly name: string;
  readonly quantity: number;
  readonly nextBillingFrequency: { readonly name: string };
  readonly autoRenewEnabled: boolean;
  /** As in the detail; absent if the detail has none. */
  readonly autoRenewSettings?: unknown;
}

/**
 * The current values from the detail with the changes applied. Throws a `missing` fault if the subscription is gone, a
 * `refused` one if a field differs from the plan, or the detail lacks a required field.
 */
export function updateBody(detail: unknown, planned: Subscription, changes: Changes): UpdateBody {
  const { connection } = planned;
  const present = readRow(subscriptionWire, detail)?.row;
  if (present === undefined) {
    throw fault('missing', `${planned.name} no longer exists.`, 'Refresh the list.', { connection });
  }
  // They are sent back unchanged: the display form is not the vendor's text.
  const name = exactText(detail, ['name', 'subscriptionName']) ?? null;
  const { quantity } = present;
  const billing = nextBilling(detail) ?? planned.billing;
  const isAutomatic = present.autoRenewEnabled ?? present.autoRenewal;
  if (quantity !== planned.quantity) {
    throw changedSince(planned, `its quantity is ${quantity ?? 'none'}, no longer ${planned.quantity ?? 'none'}`);
  }
  const called = present.name ?? present.subscriptionName;
  if (called !== null && called !== planned.name) throw changedSince(planned, `it is called ${called}`);
  if (present.billingFrequency !== null && present.billingFrequency !== planned.billing) {
    const from = planned.billing ?? 'none';
    throw changedSince(planned, `its billing is ${present.billingFrequency}, no longer ${from}`);
  }
  const isRenewalOther = planned.renewal !== null && isAutomatic !== (planned.renewal.mode === 'auto');
  if (isAutomatic !== null && isRenewalOther) {
    throw changedSince(planned, `its automatic renewal is ${isAutomatic ? 'on' : 'off'}`);
  }
  const requested = {
    name: changes.name ?? name,
    quantity: changes.quantity ?? quantity,
    billing: changes.billing ?? billing,
    autoRenew: changes.autoRenew ?? isAutomatic ?? automaticOf(planned),
  };
  const lacking = Object.entries(requested).find(([, value]) => value === null)?.[0];
  if (
    requested.name === null ||
    requested.quantity === null ||
    requested.billing === null ||
    requested.autoRenew === null
  ) {
    const message = `CloudCockpit requires the ${lacking} with every change but does not show the current one.`;
    throw fault('refused', message, `Add ${lacking}=….`, { connection });
  }
  const settings = isObject(detail) ? (smallKeys(detail).autoRenewSettings ?? null) : null;
  return {
    name: requested.name,
    quantity: requested.quantity,
    nextBillingFrequency: { name: requested.billing },
    autoRenewEnabled: requested.autoRenew,
    ...(settings === null ? {} : { autoRenewSettings: asItCame(settings) }),
  };
}

/** What the list said; null where it did not, or said that something else comes. */
function automaticOf({ renewal }: Subscription): boolean | null {
  return renewal === null ? null : renewal.mode === 'auto';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function changedSince({ name, connection }: Subscription, what: string) {
  const message = `${name} changed since this was planned: ${what}. Nothing was sent.`;
  return fault('refused', message, 'Check it, then make a new plan.', { connection });
}
