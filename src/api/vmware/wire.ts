import * as v from 'valibot';
import { amountField, dateField, idField, listField, numberField, textField } from '../wire-fields.ts';

/**
 * What VMware Cloud Partner Navigator sends. The list's object (DistributorSubscription) and the detail name their dates
 * differently; one schema reads both. Source: document 002, developer.vmware.com 2-tier data structures.
 */

const reference = v.optional(
  v.nullable(v.object({ name: textField, orgId: idField, orgName: textField, partnerId: idField }), null),
  null,
);

const offerGroup = v.optional(
  v.nullable(
    v.object({
      id: idField,
      name: textField,
      billingFrequency: textField,
      billingTerm: textField,
      billingTermUom: textField,
      currency: textField,
      offerCost: amountField,
    }),
    null,
  ),
  null,
);

export const subscriptionWire = v.object({
  id: idField,
  billingEngineSubscriptionId: idField,
  customerOrgId: idField,
  customerRef: reference,
  resellerRef: reference,
  serviceRefs: listField,
  renewalPreference: textField,
  status: textField,
  subscriptionStartDate: dateField,
  subscriptionEndDate: dateField,
  startDate: dateField,
  endDate: dateField,
  currency: textField,
  subscriptionGroupId: idField,
  offerGroup,
});
export type SubscriptionWire = v.InferOutput<typeof subscriptionWire>;

export const serviceWire = v.object({ id: idField, name: textField });

/**
 * A page of a search: `current` and `next` are numbers of results, counted from 1. An answer without `results` is not one:
 * it must not pass for an empty list.
 */
export const searchWire = v.object({
  current: numberField,
  next: numberField,
  results: v.array(v.unknown()),
  totalResultsCount: numberField,
});

/** One reseller of `usage/customers`, with its customers. */
export const resellerUsageWire = v.object({ resellerName: textField, resellerPRMId: idField, customers: listField });
export const customerUsageWire = v.object({ customerName: textField, customerOrgId: idField, serviceRef: listField });

export const tokenWire = v.object({ accessToken: v.pipe(v.string(), v.minLength(1)) });

/** The detail of one subscription. An object that says neither is something else. */
export const detailWire = v.pipe(
  v.looseObject({}),
  v.check((object) => 'id' in object || 'status' in object, 'no subscription'),
);
