import { counted, guids, type Ids } from '../ids.ts';
import { catalog, type Plan } from '../names/catalog.ts';
import { hardNames } from '../names/hard.ts';
import { organizationName } from '../names/organizations.ts';
import {
  acme,
  amongCustomers,
  kuusela,
  lindholm,
  pemberton,
  type SharedCustomer,
  vallmark,
} from '../names/shared-customers.ts';
import { type Rows, rows } from '../rows.ts';
import { salt, seededRandom } from '../seeded-random.ts';
import { spread } from '../spread.ts';
import type { SandboxTime } from '../time.ts';
import type { Ground } from '../vendor.ts';
import type { Readings } from './assumptions.ts';
import { type OrderStore, openOrders } from './orders.ts';
import { openRequests, type RequestStore } from './requests.ts';
import { firstRow, type Row } from './row.ts';

/** The business of one reseller, which is the API user's own company: its accounts, their subscriptions and its orders. */
export interface Dataset {
  readonly seed: number;
  readonly time: SandboxTime;
  readonly readings: Readings;
  readonly accounts: number;
  readonly ids: {
    readonly account: Ids<number>;
    readonly product: Ids<number>;
    readonly subscription: Ids<string>;
    readonly addon: Ids<string>;
  };
  readonly rows: Rows<Row>;
  readonly requests: RequestStore;
  readonly orders: OrderStore;
  accountName(account: number): string | null;
  /** Where it is a customer of other vendors too. */
  sharedCustomer(account: number): SharedCustomer | null;
}

const sharedCustomer = amongCustomers([acme, kuusela, pemberton, vallmark, lindholm]);

/** A company of the sandbox is a number; each has a dataset of its own, drawn from the same seed. */
export function openDataset(
  { seed, time }: Pick<Ground, 'seed' | 'time'>,
  readings: Readings,
  company: number,
  scale: number,
): Dataset {
  const own = seed * 31 + company;
  const chance = seededRandom(own);
  const accounts = Math.min(12_000, Math.max(3, Math.round(scale / 10)));
  const places = spread(own, salt('interworks account of'), scale, accounts);
  const ids: Dataset['ids'] = {
    account: counted(own, salt('interworks account'), 20_000 + company * 400_000, 11),
    product: counted(seed, salt('interworks product'), 1400, 7),
    subscription: guids(own, salt('interworks subscription')),
    addon: guids(own, salt('interworks addon')),
  };
  const shared = (account: number) => (company === 1 ? sharedCustomer(account) : null);
  const dataset = rows(scale, (index) => firstRow(chance, time, ids.addon, index, places.ownerOf(index)));
  return {
    seed: own,
    time,
    readings,
    accounts,
    ids,
    rows: dataset,
    requests: openRequests(guids(own, salt('interworks request')), dataset, time),
    orders: openOrders(counted(own, salt('interworks order'), 810_000, 3), time),
    accountName: (account) =>
      account % 71 === 19
        ? (hardNames[Math.floor(account / 71)] ?? null)
        : (shared(account)?.name ?? organizationName(chance, account + 7000)),
    sharedCustomer: shared,
  };
}

/** Every plan of the catalogue is a product, add-ons are not; in the catalogue's order. */
export const products: readonly Plan[] = catalog.flatMap(({ plans }) => plans);

export function productAt(product: number): Plan {
  const found = products[product];
  if (found === undefined) throw new RangeError(`There is no product ${product}.`);
  return found;
}
