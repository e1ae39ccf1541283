import { digits } from '../digits.ts';
import { catalog } from '../names/catalog.ts';
import { dice } from '../seeded-random.ts';
import { jsonArray } from '../stream.ts';
import type { SandboxApp } from '../vendor.ts';
import { missing, ok } from './answers.ts';
import type { Book } from './dataset.ts';
import { offerOf, organizationModel, organizationOf, serviceModel } from './level-models.ts';
import { currencyOf, offerAt } from './row.ts';
import { ownReseller } from './token.ts';
import { productIndex, resellerView } from './views.ts';
import type { PriceLine } from './wire.ts';

const reseller = '/api/resellers/:resellerId';
const organization = `${reseller}/organizations/:organizationId`;

/** What a broker reads of its organizations, services, price lists, and of one service's subscriptions in all organizations. */
export function resellerRoutes(app: SandboxApp, book: Book): void {
  app.get(`${reseller}/organizations`, () =>
    ok(book.organizationsOf(ownReseller).map((at) => organizationModel(book, at))),
  );
  app.get(organization, (c) => {
    const found = ownOrganization(book, c.req.param('organizationId'));
    return found === null ? missing('organization') : ok(organizationModel(book, found));
  });
  app.get(`${organization}/services`, (c) => {
    const found = ownOrganization(book, c.req.param('organizationId'));
    return found === null ? missing('organization') : ok(servicesOf(book, found).map((at) => serviceModel(book, at)));
  });
  app.get(`${organization}/services/:serviceId`, (c) => {
    const found = ownOrganization(book, c.req.param('organizationId'));
    const offer = offerOf(book, c.req.param('serviceId') ?? '');
    if (found === null || offer === null || !servicesOf(book, found).includes(offer)) return missing('service');
    return ok(serviceModel(book, offer));
  });
  app.get(`${organization}/services/:serviceId/pricelist`, (c) => {
    const found = ownOrganization(book, c.req.param('organizationId'));
    const offer = offerOf(book, c.req.param('serviceId') ?? '');
    if (found === null || offer === null) return missing('price list');
    return ok(priceList(book, offer, currencyOf(dice(book.seed), offer, found)));
  });
  app.get(`${reseller}/services`, () => ok(catalog.map((_, at) => serviceModel(book, at))));
  app.get(`${reseller}/services/:serviceId`, (c) => {
    const offer = offerOf(book, c.req.param('serviceId') ?? '');
    return offer === null ? missing('service') : ok(serviceModel(book, offer));
  });
  app.get(`${reseller}/services/:serviceId/pricelist`, (c) => {
    const offer = offerOf(book, c.req.param('serviceId') ?? '');
    return offer === null ? missing('price list') : ok(priceList(book, offer, c.req.query('currency') ?? 'EUR'));
  });
  app.get(`${reseller}/services/:serviceId/subscriptions`, (c) => {
    const offer = offerOf(book, c.req.param('serviceId') ?? '');
    return offer === null ? missing('service') : jsonArray(ofService(book, offer));
  });
}

/** An organization of the broker whose token was checked, or null. */
export function ownOrganization(book: Book, id: string | undefined): number | null {
  const found = organizationOf(book, id ?? '');
  return found !== null && book.resellerOf(found) === ownReseller ? found : null;
}

function servicesOf(book: Book, organizationAt: number): number[] {
  return [...new Set([...book.rowsOf(organizationAt)].map(({ offer }) => offer))].sort((a, b) => a - b);
}

function* ofService(book: Book, offer: number): Generator<unknown> {
  for (const at of book.organizationsOf(ownReseller)) {
    for (const row of book.rowsOf(at)) if (row.offer === offer) yield resellerView(book, row);
  }
}

function priceList(book: Book, offer: number, currency: string): PriceLine[] {
  return offerAt(offer).plans.map(({ name, code, price }, at) => {
    const productId = book.ids.product.of(productIndex(offer, at));
    return {
      id: book.ids.priceLine.of(productIndex(offer, at)),
      productId,
      name,
      itemCode: code,
      price: digits(price),
      currency,
    };
  });
}
