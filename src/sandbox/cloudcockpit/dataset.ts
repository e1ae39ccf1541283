import { type Rows, rows } from '../rows.ts';
import { variantsOf } from '../variants.ts';
import type { Ground } from '../vendor.ts';
import { type Readings, variants } from './assumptions.ts';
import { Refused } from './errors.ts';
import { firstRow } from './first-rows.ts';
import { type DatasetIds, datasetIds } from './ids.ts';
import { type Parties, parties } from './parties.ts';
import type { StoredRow } from './stored-row.ts';
import { type Views, views } from './views.ts';

/** Everything of one tenant. */
export interface Dataset {
  readonly readings: Readings;
  readonly ids: DatasetIds;
  readonly parties: Parties;
  readonly rows: Rows<StoredRow>;
  readonly views: Views;
  /** Indexes of one customer's subscriptions, rising with the start date. */
  indexesOf(customer: number): Iterable<number>;
  add(held: Omit<StoredRow, 'index'>): void;
  /** Throws Refused (404) where the customer has no such subscription. */
  subscription(customer: number, id: string): StoredRow;
}

export function dataset({ seed, scale, time, variants: chosen }: Ground): Dataset {
  const ids = datasetIds(seed);
  const who = parties(seed, ids, scale);
  const held = rows(scale, firstRow(seed, scale, who.owners, time));
  const added = new Map<number, number[]>();
  const readings = variantsOf(variants, chosen);
  return {
    readings,
    ids,
    parties: who,
    rows: held,
    views: views(ids, who, readings),
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
