import { digits } from '../digits.ts';
import type { Readings } from './assumptions.ts';
import { holdsPlaceholders } from './assumptions.ts';
import { instant } from './calendar.ts';
import type { DatasetIds } from './ids.ts';
import { offerAt } from './offers.ts';
import type { Parties } from './parties.ts';
import { pricesOf } from './prices.ts';
import type { StoredRow } from './stored-row.ts';
import type { DetailedSubscription, ListedSubscription } from './wire.ts';

/** Gives a subscription the names of the list and of the detail, which differ. */
export interface Views {
  listed(held: StoredRow, withListPrice: boolean): ListedSubscription;
  detailed(held: StoredRow): DetailedSubscription;
}

const segments = ['Commercial', 'Commercial', 'Commercial', 'Education', 'Government', 'NonProfit'] as const;

export function views(ids: DatasetIds, parties: Parties, readings: Pick<Readings, 'price-per-unit'>): Views {
  const shared = (held: StoredRow) => {
    const reseller = parties.resellerOf(held.customer);
    const at = (milliseconds: number | null) =>
      milliseconds === null ? null : instant(milliseconds, held.index % 7 === 3 ? 2 : 0);
    return {
      id: ids.subscription.of(held.index),
      customerId: ids.customer.of(held.customer),
      providerInstanceId: ids.provider.of(0),
      resellerId: reseller === null ? null : ids.reseller.of(reseller),
      providerSubscriptionId: holdsPlaceholders(held.index) ? 'string' : ids.provided.of(held.index),
      startDate: instant(held.start, held.index % 7 === 3 ? 2 : 0),
      endDate: at(held.end),
      cancellationAllowedUntil: at(held.cancellableUntil),
      quantity: held.quantity,
      termDuration: { name: held.term },
      billingFrequency: { name: held.billing },
      segment: { name: segments[held.customer % segments.length] ?? 'Commercial' },
    };
  };
  return {
    listed: (held, withListPrice) => {
      const offer = offerAt(held.offer);
      const odd = holdsPlaceholders(held.index);
      const prices = pricesOf(held, parties.currency(held.customer), readings['price-per-unit']);
      return {
        ...shared(held),
        orderId: ids.order.of(held.index),
        offerId: ids.offer.of(held.offer),
        subscriptionName: held.name,
        offerName: offer.name,
        offerType: { name: offer.type },
        isAddonOffer: held.parent !== null,
        isTrialOffer: offer.isTrial,
        providerOfferId: offer.providerOfferId,
        subscriptionStatus: { name: held.status },
        ...prices,
        listPrice: withListPrice ? prices.listPrice : null,
        customMargin: held.index % 6 === 0 ? { marginRule: { name: 'Percentage' }, value: digits('12.50') } : null,
        billingType: { name: held.term === 'NoTerm' ? 'Usage' : 'License' },
        parentSubscriptionId: odd ? 'string' : held.parent === null ? null : ids.subscription.of(held.parent),
        autoRenewal: held.autoRenew,
        providerData: odd ? 'string' : providerData(held),
        internalId: odd ? 'string' : held.index % 3 === 0 ? `INT-${held.index}` : null,
      };
    },
    detailed: (held) => {
      const common = shared(held);
      return {
        ...common,
        name: held.name,
        status: { name: held.status },
        nextBillingFrequency:
          held.nextBilling === null
            ? null
            : { scheduledDate: common.endDate, billingFrequency: { name: held.nextBilling } },
        autoRenewEnabled: held.autoRenew,
        autoRenewSettings: held.autoRenewSettings,
        poNumber: held.poNumber,
      };
    },
  };
}

/** What the provider said of it, as JSON in a string; two rows in five have none. */
function providerData(held: StoredRow): string | null {
  if (held.index % 5 < 2) return null;
  return JSON.stringify({
    productType: offerAt(held.offer).type,
    isMicrosoftProduct: true,
    refundOptions: [],
    consumptionType: 'commitment',
  });
}
