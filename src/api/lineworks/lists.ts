import type { Subscription } from '../../model/subscription.ts';
import { type ListedValue, noLists, type VendorLists } from '../contract.ts';
import { isFreePlan, isLicensePlan, isUnpaidPlan, paidPlans, paidProducts } from './assumptions.ts';
import { productLabel } from './products.ts';

/** LINE WORKS has no call for its products and plans: these are the codes of its pages, as far as a row can have them. */
export const lineworksLists: VendorLists = {
  ...noLists('LINE WORKS has no such field.'),
  renewalProduct: async (row) => productsFor(row).map(product),
  renewalPlan: async (row) => plansFor(row).map(plan),
  reservationType: async ({ billing }) =>
    reservationTypes.filter(({ fits }) => fits(billing)).map(({ type, label }) => ({ value: type, label })),
  // A trial becomes its own product.
  reservationProduct: async (row) =>
    row.billing === null || isFreePlan(row.billing) ? productsFor(row).map(product) : [],
  reservationPlan: async ({ billing }) => (billing === null || isUnpaidPlan(billing) ? paidPlans.map(plan) : []),
};

/** Paid products of the same family, and those that the subscription has or will have. */
export function productsFor({ product: present, renewal }: Subscription): readonly string[] {
  const family = familyOf(present?.id ?? '');
  const own = [present?.id ?? null, renewal?.productId ?? null];
  const extra = own.filter((id) => id !== null && familyOf(id) === family && !isUnpaidProduct(id));
  return [...new Set([...paidProducts.filter((id) => familyOf(id) === family), ...extra])].filter((id) => id !== null);
}

/** Paid plans, and those that the subscription has or will have. */
export function plansFor({ billing, renewal }: Subscription): readonly string[] {
  const own = [billing, renewal?.plan ?? null].filter((code) => code !== null);
  return [...new Set([...paidPlans, ...own.filter((code) => !isUnpaidPlan(code))])];
}

/** Products of one family take each other's place: `STD` and `ADV`; `ROG_STD` and `ROG_ADV`. */
function familyOf(productId: string): string {
  const [last = '', ...before] = productId.replace(/_T$/, '').split('_').reverse();
  return before.length > 0 ? before.reverse().join('_') : ['FR', 'STD', 'ADV'].includes(last) ? 'STD' : last;
}

function isUnpaidProduct(productId: string): boolean {
  return /_T$/.test(productId) || /(?:^|_)FR$/.test(productId);
}

function product(value: string): ListedValue {
  return { value, label: productLabel(value) };
}

const reservationTypes: readonly {
  readonly type: string;
  readonly label: string;
  fits(plan: string | null): boolean;
}[] = [
  {
    type: 'ADD_LICENSE',
    label: 'add licences (ADD_LICENSE)',
    fits: (plan) => plan === null || (isLicensePlan(plan) && !isUnpaidPlan(plan)),
  },
  {
    type: 'START_PAID_SERVICE',
    label: 'start paid service (START_PAID_SERVICE)',
    fits: (plan) => plan === null || isUnpaidPlan(plan),
  },
  { type: 'CANCEL', label: 'cancel (CANCEL)', fits: (plan) => plan === null || !isUnpaidPlan(plan) },
];

const periods: readonly (readonly [string, string])[] = [
  ['MONTHLY', 'monthly'],
  ['ANNUAL_PREPAY', 'annual, prepaid'],
  ['ANNUAL', 'annual'],
];

function plan(value: string): ListedValue {
  const period = periods.find(([code]) => value === code || value === `${code}_LICENSE`)?.[1];
  const by = isLicensePlan(value) ? ', by licence' : '';
  return { value, label: period === undefined ? value : `${period}${by} (${value})` };
}
