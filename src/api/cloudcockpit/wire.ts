import * as v from 'valibot';
import { amountField, countField, dateField, flagField, idField, numberField, textField } from '../wire-fields.ts';

/**
 * What CloudCockpit sends. The list's item and the detail name the same things differently (subscriptionName and name,
 * subscriptionStatus and status, autoRenewal and autoRenewEnabled); one schema reads both. Enumerations are always objects
 * `{name}`; a bare word is taken too. Source: document 004, developer.cloudcockpit.com.
 */

const word = v.optional(
  v.nullable(
    v.union([
      v.pipe(
        v.object({ name: textField }),
        v.transform(({ name }) => name),
      ),
      textField,
    ]),
    null,
  ),
  null,
);

/**
 * The documented words of enumerations that become words of a row; any other is taken, too. Source: developer.cloudcockpit.com,
 * orders and subscriptions.
 */
export const documentedWords = {
  billingFrequency: ['OneTime', 'Monthly', 'Annual', 'Triennial', 'None'],
  termDuration: ['NoTerm', 'OneMonth', 'OneYear', 'ThreeYears', 'FiveYears'],
  segment: ['Commercial', 'Education', 'Government', 'NonProfit'],
} as const;

/** [A] The vendor's word for a currency is its ISO 4217 code. */
const price = v.optional(v.nullable(v.object({ value: amountField, currency: word }), null), null);

export const subscriptionWire = v.object({
  id: idField,
  orderId: idField,
  offerId: idField,
  customerId: idField,
  providerInstanceId: idField,
  resellerId: idField,
  subscriptionName: textField,
  name: textField,
  offerName: textField,
  isAddonOffer: flagField,
  isTrialOffer: flagField,
  providerOfferId: idField,
  subscriptionStatus: word,
  status: word,
  startDate: dateField,
  endDate: dateField,
  cancellationAllowedUntil: dateField,
  quantity: countField,
  listPrice: price,
  revenuePrice: price,
  erpPrice: price,
  billingFrequency: word,
  termDuration: word,
  segment: word,
  parentSubscriptionId: idField,
  providerSubscriptionId: idField,
  autoRenewal: flagField,
  autoRenewEnabled: flagField,
  nextBillingFrequency: v.optional(
    v.nullable(
      v.union([
        v.pipe(
          v.object({ billingFrequency: v.nonOptional(word) }),
          v.transform(({ billingFrequency }) => billingFrequency),
        ),
        word,
      ]),
      null,
    ),
    null,
  ),
  internalId: idField,
});

/** What a subscription is called by: its name in the list, its name in the detail, its offer. */
export const nameFields = ['subscriptionName', 'name', 'offerName'] as const;
export type SubscriptionWire = v.InferOutput<typeof subscriptionWire>;

/** The envelope of every list. `items` may be null; an answer without it must not pass for an empty list. */
export const pageWire = v.pipe(
  v.object({
    items: v.pipe(
      v.nullable(v.array(v.unknown())),
      v.transform((items) => items ?? []),
    ),
    totalCount: numberField,
    hasNextPage: flagField,
    paginationParameters: v.optional(v.nullable(v.object({ pageSize: numberField }), null), null),
  }),
  v.transform(({ paginationParameters, ...page }) => ({ ...page, size: paginationParameters?.pageSize ?? null })),
);

/** A reseller or a customer of the directory. */
export const companyWire = v.object({ id: idField, companyName: textField, resellerId: idField, domain: textField });

/** The detail of one subscription. An object that says none of these is something else. */
export const detailWire = v.pipe(
  v.looseObject({}),
  v.check((object) => 'id' in object || 'status' in object || 'quantity' in object, 'no subscription'),
);
