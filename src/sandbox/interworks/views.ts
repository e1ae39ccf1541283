import { type Book, productAt } from './dataset.ts';
import type { Value } from './filter.ts';
import type { Collection } from './listing.ts';
import type { PlacedOrder } from './orders.ts';
import type { Row } from './row.ts';
import type { Order, OrderItem, Reference, Subscription } from './wire.ts';

export function subscriptionView(book: Book, row: Row): Subscription {
  const productId = book.ids.product.of(row.product);
  const productName = productAt(row.product).name;
  return {
    id: book.ids.subscription.of(row.index),
    name: row.name,
    externalId: row.externalId,
    ...(row.quantity === undefined ? {} : { quantity: row.quantity }),
    startDate: row.start,
    endDate: row.end,
    status: row.status,
    account: row.orphan ? null : accountReference(book, row.account),
    product: { id: productId, name: productName },
    productId,
    productName,
    addons: row.addons,
  };
}

function accountReference(book: Book, account: number): Reference {
  return { id: book.ids.account.of(account), name: book.accountName(account) };
}

export function orderView(book: Book, order: PlacedOrder): Order {
  return {
    id: order.id,
    status: order.status,
    orderDate: order.orderDate,
    expirationDate: order.expirationDate,
    account: accountReference(book, order.account),
    items: order.items.map((item): OrderItem => {
      const { name } = productAt(item.product);
      const subscriptionId = item.row === null ? null : book.ids.subscription.of(item.row);
      return {
        id: item.id,
        productId: book.ids.product.of(item.product),
        productName: name,
        quantity: item.quantity,
        subscriptionId,
      };
    }),
  };
}

export function subscriptionsOf(book: Book): Collection<Row> {
  const viewed = (read: (view: Subscription) => Value) => (row: Row) => read(subscriptionView(book, row));
  return {
    get count() {
      return book.rows.end;
    },
    get version() {
      return book.rows.version;
    },
    at: (index) => book.rows.get(index),
    shown: (row) => subscriptionView(book, row),
    properties: {
      id: (row) => book.ids.subscription.of(row.index),
      name: (row) => row.name,
      externalid: (row) => row.externalId,
      quantity: (row) => row.quantity,
      startdate: (row) => row.start,
      enddate: (row) => row.end,
      status: (row) => row.status,
      accountid: (row) => book.ids.account.of(row.account),
      'account/id': viewed(({ account }) => account?.id),
      'account/name': viewed(({ account }) => account?.name),
      productid: (row) => book.ids.product.of(row.product),
      'product/id': (row) => book.ids.product.of(row.product),
      productname: (row) => productAt(row.product).name,
      'product/name': (row) => productAt(row.product).name,
    },
  };
}
