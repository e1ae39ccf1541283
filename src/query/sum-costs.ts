import { type BillingPeriod, billingPeriods, periodOf } from '../model/billing-period.ts';
import { basisOf, byCovers, type Cost, type CostSum, type Covers, type PriceBasis } from '../model/cost.ts';
import { mainPrice } from '../model/main-price.ts';
import { times } from '../model/money.ts';
import { flag } from '../store/column-layout.ts';
import type { Database } from '../store/database.ts';
import { moneyNamed, tenThousandths } from '../store/money.ts';
import { textOrNull } from '../store/sql-values.ts';
import { codeAt } from './code-column.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';
import { ExactSum } from './exact-sum.ts';
import { numberAt } from './number-column.ts';
import type { RowsReader } from './rows-reader.ts';
import { finished } from './steps.ts';

/** What the prices of each connection are for, by its name; the others give none. */
export type PriceBases = Readonly<Record<string, PriceBasis | null>>;

const covers: readonly Covers[] = ['all', 'unit', 'unknown'];
const periods: readonly (BillingPeriod | null)[] = [null, ...billingPeriods];

/** Exact sums of what some rows cost: as `costOf` and `sumCosts`, from columns alone where they hold the price exactly. */
export function sumCostsOf(...of: Parameters<typeof sumCostsSteps>): readonly CostSum[] {
  return finished(sumCostsSteps(...of));
}

const rowsAtOnce = 5_000;

/** The same in slices of a few milliseconds. */
export function* sumCostsSteps(
  database: Database,
  snapshot: ColumnSnapshot,
  read: RowsReader,
  rows: Uint32Array,
  bases: PriceBases,
): Generator<undefined, readonly CostSum[]> {
  const { rows: cells } = snapshot;
  const [price, quantity] = [numberAt(cells.prices()), numberAt(cells.quantity())];
  const [money, billing, connection] = [codeAt(cells.money()), codeAt(cells.billing()), codeAt(cells.connection())];
  const flags = cells.flags();
  const nameAt = (code: number) =>
    textOrNull(database.statement('SELECT name FROM node WHERE code = ?').get(code)?.name ?? null);
  const moneyAt = remembered((code) => moneyNamed(nameAt(code) ?? ''));
  const periodAt = remembered((code) => periods.indexOf(code === 0 ? null : periodOf(nameAt(code))));
  const basisAt = remembered((code) => {
    const name = snapshot.connection(code)?.name;
    return name !== undefined && Object.hasOwn(bases, name) ? (bases[name] ?? null) : null;
  });
  const sums = new Map<number, { readonly sum: ExactSum; readonly about: Omit<Cost, 'amount'> }>();
  let summed = 0;
  for (const row of rows) {
    summed += 1;
    if (summed % rowsAtOnce === 0) yield;
    const code = money(row);
    const units = tenThousandths(price(row));
    if (code === 0 || Number.isNaN(units)) continue;
    const [about, given] = [moneyAt(code), basisAt(connection(row))];
    if (about === null || given === null) continue;
    const basis = basisOf(about, given);
    const seats = basis === 'unit' ? quantity(row) : 1;
    const cover = basis === 'unknown' ? 2 : Number.isNaN(seats) ? 1 : 0;
    const count = cover === 0 ? seats : 1;
    const period = periodAt(billing(row));
    const key = (code * covers.length + cover) * periods.length + period;
    const found = sums.get(key) ?? {
      sum: new ExactSum(),
      about: { ...about, period: periods[period] ?? null, covers: covers[cover] ?? 'unknown' },
    };
    sums.set(key, found);
    if (((flags[row] ?? 0) & flag.fineMoney) === 0) {
      found.sum.addUnits(units, count);
    } else {
      const subscription = read.subscription(row);
      const amount = subscription === null ? undefined : mainPrice(subscription)?.amount;
      found.sum.addText((amount === undefined ? null : times(amount, count)) ?? '');
    }
  }
  return [...sums.values()]
    .filter(({ sum }) => sum.count > 0)
    .map(({ sum, about }) => ({ ...about, amount: sum.written(), subscriptions: sum.count }))
    .toSorted(byCovers);
}

/** A value by code, made once. */
function remembered<Value>(make: (code: number) => Value): (code: number) => Value {
  const known = new Map<number, { readonly value: Value }>();
  return (code) => {
    const held = known.get(code) ?? { value: make(code) };
    known.set(code, held);
    return held.value;
  };
}
