import { type Rows, rows } from '../rows.ts';
import type { Ground } from '../vendor.ts';
import { Refused } from './errors.ts';
import { firstRow } from './first-rows.ts';
import { type BookIds, bookIds } from './ids.ts';
import { type Parties, parties } from './parties.ts';
import type { Held } from './stored-row.ts';
import { type Shown, shown } from './views.ts';

/** Everything of one tenant. */
export interface Book {
  readonly ids: BookIds;
  readonly parties: Parties;
  readonly rows: Rows<Held>;
  readonly shown: Shown;
  /** Indexes of one customer's subscriptions, rising with the start date. */
  indexesOf(customer: number): Iterable<number>;
  add(held: Omit<Held, 'index'>): void;
  /** Throws Refused (404) where the customer has no such subscription. */
  subscription(customer: number, id: string): Held;
}

export function book({ seed, scale, time }: Ground): Book {
  const ids = bookIds(seed);
  const who = parties(seed, ids, scale);
  const held = rows(scale, firstRow(seed, scale, who.owners, time.today));
  const added = new Map<number, number[]>();
  return {
    ids,
    parties: who,
    rows: held,
    shown: shown(ids, who),
    *indexesOf(customer) {
      yield* who.owners.rowsOf(customer);
      yield* added.get(customer) ?? [];
    },
    add: (fresh) => {
      const { customer, index } = held.add((at) => ({ ...fresh, index: at }));
      added.set(customer, [...(added.get(customer) ?? []), index]);
    },
    subscription: (customer, id) => {
      const index = ids.subscription.indexOf(id);
      const row = index === null ? null : held.get(index);
      if (row === null || row.customer !== customer) throw new Refused(404, `Subscription ${id} was not found.`);
      return row;
    },
  };
}
