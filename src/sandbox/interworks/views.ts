import { digits } from '../digits.ts';
import { type Dataset, productAt } from './dataset.ts';
import type { Value } from './filter.ts';
import type { Collection } from './listing.ts';
import type { PlacedOrder } from './orders.ts';
import type { Row } from './row.ts';
import type { Order, OrderItem, Reference, Subscription } from './wire.ts';

export function subscriptionView(dataset: Dataset, row: Row): Subscription {
  const productId = dataset.ids.product.of(row.product);
  const { name: productName, price } = productAt(row.product);
  const isPriced = row.index % 12 !== 5;
  return {
    id: dataset.ids.subscription.of(row.index),
    name: row.name,
    externalId: row.externalId,
    ...(row.quantity === undefined ? {} : { quantity: row.quantity }),
    startDate: row.start,
    endDate: row.end,
    status: row.status,
    account: row.orphan ? null : accountReference(dataset, row.account),
    product: { id: productId, name: productName },
    productId,
    productName,
    unitPrice: isPriced ? digits(price) : null,
    currency: isPriced ? currencyOf(price) : null,
    billingCycle: row.index % 4 === 1 ? cycles.annual : cycles.monthly,
    addons: row.addons,
  };
}

const cycles = { monthly: { id: 1, name: 'Monthly' }, annual: { id: 3, name: 'Annual' } } as const;

/** Prices in yen have no decimals; everything else is sold in euros. */
function currencyOf(price: string): Reference {
  return price.includes('.') ? { id: 2, name: 'EUR' } : { id: 5, name: 'JPY' };
}

function accountReference(dataset: Dataset, account: number): Reference {
  return { id: dataset.ids.account.of(account), name: dataset.accountName(account) };
}

export function orderView(dataset: Dataset, order: PlacedOrder): Order {
  return {
    id: order.id,
    status: order.status,
    orderDate: order.orderDate,
    expirationDate: order.expirationDate,
    account: accountReference(dataset, order.account),
    items: order.items.map((item): OrderItem => {
      const { name } = productAt(item.product);
      const subscriptionId = item.row === null ? null : dataset.ids.subscription.of(item.row);
      return {
        id: item.id,
        productId: dataset.ids.product.of(item.product),
        productName: name,
        quantity: item.quantity,
        subscriptionId,
      };
    }),
  };
}

export function subscriptionsOf(dataset: Dataset): Collection<Row> {
  const viewed = (read: (view: Subscription) => Value) => (row: Row) => read(subscriptionView(dataset, row));
  return {
    get count() {
      return dataset.rows.end;
    },
    get version() {
      return dataset.rows.version;
    },
    at: (index) => dataset.rows.get(index),
    shown: (row) => subscriptionView(dataset, row),
    properties: {
      id: (row) => dataset.ids.subscription.of(row.index),
      name: (row) => row.name,
      externalid: (row) => row.externalId,
      quantity: (row) => row.quantity,
      startdate: (row) => row.start,
      enddate: (row) => row.end,
      status: (row) => row.status,
      accountid: (row) => dataset.ids.account.of(row.account),
      'account/id': viewed(({ account }) => account?.id),
      'account/name': viewed(({ account }) => account?.name),
      productid: (row) => dataset.ids.product.of(row.product),
      'product/id': (row) => dataset.ids.product.of(row.product),
      productname: (row) => productAt(row.product).name,
      'product/name': (row) => productAt(row.product).name,
    },
  };
}
