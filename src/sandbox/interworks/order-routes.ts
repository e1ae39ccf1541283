import type { Context } from 'hono';
import { jsonFields } from '../body.ts';
import { dayLength } from '../time.ts';
import type { SandboxApp, SandboxEnv } from '../vendor.ts';
import { accountIn, productIn } from './accounts.ts';
import { missing, ok, problem } from './answers.ts';
import { orderedTotal, orderWords } from './assumptions.ts';
import { type Dataset, productAt } from './dataset.ts';
import { dateText } from './dates.ts';
import { type Collection, listing } from './listing.ts';
import type { DraftItem, PlacedOrder } from './orders.ts';
import { orderView } from './views.ts';

type Answer = Response | Promise<Response>;
const one = '/api/orders/:orderId';

/** Ordering, which is how quantities are raised: draft, items, checkout. */
export function orderRoutes(app: SandboxApp, datasetOf: (holder: string) => Dataset): void {
  const found = (c: Context<SandboxEnv>, answer: (dataset: Dataset, order: PlacedOrder) => Answer): Answer => {
    const dataset = datasetOf(c.get('holder'));
    const order = dataset.orders.find(Number(c.req.param('orderId')));
    return order === null ? missing('order') : answer(dataset, order);
  };
  const draft = (c: Context<SandboxEnv>, answer: (dataset: Dataset, order: PlacedOrder) => Answer): Answer =>
    found(c, (dataset, order) =>
      order.status === orderWords.draft
        ? answer(dataset, order)
        : problem(
            400,
            order.status === orderWords.expired ? 'OrderExpired' : 'OrderNotDraft',
            `The order is ${order.status}.`,
          ),
    );

  app.post('/api/orders', async (c) => {
    const dataset = datasetOf(c.get('holder'));
    const account = accountIn(dataset, Number((await jsonFields(c))?.get('accountId')));
    return account === null
      ? problem(400, 'InvalidAccount', 'accountId names no account.')
      : ok(orderAnswer(dataset, dataset.orders.draft(account)), 201);
  });
  app.get('/api/orders', (c) => {
    const dataset = datasetOf(c.get('holder'));
    const orders = dataset.orders.all();
    const list: Collection<PlacedOrder> = {
      count: orders.length,
      version: 0,
      at: (index) => orders[index] ?? null,
      shown: (order) => orderView(dataset, order),
      properties: { id: ({ id }) => id, status: ({ status }) => status, orderdate: ({ orderDate }) => orderDate },
    };
    return listing(list, dataset.readings)(c);
  });
  app.get(one, (c) => found(c, (dataset, order) => ok(orderView(dataset, order))));
  app.get(`${one}/items`, (c) => found(c, (dataset, order) => ok(orderView(dataset, order).items)));
  app.post(`${one}/items`, (c) =>
    draft(c, async (dataset, order) => {
      const item = itemIn(dataset, order, await jsonFields(c));
      if (item instanceof Response) return item;
      const { id } = dataset.orders.addItem(order, item);
      const added = orderView(dataset, dataset.orders.find(order.id) ?? order).items.find((each) => each.id === id);
      return ok(added, 201);
    }),
  );
  app.delete(`${one}/items/:itemId`, (c) =>
    draft(c, (dataset, order) => {
      const item = order.items.find(({ id }) => String(id) === c.req.param('itemId'));
      if (item === undefined) return missing('order item');
      dataset.orders.removeItem(order, item);
      return new Response(null, { status: 204 });
    }),
  );
  app.post(`${one}/checkout`, (c) => draft(c, checkout));
}

function orderAnswer(dataset: Dataset, order: PlacedOrder): unknown {
  const { 'order-answer': reading } = dataset.readings;
  if (reading === 'bare-id') return order.id;
  return reading === 'order-id' ? { orderId: order.id } : orderView(dataset, order);
}

/** Everything an item must be, or what is wrong with it. */
function itemIn(
  dataset: Dataset,
  order: PlacedOrder,
  fields: ReadonlyMap<string, unknown> | null,
): Omit<DraftItem, 'id'> | Response {
  const product = productIn(dataset, Number(fields?.get('productId')));
  if (product === null) return problem(400, 'InvalidProduct', 'productId names no product.');
  const quantity = fields?.get('quantity');
  if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1)
    return problem(400, 'InvalidQuantity', 'The quantity must be a whole number from 1.');
  const subscriptionId = fields?.get('subscriptionId') ?? null;
  if (subscriptionId === null) return { product, quantity, row: null };
  const row = dataset.rows.get(dataset.ids.subscription.indexOf(String(subscriptionId)) ?? -1);
  if (row === null || row.account !== order.account)
    return problem(400, 'InvalidSubscription', 'The subscription does not belong to the account of the order.');
  if (row.product !== product) return problem(400, 'InvalidProduct', 'The subscription is of another product.');
  return { product, quantity, row: row.index };
}

function checkout(dataset: Dataset, order: PlacedOrder): Response {
  if (order.items.length === 0) return problem(400, 'EmptyOrder', 'The order has no items.');
  if (order.items.some(({ row }) => row !== null && dataset.rows.get(row)?.status !== 'Active'))
    return problem(400, 'InvalidOperation', 'A subscription of this order is not active.');
  for (const item of order.items) {
    if (item.row === null) subscribe(dataset, order.account, item);
    else
      dataset.rows.patch(item.row, {
        quantity: orderedTotal(dataset.rows.get(item.row)?.quantity ?? 0, item.quantity, dataset.readings),
      });
  }
  return ok(orderView(dataset, dataset.orders.finish(order)));
}

function subscribe(dataset: Dataset, account: number, { product, quantity }: DraftItem): void {
  const now = dataset.time.now();
  dataset.rows.add((index) => ({
    index,
    account,
    product,
    name: productAt(product).name,
    externalId: null,
    quantity,
    start: dateText(now),
    end: dateText(now + 365 * dayLength),
    status: 'Active',
    addons: [],
    orphan: false,
  }));
}
