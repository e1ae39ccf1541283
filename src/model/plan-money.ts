import type { BillingPeriod } from './billing-period.ts';
import { type Covers, coversWords, type PriceBasis, periodicChangeText, periodicText } from './cost.ts';
import { priceKindWords } from './main-price.ts';
import { amountText, sumOf } from './money.ts';
import { grouped } from './numbers.ts';
import type { Price, PriceKind } from './subscription.ts';

/** What a vendor still charges after a subscription ends. */
export interface Charged {
  /** The vendor's rule is known. */
  readonly isKnown: boolean;
  /** Behind `still charged:`, in a few words. */
  readonly brief: string;
  /** A whole sentence. */
  readonly sentence: string;
}

/** What a plan changes in money. Amounts are exact decimals for all of the subscription and one billing period. */
export interface PlanMoney {
  /** The price that is counted with; null: there is none. */
  readonly price: Price | null;
  /** What the price is for; null where there is none. */
  readonly basis: PriceBasis | null;
  /** Null: the vendor names none that is known. */
  readonly period: BillingPeriod | null;
  /** Null: not known. */
  readonly from: string | null;
  readonly to: string | null;
  /** `to` − `from`; null where one of them is not known. */
  readonly change: string | null;
  /** Why there is no price, a whole sentence; null where there is one. */
  readonly noPrice: string | null;
  /** Only where the plan ends something. */
  readonly charged: Charged | null;
}

/** The same in words. Each surface puts them where it has room. */
export interface PlanMoneyWords {
  /** `1,680.00 → 1,344.00 EUR a month (list)`; null where both sides are not known. */
  readonly cost: string | null;
  /** `−336.00 EUR a month`; null beside `cost` null. */
  readonly change: string | null;
  /** Whole sentences: the price where nothing is calculated with it, and what is still charged. */
  readonly sentences: readonly string[];
  /** All of it in as few words as possible: `−336.00 EUR a month; still charged: the whole term.` */
  readonly brief: string;
}

export function planMoneyWords(money: PlanMoney, arrow = '→'): PlanMoneyWords {
  const { price, period, from, to, change, noPrice, charged } = money;
  const isCounted = price !== null && from !== null && to !== null && change !== null;
  const { currency = null } = price ?? {};
  const changed = isCounted ? periodicChangeText({ amount: change, currency }, period) : null;
  const said = price === null && noPrice === null ? null : (changed ?? planMoneyText(money));
  const still = charged === null ? null : `still charged: ${charged.brief}`;
  return {
    cost: isCounted
      ? `${amountText(from)} ${arrow} ${periodicText({ amount: to, currency }, period)} (${priceKindWords[price.kind]})`
      : null,
    change: changed,
    sentences: [
      ...(noPrice === null ? [] : [noPrice]),
      ...(isCounted || price === null ? [] : [priceSentence(price, money)]),
      ...(charged === null ? [] : [charged.sentence]),
    ],
    brief: `${[said, still].filter((part) => part !== null).join('; ')}.`,
  };
}

/** In one line, for a table: the change where it is known, else the price. */
export function planMoneyText({ price, period, basis, change }: PlanMoney): string {
  if (change !== null && price !== null) {
    return `${periodicChangeText({ amount: change, currency: price.currency }, period)} (${priceKindWords[price.kind]})`;
  }
  if (price === null || basis === null) return 'no price';
  return `${periodicText(price, period)} (${[priceKindWords[price.kind], ...coversWords[uncounted[basis]]].join(', ')})`;
}

/** What a price is for where nothing is calculated with it. */
const uncounted: Readonly<Record<PriceBasis, Covers>> = { unit: 'unit', total: 'all', unknown: 'unknown' };

function priceSentence(price: Price, { period, basis }: PlanMoney): string {
  const shown = `The price is ${periodicText(price, period)} (${priceKindWords[price.kind]})`;
  switch (basis) {
    case 'unit':
      return `${shown} per unit.`;
    case 'total':
      return `${shown} in total; the vendor calculates the new one.`;
    default:
      return `${shown}; it may be per unit or in total.`;
  }
}

/** What several plans change together: one currency, period and kind of price. */
export interface PlanMoneySum {
  readonly kind: PriceKind;
  readonly currency: string | null;
  readonly period: BillingPeriod | null;
  readonly from: string;
  readonly to: string;
  readonly change: string;
  /** The number of plans in it. */
  readonly rows: number;
}

export interface PlanMoneyTotals {
  /** The most rows first. */
  readonly sums: readonly PlanMoneySum[];
  /** Rows with a price that nothing is calculated with: it may be per unit or in total, or the vendor counts no units. */
  readonly uncounted: number;
  /** Rows of vendors and subscriptions without a price. */
  readonly withoutPrice: number;
}

/** Exact sums of plans; other currencies, periods and kinds of price are never added. Null: the plan changes no money. */
export function planMoneyTotals(plans: Iterable<PlanMoney | null>): PlanMoneyTotals {
  const moneys = [...plans].filter((money) => money !== null);
  const counted = moneys.flatMap(({ price, period, from, to, change }) =>
    price === null || from === null || to === null || change === null
      ? []
      : [{ kind: price.kind, currency: price.currency, period, from, to, change }],
  );
  const alike = Map.groupBy(counted, ({ kind, currency, period }) => JSON.stringify([currency, period, kind]));
  const sums = [...alike.values()].flatMap((set): readonly PlanMoneySum[] => {
    const [first] = set;
    if (first === undefined) return [];
    const added = (side: 'from' | 'to' | 'change') =>
      sumOf(set.map((each) => ({ currency: first.currency, amount: each[side] })))[0]?.amount ?? '0';
    return [{ ...first, from: added('from'), to: added('to'), change: added('change'), rows: set.length }];
  });
  return {
    sums: sums.toSorted((one, other) => other.rows - one.rows),
    uncounted: moneys.filter(({ price, change }) => price !== null && change === null).length,
    withoutPrice: moneys.filter(({ price }) => price === null).length,
  };
}

/** `−336.00 EUR a month (list, 12 rows)`, then what is not added up; empty where nothing changes. */
export function planTotalsTexts({ sums, uncounted: plain, withoutPrice }: PlanMoneyTotals): readonly string[] {
  return [
    ...sums.map(
      (sum) =>
        `${periodicChangeText({ amount: sum.change, currency: sum.currency }, sum.period)} (${priceKindWords[sum.kind]}, ${rowsText(sum.rows)})`,
    ),
    ...(plain === 0 ? [] : [`${rowsText(plain)}: price not added up`]),
    ...(withoutPrice === 0 ? [] : [`${rowsText(withoutPrice)}: no price`]),
  ];
}

function rowsText(rows: number): string {
  return rows === 1 ? '1 row' : `${grouped(rows)} rows`;
}
