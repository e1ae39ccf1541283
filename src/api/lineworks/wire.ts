import * as v from 'valibot';
import { countField, dateField, idField, textField } from '../wire-fields.ts';

/** What the LINE WORKS Partner API sends. Source: document 003, developers.worksmobile.com partner pages. */

const renewalWire = v.object({
  subscriptionId: idField,
  type: textField,
  productId: idField,
  plan: textField,
  licenseCount: countField,
});
export type RenewalWire = v.InferOutput<typeof renewalWire>;

export const subscriptionWire = v.object({
  domainId: idField,
  subscriptionId: idField,
  productId: idField,
  plan: textField,
  planStartDate: dateField,
  planEndDate: dateField,
  licenseAssignType: textField,
  licenseCount: countField,
  status: textField,
  renewal: v.optional(v.nullable(renewalWire, null), null),
});
export type SubscriptionWire = v.InferOutput<typeof subscriptionWire>;

/** An answer without the list is not one: it must not pass for an empty list. */
export const subscriptionsWire = v.object({ subscriptions: v.array(v.unknown()) });

export const customerWire = v.object({
  tenantId: idField,
  domainId: idField,
  domain: textField,
  companyName: textField,
});
export type CustomerWire = v.InferOutput<typeof customerWire>;

/** A page of customers. `nextCursor` is absent on the last one. */
export const customersWire = v.object({
  customers: v.array(v.unknown()),
  responseMetaData: v.optional(v.nullable(v.object({ nextCursor: idField }), null), null),
});

/** One subscription by itself. An object that says none of these is something else. */
export const detailWire = v.pipe(
  v.looseObject({}),
  v.check((object) => 'subscriptionId' in object || 'productId' in object, 'no subscription'),
);
