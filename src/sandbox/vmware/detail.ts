import { priceIn } from '../names/currencies.ts';
import { seatsFor } from '../seats.ts';
import { salt, seededRandom } from '../seeded-random.ts';
import type { Readings } from './assumptions.ts';
import type { Dataset } from './dataset.ts';
import { type CatalogService, catalog } from './services.ts';
import type { SubscriptionDetail } from './wire.ts';

const streams = { quantity: salt('vmware offer quantity') };

/** One subscription read alone: the list's fields under other names of dates, with the offers that were bought. */
export function detail(
  dataset: Dataset,
  seed: number,
  index: number,
  readings: Pick<Readings, 'price-per-unit'>,
): SubscriptionDetail {
  const throwing = seededRandom(seed);
  const { subscriptionStartDate, subscriptionEndDate, ...rest } = dataset.subscription(index);
  const services = dataset.services(index);
  const named = services[0] ?? catalog[0];
  const committed = rest.subscriptionType === 'COMMIT';
  const currency = rest.currency ?? 'USD';
  const offers = services.map((service, at) => ({
    id: `${service.id}-${at + 1}`,
    name: service.name,
    quantity: unitsOf(service, throwing.fraction(streams.quantity, index * 4 + at)),
    unitOfMeasure: service.unit,
  }));
  const units = readings['price-per-unit'] === 'unit' ? 1 : offers.reduce((sum, { quantity }) => sum + quantity, 0);
  const months = committed ? 12 : 1;
  const ends = subscriptionEndDate === undefined ? {} : { endDate: subscriptionEndDate };
  return {
    ...rest,
    startDate: subscriptionStartDate ?? '',
    ...ends,
    offerGroup: {
      id: `OG-${dataset.billingEngineId(index).slice(1)}`,
      name: `${named.name} ${committed ? 'term commitment' : 'on demand'}`,
      billingFrequency: committed ? 'PREPAID' : 'ARREARS',
      billingTerm: months,
      billingTermUom: 'MONTHS',
      currency,
      description: `${named.name} for ${dataset.customerName(index)}`,
      ...ends,
      offerCategory: named.category,
      offerSubCategory: 'SUBSCRIPTION',
      offerType: committed ? 'COMMIT' : 'ONDEMAND',
      offerCost: Number(priceIn(currency, named.price * months * units)),
      offers,
    },
  };
}

function unitsOf({ peoplePerUnit }: CatalogService, luck: number): number {
  return Math.ceil(seatsFor(luck) / peoplePerUnit);
}
