import * as v from 'valibot';
import {
  amountField,
  countField,
  dateField,
  flagField,
  idField,
  idValue,
  listField,
  textField,
} from '../wire-fields.ts';

/**
 * What Cloudmore sends. Only the models' names are public, not their fields: every field but the id may be missing, and
 * unknown ones pass on through the raw object. Source: document 000; support.cloudmore.com and CloudMorePythonSDK for names.
 */

/** `"Active"` or `{id, name}`. */
const status = v.optional(
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

/** Only whether there is one: the key itself is dropped here. */
const isSet = v.pipe(
  v.unknown(),
  v.transform((value) => value !== null && value !== undefined && value !== '' && value !== false),
);

export const subscriptionWire = v.object({
  id: idValue,
  name: textField,
  subscriptionName: textField,
  status,
  productId: idField,
  productName: textField,
  serviceId: idField,
  serviceName: textField,
  sellerId: idField,
  sellerName: textField,
  resellerId: idField,
  resellerName: textField,
  brokerId: idField,
  brokerName: textField,
  organizationId: idField,
  organizationName: textField,
  quantity: countField,
  price: amountField,
  currency: textField,
  licenseKey: v.optional(isSet, false),
  billingPeriod: textField,
  term: textField,
  startDate: dateField,
  endDate: dateField,
  isTrial: flagField,
  parentId: idField,
  parentSubscriptionId: idField,
  addons: listField,
});

/** A subscription's own name. */
export const ownNameFields = ['name', 'subscriptionName'] as const;
/** A subscription's names, its own first. */
export const nameFields = [...ownNameFields, 'productName'] as const;
export type SubscriptionWire = v.InferOutput<typeof subscriptionWire>;

export const addonWire = v.object({
  id: idValue,
  name: textField,
  productName: textField,
  quantity: countField,
  status,
  endDate: dateField,
});

export const historyWire = v.object({
  date: dateField,
  action: textField,
  user: textField,
  property: textField,
  oldValue: textField,
  newValue: textField,
});

/** A service, reseller or organization, as far as the tree needs it. */
export const placeWire = v.object({ id: idValue, name: textField, companyName: textField });

/** A line of a price list (`productId`) or a product (`id`). */
export const productWire = v.object({
  id: idField,
  productId: idField,
  name: textField,
  productName: textField,
  itemCode: textField,
  price: amountField,
  currency: textField,
});
