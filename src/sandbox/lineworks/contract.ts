import { assumptions, limits } from './assumptions.ts';
import type { Dataset } from './dataset.ts';
import { addDays } from './day.ts';
import { Refused } from './errors.ts';
import { countsLicenses, freshPlanOf, groupOf, isFree, isPaid, isTrial, paidProduct } from './plans.ts';
import { checkPaidPlan, neededDay, neededLicenses, neededWord, type RequestInput } from './request-input.ts';
import type { StoredRow } from './stored-row.ts';
import type { PreOrder } from './wire.ts';

type Terms = Pick<StoredRow, 'plan' | 'planStartDate' | 'planEndDate' | 'licenseCount' | 'renewal' | 'status'>;

/** A customer takes a product: a paid one only where it has no trial or free one of the same group. Throws Refused. */
export function applied(dataset: Dataset, customer: number, asked: RequestInput): StoredRow {
  const plan = neededWord(asked, 'plan');
  const productId = neededWord(asked, 'productId');
  const rival = dataset.subscriptions(customer).find((held) => groupOf(held.productId) === groupOf(productId));
  if (rival?.productId === productId) throw new Refused(409, 'ALREADY_EXIST', `The customer has ${productId} already.`);
  if (rival && !isPaid(rival.plan)) {
    throw new Refused(409, 'CONFLICT', `Subscription ${rival.subscriptionId} is on ${rival.plan}: use paid-service.`);
  }
  const fresh = freshPlanOf(productId);
  if (fresh === null ? !isPaid(plan) : plan !== fresh && plan !== `${fresh}_LICENSE`) {
    throw new Refused(400, 'INVALID_PARAMETER', `${productId} cannot be had on plan ${plan}.`);
  }
  const terms = isPaid(plan) ? paidTerms(dataset, productId, plan, asked) : freshTerms(dataset, plan);
  return dataset.add({ ...terms, customer, productId, licenseAssignType: 'AUTO', reservation: null });
}

/** A trial or free subscription goes over to a paid plan today; what was reserved is gone. Throws Refused. */
export function paidNow(dataset: Dataset, held: StoredRow, asked: RequestInput): Partial<StoredRow> {
  if (!isTrial(held.plan) && !isFree(held.plan)) {
    throw new Refused(400, 'BAD_REQUEST', 'The subscription is on a paid plan already.');
  }
  const productId = paidProduct(held.productId);
  return { ...paidTerms(dataset, productId, neededWord(asked, 'plan'), asked), productId, reservation: null };
}

/** Throws Refused where a conversion to paid service is reserved. */
export function checkCancellable(held: StoredRow): void {
  if (held.reservation?.type === 'START_PAID_SERVICE') {
    throw new Refused(409, 'CONFLICT', 'A conversion to paid service is reserved: withdraw the reservation first.');
  }
}

/** Throws Refused. */
export function preOrder(dataset: Dataset, asked: RequestInput, number: number): PreOrder {
  const applyDate = neededDay(asked, 'applyDate');
  const productId = neededWord(asked, 'productId');
  const plan = checkPaidPlan(neededWord(asked, 'plan'));
  if (productId !== 'STD' && productId !== 'ADV') {
    throw new Refused(400, 'INVALID_PARAMETER', `productId ${productId} cannot be ordered ahead.`);
  }
  const last = addDays(dataset.today(), limits.preOrderDays);
  if (applyDate <= dataset.today() || applyDate > last) {
    throw new Refused(400, 'OUT_OF_RANGE', `applyDate must be a day from tomorrow until ${last}.`);
  }
  const licenseCount = countsLicenses(plan) ? neededLicenses(asked) : null;
  return { preOrderId: `PO-${number}`, productId, applyDate, plan, licenseCount };
}

function paidTerms(dataset: Dataset, productId: string, plan: string, asked: RequestInput): Terms {
  checkPaidPlan(plan);
  const licenseCount = countsLicenses(plan) ? neededLicenses(asked) : null;
  const renewal = { type: 'STAY', productId, plan, ...(licenseCount === null ? {} : { licenseCount }) };
  const planEndDate = addDays(dataset.today(), plan.startsWith('MONTHLY') ? 30 : 364);
  return { plan, planStartDate: dataset.today(), planEndDate, licenseCount, renewal, status: 'ACTIVE' };
}

function freshTerms(dataset: Dataset, plan: string): Terms {
  const planEndDate = isTrial(plan) ? addDays(dataset.today(), assumptions.trialDays) : null;
  return { plan, planStartDate: dataset.today(), planEndDate, licenseCount: null, renewal: null, status: 'ACTIVE' };
}
