import type { Context } from 'hono';
import { bearerIn } from '../tokens.ts';
import type { Ground, SandboxApp, SandboxEnv } from '../vendor.ts';
import { type Role, type Sight, sightOf, tenant, tokenRoute } from './access.ts';
import { actions } from './actions.ts';
import { assumptions } from './assumptions.ts';
import { changes as createChanges } from './changes.ts';
import { dataset as createDataset } from './dataset.ts';
import { errorAnswer, Refused, wrongProperty } from './errors.ts';
import { orders as createOrders } from './orders.ts';
import { readQuery } from './paging.ts';
import { listCustomers, listResellers } from './party-lists.ts';
import { readJson, readRequestInput } from './request-input.ts';
import { subscriptionList } from './subscription-list.ts';

type Call = Context<SandboxEnv>;

export function routes(app: SandboxApp, ground: Ground): void {
  const dataset = createDataset(ground);
  const changes = createChanges(dataset, ground.time);
  const act = actions(dataset, changes, ground.time);
  const orders = createOrders(dataset, changes, ground.time);
  const listed = subscriptionList(dataset);
  const { parties } = dataset;

  tokenRoute(app, ground);
  app.use('/v1/*', async (c, next) => {
    const holder = ground.tokens.holder(bearerIn(c.req.raw.headers));
    if (holder === null) return errorAnswer(401, null);
    c.set('holder', holder);
    checkTenant(c);
    if (dataset.readings['correlation-id'] === 'required' && correlationId(c) === null)
      throw wrongProperty('X-Correlation-Id', 'The X-Correlation-Id header is required.');
    changes.settle();
    await next();
  });

  const sight = (c: Call): Sight => sightOf(c.get('holder'), parties);
  const only = (c: Call, ...roles: readonly Role[]) => {
    if (!roles.includes(sight(c).role)) throw new Refused(403, 'This role may not.');
  };
  const customerIn = (c: Call, id = c.req.param('customerId') ?? ''): number => {
    const customer = parties.customerIndex(id);
    if (customer === null) throw new Refused(404, `Customer ${id} was not found.`);
    if (!sight(c).sees(customer)) throw new Refused(403, 'There is no relation to this customer.');
    return customer;
  };
  const targetIn = (c: Call) => dataset.subscription(customerIn(c), c.req.param('subscriptionId') ?? '');
  const withListPrices = (c: Call) => sight(c).role === 'csp';

  app.get('/v1/resellers', (c) => {
    only(c, 'csp');
    return c.json(listResellers(dataset, readQuery(c.req.query())));
  });
  app.get('/v1/resellers/:resellerId', (c) => {
    only(c, 'csp');
    const index = parties.resellerIndex(c.req.param('resellerId'));
    if (index === null) throw new Refused(404, 'The reseller was not found.');
    return c.json(parties.reseller(index));
  });
  app.get('/v1/customers', (c) => {
    only(c, 'csp', 'reseller');
    return c.json(listCustomers(dataset, sight(c), readQuery(c.req.query())));
  });
  app.get('/v1/customers/:customerId', (c) => {
    only(c, 'csp', 'reseller');
    return c.json(parties.customer(customerIn(c)));
  });
  app.get('/v1/subscriptions', (c) => {
    only(c, 'csp');
    return c.json(listed({ customer: null, withListPrices: true }, readQuery(c.req.query())));
  });

  const list = '/v1/customers/:customerId/subscriptions';
  const one = `${list}/:subscriptionId`;
  app.get(list, (c) =>
    c.json(listed({ customer: customerIn(c), withListPrices: withListPrices(c) }, readQuery(c.req.query()))),
  );
  app.get(one, (c) => c.json(dataset.views.detailed(targetIn(c))));
  app.patch(one, async (c) => act.patch(targetIn(c), await readRequestInput(c.req)));
  app.delete(one, (c) => act.cancel(targetIn(c)));
  app.post(`${one}/suspend`, (c) => act.suspend(targetIn(c)));
  app.post(`${one}/reactivate`, (c) => act.reactivate(targetIn(c)));
  app.patch(`${one}/po-number`, async (c) => {
    only(c, 'csp', 'reseller');
    const held = targetIn(c);
    const poNumber = await readJson(c.req);
    if (typeof poNumber !== 'string' || poNumber.length > assumptions.longestText) {
      throw wrongProperty('PoNumber', `A JSON string of at most ${assumptions.longestText} characters is expected.`);
    }
    dataset.rows.patch(held.index, { poNumber });
    return c.body(null, 204);
  });

  app.post('/v1/orders', async (c) => {
    const asked = await readRequestInput(c.req);
    return c.json(orders.place(customerIn(c, String(asked.customerId)), asked));
  });
  app.get('/v1/orders/customers/:customerId', (c) => c.json(orders.open(customerIn(c))));

  app.notFound((c) => errorAnswer(404, correlationId(c), 'There is no such address.'));
  app.onError((error, c) => {
    if (error instanceof Refused) return errorAnswer(error.status, correlationId(c), error.message, error.errors);
    return errorAnswer(500, correlationId(c));
  });
}

function correlationId(c: Call): string | null {
  return c.req.header('x-correlation-id') ?? null;
}

function checkTenant(c: Call): void {
  const asked = c.req.header('x-tenant');
  if (asked === undefined || asked === '') throw wrongProperty('X-Tenant', 'The X-Tenant header is required.');
  if (asked.toLowerCase() !== tenant) throw new Refused(404, `Tenant ${asked} was not found.`);
}
