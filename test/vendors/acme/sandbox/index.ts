import { formFields, jsonFields } from '../../../../src/sandbox/body.ts';
import { guids } from '../../../../src/sandbox/ids.ts';
import { organizationName } from '../../../../src/sandbox/names/organizations.ts';
import { refuseOtherMethods } from '../../../../src/sandbox/other-methods.ts';
import { rows } from '../../../../src/sandbox/rows.ts';
import { salt, seededRandom } from '../../../../src/sandbox/seeded-random.ts';
import { bearerIn } from '../../../../src/sandbox/tokens.ts';
import type { Ground, SandboxApp, SandboxVendor } from '../../../../src/sandbox/vendor.ts';

const partner = 'p-1';
const apiKey = 'sandbox-acme-key';

/** The vendor that does not exist. */
export const acmeSandbox: SandboxVendor = {
  id: 'acme',
  share: 12,
  variants: {},
  connections: ({ origin }) => [
    { name: 'acme', vendor: 'acme', settings: { baseUrl: origin, partner }, secrets: { apiKey } },
  ],
  routes,
  errorAnswer,
  tokenIn: bearerIn,
};

interface Row {
  readonly id: string;
  readonly name: string;
  readonly state: 'on' | 'off';
  readonly seats: number;
  readonly customerId: string;
  readonly customerName: string;
  readonly plan: string;
  readonly ends: string;
}

const perCustomer = 4;
const dayLength = 24 * 60 * 60 * 1000;

function routes(app: SandboxApp, { seed, scale, time, tokens }: Ground): void {
  const random = seededRandom(seed);
  const ids = guids(seed, salt('acme id'));
  const all = rows<Row>(scale, (index) => {
    const customer = Math.floor(index / perCustomer);
    return {
      id: ids.of(index),
      name: `Storage ${index}`,
      state: index % 9 === 4 ? 'off' : 'on',
      seats: 3 + random.below(salt('acme seats'), index, 40),
      customerId: `c-${customer}`,
      customerName: organizationName(random, customer),
      plan: index % 2 === 0 ? 'Small' : 'Large',
      ends: new Date(time.today + (index % 400) * dayLength).toISOString().slice(0, 10),
    };
  });
  const indexOf = (id: string) => ids.indexOf(id) ?? -1;

  app.post('/token', async (c) => {
    const form = await formFields(c);
    if (form.get('client_id') !== partner || form.get('client_secret') !== apiKey) return errorAnswer(401);
    return c.json({ access_token: tokens.issue(partner, 3600), token_type: 'Bearer', expires_in: 3600 });
  });
  app.use('/subscriptions/*', async (c, next) => {
    if (tokens.holder(bearerIn(c.req.raw.headers)) === null) return errorAnswer(401);
    await next();
  });
  app.get('/subscriptions', (c) => {
    const [page, size] = [Number(c.req.query('page') ?? 1), Math.min(25, Number(c.req.query('size') ?? 25))];
    const indexes = [...all.indexes()];
    const items = indexes.slice((page - 1) * size, page * size).map((index) => all.get(index));
    return c.json({ items, total: indexes.length });
  });
  app.get('/subscriptions/:id', (c) => {
    const row = all.get(indexOf(c.req.param('id')));
    return row === null ? errorAnswer(404) : c.json(row);
  });
  app.patch('/subscriptions/:id', async (c) => {
    const fields = await jsonFields(c);
    const [seats, name] = [fields?.get('seats'), fields?.get('name')];
    const row = all.patch(indexOf(c.req.param('id')), {
      ...(typeof seats === 'number' ? { seats } : {}),
      ...(typeof name === 'string' ? { name } : {}),
    });
    return row === null ? errorAnswer(404) : c.json(row);
  });
  app.delete('/subscriptions/:id', (c) => {
    const row = all.patch(indexOf(c.req.param('id')), { state: 'off' });
    return row === null ? errorAnswer(404) : c.json(row);
  });
  refuseOtherMethods(app, () => errorAnswer(405));
  app.notFound(() => errorAnswer(404));
}

function errorAnswer(status: number): Response {
  return Response.json({ message: `Acme says ${status}` }, { status });
}
