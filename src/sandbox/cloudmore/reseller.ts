import { digits } from '../digits.ts';
import { catalog } from '../names/catalog.ts';
import { seededRandom } from '../seeded-random.ts';
import { jsonArray } from '../stream.ts';
import type { SandboxApp } from '../vendor.ts';
import { invalid, missing, ok } from './answers.ts';
import type { Dataset } from './dataset.ts';
import { offerOf, organizationModel, organizationOf, serviceModel } from './level-models.ts';
import { planPrice } from './prices.ts';
import { currencyOf, offerAt } from './row.ts';
import { ownReseller } from './token.ts';
import { productIndex, resellerView } from './views.ts';
import type { PriceLine } from './wire.ts';

const reseller = '/api/resellers/:resellerId';
const organization = `${reseller}/organizations/:organizationId`;

/** What a broker reads of its organizations, services, price lists, and of one service's subscriptions in all organizations. */
export function resellerRoutes(app: SandboxApp, dataset: Dataset): void {
  const { 'organizations-show-active': showActive, 'price-list-currency': currencyCode } = dataset.readings;
  app.get(`${reseller}/organizations`, (c) => {
    const wanted = c.req.query('showActive');
    if (showActive === 'required' && wanted === undefined)
      return invalid({ showActive: ['The showActive field is required.'] });
    const all = dataset.organizationsOf(ownReseller);
    const found = showActive === 'required' ? all.filter((at) => isActive(at) === (wanted === 'true')) : all;
    return ok(found.map((at) => organizationModel(dataset, at)));
  });
  app.get(organization, (c) => {
    const found = ownOrganization(dataset, c.req.param('organizationId'));
    return found === null ? missing('organization') : ok(organizationModel(dataset, found));
  });
  app.get(`${organization}/services`, (c) => {
    const found = ownOrganization(dataset, c.req.param('organizationId'));
    return found === null
      ? missing('organization')
      : ok(servicesOf(dataset, found).map((at) => serviceModel(dataset, at)));
  });
  app.get(`${organization}/services/:serviceId`, (c) => {
    const found = ownOrganization(dataset, c.req.param('organizationId'));
    const offer = offerOf(dataset, c.req.param('serviceId') ?? '');
    if (found === null || offer === null || !servicesOf(dataset, found).includes(offer)) return missing('service');
    return ok(serviceModel(dataset, offer));
  });
  app.get(`${organization}/services/:serviceId/pricelist`, (c) => {
    const found = ownOrganization(dataset, c.req.param('organizationId'));
    const offer = offerOf(dataset, c.req.param('serviceId') ?? '');
    if (found === null || offer === null) return missing('price list');
    if (currencyCode === 'required' && c.req.query('currencyCode') === undefined) return noCurrencyCode();
    return ok(priceList(dataset, offer, currencyOf(seededRandom(dataset.seed), offer, found)));
  });
  app.get(`${reseller}/services`, () => ok(catalog.map((_, at) => serviceModel(dataset, at))));
  app.get(`${reseller}/services/:serviceId`, (c) => {
    const offer = offerOf(dataset, c.req.param('serviceId') ?? '');
    return offer === null ? missing('service') : ok(serviceModel(dataset, offer));
  });
  app.get(`${reseller}/services/:serviceId/pricelist`, (c) => {
    const offer = offerOf(dataset, c.req.param('serviceId') ?? '');
    const given = c.req.query('currencyCode');
    if (currencyCode === 'required' && given === undefined) return noCurrencyCode();
    return offer === null
      ? missing('price list')
      : ok(priceList(dataset, offer, given ?? c.req.query('currency') ?? 'EUR'));
  });
  app.get(`${reseller}/services/:serviceId/subscriptions`, (c) => {
    const offer = offerOf(dataset, c.req.param('serviceId') ?? '');
    return offer === null ? missing('service') : jsonArray(ofService(dataset, offer));
  });
}

/** An organization of the broker whose token was checked, or null. */
export function ownOrganization(dataset: Dataset, id: string | undefined): number | null {
  const found = organizationOf(dataset, id ?? '');
  return found !== null && dataset.resellerOf(found) === ownReseller ? found : null;
}

/** Every eighth organization is not active any more. */
function isActive(at: number): boolean {
  return at % 8 !== 7;
}

function noCurrencyCode(): Response {
  return invalid({ currencyCode: ['The currencyCode field is required.'] });
}

function servicesOf(dataset: Dataset, organizationAt: number): number[] {
  return [...new Set([...dataset.rowsOf(organizationAt)].map(({ offer }) => offer))].sort((a, b) => a - b);
}

function* ofService(dataset: Dataset, offer: number): Generator<unknown> {
  for (const at of dataset.organizationsOf(ownReseller)) {
    for (const row of dataset.rowsOf(at)) if (row.offer === offer) yield resellerView(dataset, row);
  }
}

function priceList(dataset: Dataset, offer: number, currency: string): PriceLine[] {
  return offerAt(offer).plans.map((plan, at) => {
    const productId = dataset.ids.product.of(productIndex(offer, at));
    return {
      id: dataset.ids.priceLine.of(productIndex(offer, at)),
      productId,
      name: plan.name,
      itemCode: plan.code,
      price: digits(planPrice(plan, currency)),
      currency,
    };
  });
}
