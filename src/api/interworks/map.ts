import type * as v from 'valibot';
import { subscriptionFrom } from '../../model/mapped-subscription.ts';
import { formatReference } from '../../model/reference.ts';
import type { Addon, DetailSection, Named, Price, Product, Status, Subscription } from '../../model/subscription.ts';
import type { SafeText } from '../../model/text.ts';
import type { Order } from '../contract.ts';
import { isLicenseKeyName, licenseKeyShown } from '../license-key.ts';
import { safeText, showId } from '../text.ts';
import { readRow } from '../wire-row.ts';
import { meaningOf } from '../word-meaning.ts';
import { domainOfSite, isDraftOrder, noId, statusWords } from './assumptions.ts';
import {
  accountWire,
  addonWire,
  namedValueWire,
  orderItemWire,
  type orderWire,
  productWire,
  type SubscriptionWire,
} from './wire.ts';

/** What a row needs beside the vendor's object. */
export interface MapContext {
  readonly connection: string;
  /** Stands for the distributor and for the reseller, which no path and no row names. */
  readonly implied: Named;
  readonly readAt: string;
}

type MaybeNamed = { readonly id: string | null; readonly name: SafeText | null } | null;

export function subscriptionOf(
  wire: SubscriptionWire,
  surprises: readonly string[],
  { connection, implied, readAt }: MapContext,
): Subscription {
  const product = named(wire.product, wire.productId, wire.productName);
  const status = wire.status?.name ?? wire.state?.name ?? null;
  return subscriptionFrom({
    ref: formatReference({ connection, id: wire.id }),
    connection,
    vendor: 'interworks',
    id: wire.id,
    name: wire.name ?? product?.name ?? showId(wire.id),
    status: statusOf(status),
    vendorStatus: status,
    seller: implied,
    reseller: implied,
    organization: named(wire.account, wire.accountId, wire.accountName),
    services: product === null ? [] : [product],
    product,
    isAddon: false,
    isTrial: wire.isTrial ?? false,
    quantity: wire.quantity,
    billing: wire.billingCycle?.name ?? null,
    term: wire.term?.name ?? null,
    startsAt: wire.startDate,
    endsAt: wire.endDate,
    prices: pricesOf(wire),
    hasLicenseKey: false,
    externalIds: externalIdsOf(wire),
    readAt,
    surprises,
  });
}

function statusOf(word: string | null): Status {
  return word === null ? 'unknown' : (meaningOf(statusWords, word.trim().toLowerCase()) ?? 'unknown');
}

/** `{id, name}`, or the two fields beside it; an id alone is its own name. */
function named(object: MaybeNamed, id: string | null, name: SafeText | null): Named | null {
  const found = object?.id ?? id;
  return found === null ? null : { id: found, name: object?.name ?? name ?? showId(found) };
}

function pricesOf({ unitPrice, currency }: SubscriptionWire): readonly Price[] {
  return unitPrice === null ? [] : [{ kind: 'unit', amount: unitPrice, currency: currency?.name ?? null }];
}

function externalIdsOf({ externalId, addonId }: SubscriptionWire): Readonly<Record<string, string>> {
  return {
    ...(externalId === null ? {} : { externalId }),
    ...(addonId === null || addonId === noId ? {} : { addonId }),
  };
}

/** Null for what is no account. */
export function accountOf(item: unknown): (Named & { readonly domain: SafeText | null }) | null {
  const wire = readRow(accountWire, item)?.row;
  if (!wire) return null;
  const domain = wire.webSite === null ? null : domainOfSite(wire.webSite);
  return { id: wire.id, name: wire.name ?? wire.code ?? showId(wire.id), domain };
}

export function addonsOf(items: readonly unknown[]): readonly Addon[] {
  return items.flatMap((item) => {
    const wire = readRow(addonWire, item)?.row;
    if (!wire) return [];
    return {
      id: wire.id,
      name: wire.name ?? showId(wire.id),
      quantity: wire.quantity,
      status: statusOf(wire.status?.name ?? null),
      cancelAtPeriodEnd: wire.cancelAtPeriodEnd ?? wire.cancelAtEndOfBillingPeriod ?? false,
      endsAt: wire.endDate,
    };
  });
}

export function productsOf(items: readonly unknown[]): readonly Product[] {
  return items.flatMap((item) => {
    const wire = readRow(productWire, item)?.row;
    if (!wire) return [];
    const amount = wire.price ?? wire.unitPrice;
    const price = amount === null ? null : ({ kind: 'list', amount, currency: wire.currency?.name ?? null } as const);
    return { id: wire.id, name: wire.name ?? showId(wire.id), code: wire.code, price };
  });
}

/** Characteristics and custom fields: `{name, code, value}`. A licence key among them is only said to be set. */
export function namedValuesOf(items: readonly unknown[]): DetailSection['fields'] {
  return items.flatMap((item) => {
    const wire = readRow(namedValueWire, item)?.row;
    if (!wire) return [];
    const label = wire.name ?? wire.code ?? safeText(wire.id ?? 'unnamed');
    const isKey = isLicenseKeyName(label) || (wire.code !== null && isLicenseKeyName(wire.code));
    const value = isKey ? licenseKeyShown(wire.value) : wire.value;
    return { label, value: valueText(value) };
  });
}

function valueText(value: unknown): SafeText | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return safeText(value ? 'yes' : 'no');
  if (Array.isArray(value)) return safeText(value.map((one) => valueText(one) ?? '').join(', '));
  if (typeof value === 'object' && 'name' in value) return valueText(value.name);
  return safeText(typeof value === 'object' && value.constructor === Object ? JSON.stringify(value) : String(value));
}

export function orderOf(wire: v.InferOutput<typeof orderWire>, items: readonly unknown[]): Order {
  const status = wire.status?.name ?? safeText('unknown');
  return {
    id: wire.id,
    status,
    isDraft: isDraftOrder(status),
    createdAt: wire.orderDate,
    expiresAt: wire.expirationDate,
    organization: named(wire.account, wire.accountId, wire.accountName),
    items: items.flatMap((item) => {
      const line = readRow(orderItemWire, item)?.row;
      if (!line) return [];
      const name = line.name ?? line.product?.name ?? line.productName ?? safeText('item');
      return {
        name,
        quantity: line.quantity,
        subscriptionId: line.subscriptionId === noId ? null : line.subscriptionId,
      };
    }),
  };
}
