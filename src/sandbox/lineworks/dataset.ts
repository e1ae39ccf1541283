import { hasEffect } from '../effects.ts';
import { type Rows, rows } from '../rows.ts';
import { variantsOf } from '../variants.ts';
import type { Ground } from '../vendor.ts';
import { assumptions, type Readings, variants } from './assumptions.ts';
import { type Customers, customers } from './customers.ts';
import { day } from './day.ts';
import { Refused } from './errors.ts';
import { firstRow } from './first-rows.ts';
import type { StoredRow } from './stored-row.ts';
import { subscriptionIds } from './subscription-ids.ts';
import type { PreOrder } from './wire.ts';

/** Everything the partner can see. Lookups throw Refused (404) where there is nothing. */
export interface Dataset {
  readonly readings: Readings;
  readonly customers: Customers;
  readonly rows: Rows<StoredRow>;
  /** Today's calendar day. */
  today(): string;
  customer(domainId: string | undefined): number;
  subscriptions(customer: number): readonly StoredRow[];
  subscription(domainId: string | undefined, subscriptionId: string | undefined): StoredRow;
  add(held: Omit<StoredRow, 'index' | 'subscriptionId'>): StoredRow;
  readonly preOrders: Map<number, readonly PreOrder[]>;
}

/** Customers beside those that hold something. */
const idleCustomers = 2;

/**
 * How many customers share the subscriptions: at most 40 up to a thousand subscriptions, so that a full reading stays
 * within a minute's 240 calls; beyond that, one for every 25.
 */
function holders(subscriptions: number): number {
  if (subscriptions > 1000) return Math.ceil(subscriptions / 25);
  return Math.max(1, Math.min(40, Math.ceil(subscriptions / 3)));
}

export function dataset({ seed, scale, time, variants: chosen }: Ground): Dataset {
  const readings = variantsOf(variants, chosen);
  const ahead = readings['vendor-day'] === 'tokyo' ? assumptions.tokyoOffset : 0;
  const holding = holders(scale);
  const known = customers(seed, holding + idleCustomers);
  const held = rows(scale, firstRow(seed, holding, time.today));
  const ids = subscriptionIds(seed);
  const added = new Map<number, number[]>();

  const customerOf = (domainId: string | undefined): number => {
    const customer = known.indexOf(domainId ?? '');
    if (customer === null) throw new Refused(404, 'NOT_FOUND', `Customer ${domainId ?? ''} does not exist.`);
    return customer;
  };

  return {
    customers: known,
    rows: held,
    readings,
    today: () => day(time.now() + ahead),
    customer: customerOf,
    subscriptions: (customer) => {
      const found: StoredRow[] = [];
      const keep = (index: number) => {
        const row = held.get(index);
        if (row !== null) found.push(row);
      };
      if (customer < holding) for (let index = customer; index < scale; index += holding) keep(index);
      for (const index of added.get(customer) ?? []) keep(index);
      return found;
    },
    subscription: (domainId, subscriptionId) => {
      const customer = customerOf(domainId);
      const index = ids.indexOf(subscriptionId ?? '');
      const row = index === null ? null : held.get(index);
      if (row === null || row.customer !== customer) {
        throw new Refused(404, 'NOT_FOUND', `Subscription ${subscriptionId ?? ''} does not exist.`);
      }
      return row;
    },
    add: (fresh) => {
      const row = held.add((index) => ({ ...fresh, index, subscriptionId: ids.of(index) }));
      if (hasEffect()) added.set(row.customer, [...(added.get(row.customer) ?? []), row.index]);
      return row;
    },
    preOrders: new Map(),
  };
}
