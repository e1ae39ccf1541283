import * as v from 'valibot';
import { madeId } from '../made-id.ts';
import {
  amountField,
  countField,
  dateField,
  flagField,
  idField,
  idValue,
  listField,
  namedField,
  numberField,
  textField,
} from '../wire-fields.ts';
import { smallKeys } from '../wire-row.ts';

/**
 * What interworks.cloud sends. The V3 schema is not public: fields are those of public V2.2 clients and of the samples;
 * every one but the id may be missing. Source: document 001; developers.interworks.cloud.
 */

export const subscriptionWire = v.object({
  id: idValue,
  name: textField,
  externalId: idField,
  quantity: countField,
  startDate: dateField,
  endDate: dateField,
  status: namedField,
  state: namedField,
  account: namedField,
  accountId: idField,
  accountName: textField,
  product: namedField,
  productId: idField,
  productName: textField,
  addonId: idField,
  unitPrice: amountField,
  currency: namedField,
  billingCycle: namedField,
  term: namedField,
  isTrial: flagField,
  addons: listField,
});
export type SubscriptionWire = v.InferOutput<typeof subscriptionWire>;

export const addonWire = v.object({
  id: idValue,
  name: textField,
  quantity: countField,
  status: namedField,
  endDate: dateField,
  cancelAtPeriodEnd: flagField,
  cancelAtEndOfBillingPeriod: flagField,
});

export const accountWire = v.object({ id: idValue, name: textField, code: textField, webSite: textField });

export const productWire = v.object({
  id: idValue,
  name: textField,
  code: textField,
  price: amountField,
  unitPrice: amountField,
  currency: namedField,
});

/** A characteristic or a custom field. */
export const namedValueWire = v.object({
  id: idField,
  name: textField,
  code: textField,
  value: v.optional(v.unknown()),
});

export const orderWire = v.object({
  id: idValue,
  status: namedField,
  orderDate: dateField,
  expirationDate: dateField,
  account: namedField,
  accountId: idField,
  accountName: textField,
  items: v.optional(v.nullable(v.array(v.unknown()))),
});

export const orderItemWire = v.object({
  name: textField,
  product: namedField,
  productName: textField,
  quantity: countField,
  subscriptionId: idField,
});

/** Any object, its keys in capitals read like the small ones. */
const anyObject = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform((object) => smallKeys(object)),
);

export const quantityRequestWire = v.pipe(
  anyObject,
  v.object({ requestId: idField, id: idField, status: namedField, state: namedField, message: textField }),
);

/** The id of a new order: accounts of this API were answered with a bare number. */
export const orderIdWire = v.pipe(madeId('orderId', 'id'), v.string());

/** A decrease that was accepted: the request, its bare id, or nothing. */
export const acceptedWire = v.union([
  v.null(),
  v.pipe(
    anyObject,
    v.transform((object) => ({ ...object, requestId: v.parse(madeId('requestId', 'id'), object) })),
    quantityRequestWire,
  ),
  v.pipe(
    madeId('requestId'),
    v.string(),
    v.transform((requestId) => ({ requestId, status: null, state: null, message: null })),
  ),
]);

const counts = v.object({ totalItems: numberField, totalCount: numberField, total: numberField });
const pagination = v.pipe(anyObject, v.object({ ...counts.entries, size: numberField, pageSize: numberField }));
const rowsField = v.optional(v.nullable(v.array(v.unknown()), null), null);

/** How many rows there are in all, by whichever name. */
function totalIn(fields: v.InferOutput<typeof counts>): number | null {
  return fields.totalItems ?? fields.totalCount ?? fields.total ?? null;
}

/** A page: its rows under `data`, `items`, `results` or `value` with the total beside or in `pagination`, or a bare array. */
export const pageWire = v.union([
  v.pipe(
    v.array(v.unknown()),
    v.transform((items) => ({ items, total: null, size: null })),
  ),
  v.pipe(
    anyObject,
    v.object({
      ...counts.entries,
      data: rowsField,
      items: rowsField,
      results: rowsField,
      value: rowsField,
      pageSize: numberField,
      pagination: v.optional(v.nullable(pagination, null), null),
    }),
    v.transform(({ data, items, results, value, pagination, pageSize, ...fields }) => ({
      items: data ?? items ?? results ?? value,
      total: (pagination === null ? null : totalIn(pagination)) ?? totalIn(fields),
      size: pagination?.size ?? pagination?.pageSize ?? pageSize,
    })),
    // An answer without rows is not one: it must not pass for an empty list.
    v.object({ items: v.array(v.unknown()), total: v.nullable(v.number()), size: v.nullable(v.number()) }),
  ),
]);
