import { assumptions, limits } from './assumptions.ts';
import type { Book } from './dataset.ts';
import { addDays } from './day.ts';
import { Refused } from './errors.ts';
import { countsLicenses, freshPlanOf, groupOf, isFree, isPaid, isTrial, paidProduct } from './plans.ts';
import { type Asked, checkPaidPlan, neededDay, neededLicenses, neededWord } from './request-input.ts';
import type { Held } from './stored-row.ts';
import type { PreOrder } from './wire.ts';

type Terms = Pick<Held, 'plan' | 'planStartDate' | 'planEndDate' | 'licenseCount' | 'renewal' | 'status'>;

/** A customer takes a product: a paid one only where it has no trial or free one of the same group. Throws Refused. */
export function applied(book: Book, customer: number, asked: Asked): Held {
  const plan = neededWord(asked, 'plan');
  const productId = neededWord(asked, 'productId');
  const rival = book.subscriptions(customer).find((held) => groupOf(held.productId) === groupOf(productId));
  if (rival?.productId === productId) throw new Refused(409, 'ALREADY_EXIST', `The customer has ${productId} already.`);
  if (rival && !isPaid(rival.plan)) {
    throw new Refused(409, 'CONFLICT', `Subscription ${rival.subscriptionId} is on ${rival.plan}: use paid-service.`);
  }
  const fresh = freshPlanOf(productId);
  if (fresh === null ? !isPaid(plan) : plan !== fresh && plan !== `${fresh}_LICENSE`) {
    throw new Refused(400, 'INVALID_PARAMETER', `${productId} cannot be had on plan ${plan}.`);
  }
  const terms = isPaid(plan) ? paidTerms(book, productId, plan, asked) : freshTerms(book, plan);
  return book.add({ ...terms, customer, productId, licenseAssignType: 'AUTO', reservation: null });
}

/** A trial or free subscription goes over to a paid plan today; what was reserved is gone. Throws Refused. */
export function paidNow(book: Book, held: Held, asked: Asked): Partial<Held> {
  if (!isTrial(held.plan) && !isFree(held.plan)) {
    throw new Refused(400, 'BAD_REQUEST', 'The subscription is on a paid plan already.');
  }
  const productId = paidProduct(held.productId);
  return { ...paidTerms(book, productId, neededWord(asked, 'plan'), asked), productId, reservation: null };
}

/** Throws Refused where a conversion to paid service is reserved. */
export function checkCancellable(held: Held): void {
  if (held.reservation?.type === 'START_PAID_SERVICE') {
    throw new Refused(409, 'CONFLICT', 'A conversion to paid service is reserved: withdraw the reservation first.');
  }
}

/** Throws Refused. */
export function preOrder(book: Book, asked: Asked, number: number): PreOrder {
  const applyDate = neededDay(asked, 'applyDate');
  const productId = neededWord(asked, 'productId');
  const plan = checkPaidPlan(neededWord(asked, 'plan'));
  if (productId !== 'STD' && productId !== 'ADV') {
    throw new Refused(400, 'INVALID_PARAMETER', `productId ${productId} cannot be ordered ahead.`);
  }
  const last = addDays(book.today(), limits.preOrderDays);
  if (applyDate <= book.today() || applyDate > last) {
    throw new Refused(400, 'OUT_OF_RANGE', `applyDate must be a day from tomorrow until ${last}.`);
  }
  const licenseCount = countsLicenses(plan) ? neededLicenses(asked) : null;
  return { preOrderId: `PO-${number}`, productId, applyDate, plan, licenseCount };
}

function paidTerms(book: Book, productId: string, plan: string, asked: Asked): Terms {
  checkPaidPlan(plan);
  const licenseCount = countsLicenses(plan) ? neededLicenses(asked) : null;
  const renewal = { type: 'STAY', productId, plan, ...(licenseCount === null ? {} : { licenseCount }) };
  const planEndDate = addDays(book.today(), plan.startsWith('MONTHLY') ? 30 : 364);
  return { plan, planStartDate: book.today(), planEndDate, licenseCount, renewal, status: 'ACTIVE' };
}

function freshTerms(book: Book, plan: string): Terms {
  const planEndDate = isTrial(plan) ? addDays(book.today(), assumptions.trialDays) : null;
  return { plan, planStartDate: book.today(), planEndDate, licenseCount: null, renewal: null, status: 'ACTIVE' };
}
