import { digits } from '../digits.ts';
import { catalog, type Plan } from '../names/catalog.ts';
import type { SandboxApp } from '../vendor.ts';
import { missing, ok } from './answers.ts';
import type { Dataset } from './dataset.ts';
import { offerOf, organizationModel, organizationOf, resellerModel, serviceModel } from './level-models.ts';
import { offerAt } from './row.ts';
import { addonProductIndex, productIndex } from './views.ts';

const seller = '/api/sellers/:sellerId';

/** What the seller reads of its resellers, brokers, services, products and single organizations. */
export function sellerRoutes(app: SandboxApp, dataset: Dataset): void {
  const resellers = (count: number) => Array.from({ length: count }, (_, at) => resellerModel(dataset, at));
  const oneOf = (count: number, id: string) => {
    const at = dataset.ids.reseller.indexOf(id);
    return at !== null && at < count ? ok(resellerModel(dataset, at)) : missing('reseller');
  };
  app.get('/api/services/categories', () => ok([...new Set(catalog.map(({ category }) => category))]));
  app.get(`${seller}/resellers`, () => ok(resellers(dataset.resellers)));
  app.get(`${seller}/resellers/:id`, (c) => oneOf(dataset.resellers, c.req.param('id') ?? ''));
  app.get(`${seller}/brokers`, () => ok(resellers(dataset.brokers)));
  app.get(`${seller}/brokers/:id`, (c) => oneOf(dataset.brokers, c.req.param('id') ?? ''));
  app.get(`${seller}/services`, () => ok(catalog.map((_, at) => serviceModel(dataset, at))));
  app.get(`${seller}/services/:id`, (c) => {
    const offer = offerOf(dataset, c.req.param('id') ?? '');
    return offer === null ? missing('service') : ok(serviceModel(dataset, offer));
  });
  app.get(`${seller}/services/:id/resellers`, (c) => {
    const offer = offerOf(dataset, c.req.param('id') ?? '');
    return offer === null ? missing('service') : ok(resellers(dataset.resellers));
  });
  app.get(`${seller}/sellerorganizations/:id`, (c) => {
    const organization = organizationOf(dataset, c.req.param('id') ?? '');
    return organization === null ? missing('organization') : ok(organizationModel(dataset, organization));
  });
  productRoutes(app, dataset);
}

function productRoutes(app: SandboxApp, dataset: Dataset): void {
  const products = (serviceId: string) => {
    const offer = offerOf(dataset, serviceId);
    return offer === null
      ? null
      : offerAt(offer).plans.map((plan, at) => productModel(dataset.ids.product.of(productIndex(offer, at)), plan));
  };
  app.get(`${seller}/services/:id/products`, (c) => {
    const found = products(c.req.param('id') ?? '');
    return found === null ? missing('service') : ok(found);
  });
  app.get(`${seller}/services/:id/products/:productId`, (c) => {
    const found = products(c.req.param('id') ?? '')?.find(({ id }) => id === c.req.param('productId'));
    return found === undefined ? missing('product') : ok(found);
  });
  app.get(`${seller}/services/:id/products/:productId/addons`, (c) => {
    const offer = offerOf(dataset, c.req.param('id') ?? '');
    const known = products(c.req.param('id') ?? '')?.some(({ id }) => id === c.req.param('productId'));
    if (offer === null || !known) return missing('product');
    return ok(
      offerAt(offer).addons.map((plan, at) => productModel(dataset.ids.product.of(addonProductIndex(offer, at)), plan)),
    );
  });
}

function productModel(id: string, { name, code, price }: Plan) {
  return { id, name, description: name, itemCode: code, price: digits(price) };
}
