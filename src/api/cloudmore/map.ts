import { subscriptionFrom } from '../../model/mapped-subscription.ts';
import { formatReference } from '../../model/reference.ts';
import type { Addon, HistoryEntry, Named, Price, Product, Status, Subscription } from '../../model/subscription.ts';
import { isLicenseKeyName, licenseKeyShown, licenseKeysIn, withoutLicenseKeys } from '../license-key.ts';
import { safeText, showId } from '../text.ts';
import { firstOf, readRow } from '../wire-row.ts';
import { meaningOf } from '../word-meaning.ts';
import { priceKinds, statusWords } from './assumptions.ts';
import { addonWire, historyWire, nameFields, placeWire, productWire, type SubscriptionWire } from './wire.ts';

/** What a row needs besides the vendor's object: the connection, and the time. */
export interface MapContext {
  readonly connection: string;
  /** The connection's seller, or the implied node at reseller level. */
  readonly seller: Named;
  /** Of a reseller-level connection; null at seller level, where every row names its own. */
  readonly reseller: Named | null;
  /** What a price is for. */
  readonly price: keyof typeof priceKinds;
  readonly readAt: string;
}

export function subscriptionOf(
  wire: SubscriptionWire,
  surprises: readonly string[],
  { connection, seller, reseller, price, readAt }: MapContext,
): Subscription {
  return subscriptionFrom({
    ref: formatReference({ connection, id: wire.id }),
    connection,
    vendor: 'cloudmore',
    id: wire.id,
    name: firstOf(wire, nameFields) ?? showId(wire.id),
    status: statusOf(wire.status),
    vendorStatus: wire.status,
    seller: reseller === null ? (named(wire.sellerId, wire.sellerName ?? seller.name) ?? seller) : seller,
    reseller:
      named(wire.resellerId ?? wire.brokerId, wire.resellerName ?? wire.brokerName ?? reseller?.name) ?? reseller,
    organization: named(wire.organizationId, wire.organizationName),
    services: [named(wire.serviceId, wire.serviceName)].filter((service) => service !== null),
    product: named(wire.productId, wire.productName),
    parentId: wire.parentId ?? wire.parentSubscriptionId,
    isAddon: (wire.parentId ?? wire.parentSubscriptionId) !== null,
    isTrial: wire.isTrial ?? false,
    quantity: wire.quantity,
    billing: wire.billingPeriod,
    term: wire.term,
    startsAt: wire.startDate,
    endsAt: wire.endDate,
    prices: pricesOf(wire, price),
    hasLicenseKey: wire.licenseKey,
    externalIds: {},
    readAt,
    surprises,
  });
}

function statusOf(word: string | null): Status {
  return word === null ? 'unknown' : (meaningOf(statusWords, word.trim().toLowerCase()) ?? 'unknown');
}

function named(id: string | null, name: Named['name'] | null | undefined): Named | null {
  return id === null ? null : { id, name: name ?? showId(id) };
}

function pricesOf({ price, currency }: SubscriptionWire, read: MapContext['price']): readonly Price[] {
  return price === null ? [] : [{ kind: priceKinds[read], amount: price, currency }];
}

/** Null for an item without an id. */
export function placeOf(item: unknown): Named | null {
  const wire = readRow(placeWire, item)?.row;
  return wire ? named(wire.id, wire.name ?? wire.companyName) : null;
}

/** [A] An add-on without a status has its subscription's. Cloudmore ends no add-on at the end of a period. */
export function addonsOf(items: readonly unknown[], subscriptionStatus: Status): readonly Addon[] {
  return items.flatMap((item) => {
    const wire = readRow(addonWire, item)?.row;
    if (!wire) return [];
    return {
      id: wire.id,
      name: wire.name ?? wire.productName ?? showId(wire.id),
      quantity: wire.quantity,
      status: wire.status === null ? subscriptionStatus : statusOf(wire.status),
      cancelAtPeriodEnd: false,
      endsAt: wire.endDate,
    };
  });
}

/** In the vendor's order: newest first. Of a licence key only its presence is kept. */
export function historyOf(items: readonly unknown[]): readonly HistoryEntry[] {
  const entries = items.flatMap((item) => {
    const wire = readRow(historyWire, item)?.row;
    if (!wire) return [];
    const isKey = wire.property !== null && isLicenseKeyName(wire.property);
    const shown = (value: HistoryEntry['from']) => (isKey ? maskedKey(value) : value);
    return {
      at: wire.date,
      action: wire.action ?? safeText('changed'),
      by: wire.user,
      field: wire.property,
      from: shown(wire.oldValue),
      to: shown(wire.newValue),
    };
  });
  return withoutLicenseKeys(entries, licenseKeysIn(items));
}

function maskedKey(value: string | null): HistoryEntry['from'] {
  const shown = licenseKeyShown(value);
  return shown === null ? null : safeText(shown);
}

export function productsOf(items: readonly unknown[]): readonly Product[] {
  return items.flatMap((item) => {
    const wire = readRow(productWire, item)?.row;
    const id = wire?.productId ?? wire?.id;
    if (!wire || !id) return [];
    return {
      id,
      name: wire.name ?? wire.productName ?? showId(id),
      code: wire.itemCode,
      price: wire.price === null ? null : { kind: 'list', amount: wire.price, currency: wire.currency },
    };
  });
}
