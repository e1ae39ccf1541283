/** Words of `plan`, the Japanese pages' wider list included, and what the vendor's rules ask of them. */
const trialPlans: ReadonlySet<string> = new Set(['TRIAL', 'TRIAL_LICENSE']);
const freePlans: ReadonlySet<string> = new Set(['FREE', 'FREE_LICENSE']);
export const paidPlans = [
  'MONTHLY',
  'MONTHLY_LICENSE',
  'ANNUAL',
  'ANNUAL_LICENSE',
  'ANNUAL_PREPAY',
  'ANNUAL_PREPAY_LICENSE',
] as const;

export const isTrial = (plan: string) => trialPlans.has(plan);
export const isFree = (plan: string) => freePlans.has(plan);
export const isPaid = (plan: string) => !isTrial(plan) && !isFree(plan);
export const countsLicenses = (plan: string) => plan.endsWith('_LICENSE');

export function freshPlanOf(productId: string): string | null {
  if (productId.endsWith('_T')) return 'TRIAL';
  return productId === 'FR' || productId.endsWith('_FR') ? 'FREE' : null;
}

/** The paid product that a trial or free one turns into. */
export function paidProduct(productId: string): string {
  if (productId.endsWith('_T')) return productId.slice(0, -2);
  if (productId === 'FR') return 'STD';
  return productId.endsWith('_FR') ? `${productId.slice(0, -3)}_STD` : productId;
}

/** Products of one group exclude each other: a customer has STD or ADV or a trial of either. */
export function groupOf(productId: string): string {
  const mark = productId.indexOf('_');
  const group = mark < 0 ? productId : productId.slice(0, mark);
  return group === 'FR' || group === 'STD' || group === 'ADV' ? 'base' : group;
}
