import type { CachedSubscription, Price } from '../model/subscription.ts';
import type { Column, Row } from './reply.ts';

/** A subscription as the contract's JSON has it, key by key. */
export function subscriptionJson(subscription: CachedSubscription): object {
  const { surprises: _surprises, sameAs, hasLicenseKey, externalIds, readAt, ...json } = subscription;
  return { ...json, sameAs, hasLicenseKey, externalIds, readAt };
}

const left = 'left';

export const subscriptionColumns: readonly Column[] = [
  { id: 'name', title: 'name', align: left },
  { id: 'status', title: 'status', align: left },
  { id: 'quantity', title: 'seats', align: 'right' },
  { id: 'organization', title: 'organization', align: left },
  { id: 'services', title: 'service', align: left },
  { id: 'endsAt', title: 'ends', align: left },
  { id: 'ref', title: 'ref', align: left },
  ...[
    ...[
      'connection',
      'vendor',
      'id',
      'vendorStatus',
      'seller',
      'reseller',
      'product',
      'parentId',
      'isAddon',
      'isTrial',
    ],
    ...['billing', 'term', 'startsAt', 'cancellableUntil', 'renewal', 'prices', 'sameAs', 'hasLicenseKey', 'readAt'],
  ].map((id): Column => ({ id, title: id, align: left, hidden: true })),
];

export function subscriptionRow(subscription: CachedSubscription): Row {
  const { name, status, quantity, organization, services, endsAt, ref, connection, vendor, id } = subscription;
  return {
    json: subscriptionJson(subscription),
    cells: [
      name,
      status,
      quantity === null ? null : String(quantity),
      organization?.name ?? null,
      services.map((service) => service.name).join(', ') || null,
      endsAt,
      ref,
      connection,
      vendor,
      id,
      subscription.vendorStatus,
      subscription.seller?.name ?? null,
      subscription.reseller?.name ?? null,
      subscription.product?.name ?? null,
      subscription.parentId,
      String(subscription.isAddon),
      String(subscription.isTrial),
      subscription.billing,
      subscription.term,
      subscription.startsAt,
      subscription.cancellableUntil,
      subscription.renewal?.mode ?? null,
      subscription.prices.map(priceText).join(', ') || null,
      subscription.sameAs.join(', ') || null,
      String(subscription.hasLicenseKey),
      subscription.readAt,
    ],
  };
}

/** `list 42.00 EUR`. */
export function priceText({ kind, amount, currency }: Price): string {
  return [kind, amount, currency].filter(Boolean).join(' ');
}
