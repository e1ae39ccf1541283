import { hasEffect } from '../effects.ts';
import type { Ids } from '../ids.ts';
import { dayLength, type SandboxTime } from '../time.ts';
import { draftDays, orderWords } from './assumptions.ts';
import { dateText } from './dates.ts';

export interface DraftItem {
  readonly id: number;
  readonly product: number;
  readonly quantity: number;
  /** The subscription to raise; null: a new one. */
  readonly row: number | null;
}

export interface PlacedOrder {
  readonly id: number;
  readonly account: number;
  readonly orderDate: string;
  readonly expirationDate: string;
  readonly items: readonly DraftItem[];
  readonly status: string;
}

/** Orders of one reseller. Several drafts may stand side by side; a draft that is never checked out expires. */
export interface OrderStore {
  draft(account: number): PlacedOrder;
  find(id: number): PlacedOrder | null;
  all(): readonly PlacedOrder[];
  addItem(order: PlacedOrder, item: Omit<DraftItem, 'id'>): DraftItem;
  removeItem(order: PlacedOrder, item: DraftItem): void;
  finish(order: PlacedOrder): PlacedOrder;
}

interface Kept extends PlacedOrder {
  readonly diesAt: number;
}

export function openOrders(ids: Ids<number>, time: SandboxTime): OrderStore {
  const orders: Kept[] = [];
  let items = 0;
  const asOfNow = (order: Kept): Kept =>
    order.status === orderWords.draft && time.real() >= order.diesAt ? { ...order, status: orderWords.expired } : order;
  const find = (id: number) => {
    const order = orders[ids.indexOf(id) ?? -1];
    return order === undefined ? null : asOfNow(order);
  };
  const change = (id: number, changes: Partial<PlacedOrder>): void => {
    const at = ids.indexOf(id) ?? -1;
    const order = orders[at];
    if (order !== undefined && hasEffect()) orders[at] = { ...order, ...changes };
  };
  return {
    find,
    all: () => orders.map(asOfNow),
    draft: (account) => {
      const order: Kept = {
        id: ids.of(orders.length),
        account,
        orderDate: dateText(time.now()),
        expirationDate: dateText(time.now() + draftDays * dayLength),
        items: [],
        status: orderWords.draft,
        diesAt: time.real() + draftDays * dayLength,
      };
      if (hasEffect()) orders.push(order);
      return order;
    },
    addItem: (order, item) => {
      items++;
      const added = { ...item, id: order.id * 100 + items };
      change(order.id, { items: [...order.items, added] });
      return added;
    },
    removeItem: (order, item) => change(order.id, { items: order.items.filter(({ id }) => id !== item.id) }),
    finish: (order) => {
      change(order.id, { status: orderWords.done });
      return { ...order, status: orderWords.done };
    },
  };
}
