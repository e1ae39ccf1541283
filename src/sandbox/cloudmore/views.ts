import { times } from '../../model/money.ts';
import { type Digits, digits } from '../digits.ts';
import { remembered } from '../memoize.ts';
import type { Dataset } from './dataset.ts';
import { sellerName } from './dataset.ts';
import { planPrice } from './prices.ts';
import { offerAt, planAt, type Row } from './row.ts';
import type { Addon, ResellerSubscription, SellerSubscription, SubscriptionModel } from './wire.ts';

/** Product ids count plans from 0 and add-ons from 8 within each offer. */
export const productIndex = (offer: number, plan: number) => offer * 16 + plan;
export const addonProductIndex = (offer: number, addon: number) => offer * 16 + 8 + addon;

/** What a reseller pays, of what is asked of its customer. */
const resellerShare = 0.8;

const pricesIn = (share: number) => {
  const lists = new Map<string, (product: number) => Digits>();
  return (product: number, currency: string): Digits => {
    const list =
      lists.get(currency) ?? remembered((each) => digits(planPrice(planAt(each >> 4, each & 15), currency, share)));
    lists.set(currency, list);
    return list(product);
  };
};
const prices = pricesIn(1);
const costs = pricesIn(resellerShare);

/** What the seller sees of a subscription. Every fifth row lacks the cost price. */
export function sellerView(dataset: Dataset, row: Row): SellerSubscription {
  return {
    ...shared(dataset, row),
    sellerId: dataset.sellerId,
    sellerName,
    resellerName: dataset.resellerName(dataset.resellerOf(row.organization)),
    ...(row.index % 5 === 0 ? {} : { costPrice: costs(productIndex(row.offer, row.plan), row.currency ?? 'EUR') }),
  };
}

/** What a reseller sees of a subscription across its organizations: no seller, and its own purchase order. */
export function resellerView(dataset: Dataset, row: Row): ResellerSubscription {
  return {
    ...shared(dataset, row),
    resellerName: dataset.resellerName(dataset.resellerOf(row.organization)),
    purchaseOrderNumber: row.index % 3 === 0 ? `PO-${20_000 + row.index}` : null,
  };
}

/** What stands under one organization: the reseller is known from the path, so its name is left out. */
export function organizationView(dataset: Dataset, row: Row): ResellerSubscription {
  return shared(dataset, row);
}

function shared(dataset: Dataset, row: Row): SubscriptionModel {
  const offer = offerAt(row.offer);
  const plan = planAt(row.offer, row.plan);
  return {
    id: dataset.ids.subscription.of(row.index),
    name: row.name,
    ...(row.status === undefined ? {} : { status: row.status }),
    productId: dataset.ids.product.of(productIndex(row.offer, row.plan)),
    productName: plan.name,
    serviceId: dataset.ids.service.of(row.offer),
    serviceName: offer.service,
    resellerId: dataset.ids.reseller.of(dataset.resellerOf(row.organization)),
    organizationId: dataset.ids.organization.of(row.organization),
    organizationName: dataset.organizationName(row.organization),
    quantity: row.quantity,
    price: row.currency === null ? null : priceOf(dataset, row, row.currency),
    currency: row.currency,
    ...(offer.licenseKeys ? { licenseKey: row.licenseKey } : {}),
    startDate: row.start,
    endDate: row.end,
    cancelledDate: row.cancelled,
    addons: addonsOf(dataset, row),
    customProperties:
      row.index % 7 === 0 ? [{ propertyId: 'costCentre', name: 'Kostenstelle', value: `KS ${row.index % 90}` }] : [],
    ...(row.trial ? { isTrial: true } : {}),
  };
}

function priceOf(dataset: Dataset, row: Row, currency: string): Digits {
  if (dataset.readings['price-per-unit'] === 'unit') return prices(productIndex(row.offer, row.plan), currency);
  return digits(times(planPrice(planAt(row.offer, row.plan), currency), row.quantity ?? 1) ?? '0');
}

function addonsOf(dataset: Dataset, row: Row): Addon[] {
  return offerAt(row.offer)
    .addons.slice(0, row.addons)
    .map((addon, at) => ({
      id: dataset.ids.addon.of(row.index * 4 + at),
      productId: dataset.ids.product.of(addonProductIndex(row.offer, at)),
      name: addon.name,
      quantity: row.quantity,
      price: digits(planPrice(addon, row.currency ?? 'EUR')),
    }));
}
