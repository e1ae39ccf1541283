/** How often a price is charged, as far as a vendor's word says it. */
export const billingPeriods = [
  'month',
  'quarter',
  'half-year',
  'year',
  '2-years',
  '3-years',
  '5-years',
  'once',
] as const;
export type BillingPeriod = (typeof billingPeriods)[number];

const inWords = {
  month: 'a month',
  quarter: 'a quarter',
  'half-year': 'every 6 months',
  year: 'a year',
  '2-years': 'every 2 years',
  '3-years': 'every 3 years',
  '5-years': 'every 5 years',
  once: 'once',
} as const satisfies Record<BillingPeriod, string>;

/** Words of vendors without case, blanks, dashes and underscores; ISO 8601 durations too. */
const known: Readonly<Record<BillingPeriod, readonly string[]>> = {
  month: ['monthly', 'month', 'permonth', '1month', 'onemonth', 'p1m'],
  quarter: ['quarterly', 'quarter', 'perquarter', '3months', 'threemonths', 'p3m'],
  'half-year': ['halfyearly', 'halfyear', 'semiannual', 'semiannually', '6months', 'sixmonths', 'p6m'],
  year: ['annual', 'annually', 'yearly', 'year', 'peryear', '1year', 'oneyear', '12months', 'p1y', 'p12m'],
  '2-years': ['biennial', 'biennially', '2years', 'twoyears', '24months', 'p2y', 'p24m'],
  '3-years': ['triennial', 'triennially', '3years', 'threeyears', '36months', 'p3y', 'p36m'],
  '5-years': ['5years', 'fiveyears', '60months', 'p5y', 'p60m'],
  once: ['onetime', 'once', 'oneoff'],
};
const byWord: ReadonlyMap<string, BillingPeriod> = new Map(
  billingPeriods.flatMap((period) => known[period].map((word) => [word, period] as const)),
);

/** Null for a word that names no known period: none is made up. */
export function periodOf(billing: string | null): BillingPeriod | null {
  return byWord.get((billing ?? '').toLowerCase().replaceAll(/[\s_-]/g, '')) ?? null;
}

/** `a month`, `every 3 years`, `once`. */
export function periodText(period: BillingPeriod): string {
  return inWords[period];
}
