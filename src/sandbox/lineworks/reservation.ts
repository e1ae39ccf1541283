import { assumptions, limits, type Readings } from './assumptions.ts';
import { addDays } from './day.ts';
import { Refused } from './errors.ts';
import { countsLicenses, isFree, isPaid, paidProduct } from './plans.ts';
import { checkPaidPlan, neededDay, neededLicenses, neededWord, type RequestInput, wordIn } from './request-input.ts';
import type { StoredReservation, StoredRow } from './stored-row.ts';

/** A new reservation, checked against the vendor's rules: one at a time, each type with its own plans and days. Throws Refused. */
export function newReservation(
  held: StoredRow,
  asked: RequestInput,
  today: string,
  readings: Readings,
): StoredReservation {
  if (held.reservation !== null) throw new Refused(409, 'ALREADY_EXIST', 'The subscription has a reservation already.');
  const type = neededWord(asked, 'type');
  const applyDate = neededDay(asked, 'applyDate');
  checkDay(held, type, applyDate, today);
  switch (type) {
    case 'START_PAID_SERVICE':
      return paidService(held, asked, applyDate, readings);
    case 'ADD_LICENSE':
      return moreLicenses(held, asked, applyDate);
    default:
      if (!isPaid(held.plan)) throw new Refused(400, 'BAD_REQUEST', 'Only a paid subscription can be cancelled.');
      return { type, applyDate, plan: held.plan, productId: held.productId };
  }
}

/** The same reservation on another day; nothing else of it can be changed. Throws Refused. */
export function movedReservation(held: StoredRow, asked: RequestInput, today: string): StoredReservation {
  const reservation = existing(held);
  const others = Object.keys(asked).filter((name) => name !== 'applyDate');
  if (others.length > 0)
    throw new Refused(400, 'INVALID_PARAMETER', `Only applyDate can be changed, not ${others.join(', ')}.`);
  const applyDate = neededDay(asked, 'applyDate');
  checkDay(held, reservation.type, applyDate, today);
  return { ...reservation, applyDate };
}

export function existing(held: StoredRow): StoredReservation {
  if (held.reservation === null) throw new Refused(404, 'NOT_FOUND', 'The subscription has no reservation.');
  return held.reservation;
}

function checkDay(held: StoredRow, type: string, applyDate: string, today: string): void {
  const last = lastDay(held, type);
  if (applyDate <= today || (last !== null && applyDate > last)) {
    const until = last === null ? '' : ` until ${last}`;
    throw new Refused(400, 'OUT_OF_RANGE', `applyDate of ${type} must be a day from tomorrow${until}.`);
  }
}

function lastDay(held: StoredRow, type: string): string | null {
  const end = held.planEndDate;
  switch (type) {
    case 'START_PAID_SERVICE':
      return end === null ? null : addDays(end, assumptions.trialGraceDays);
    case 'ADD_LICENSE':
      return end;
    case 'CANCEL':
      return end === null ? null : addDays(end, 1);
    default:
      throw new Refused(
        400,
        'INVALID_PARAMETER',
        `type ${type} is not one of CANCEL, START_PAID_SERVICE, ADD_LICENSE.`,
      );
  }
}

/** Stated for trials, which become their own product, and for free plans, where the product is named. */
function paidService(held: StoredRow, asked: RequestInput, applyDate: string, readings: Readings): StoredReservation {
  if (isPaid(held.plan)) throw new Refused(400, 'BAD_REQUEST', 'The subscription is on a paid plan already.');
  const plan = checkPaidPlan(neededWord(asked, 'plan'));
  const named = wordIn(asked, 'productId');
  if (readings['start-paid-product'] === 'strict') {
    if (isFree(held.plan) && named === null) throw new Refused(400, 'MISSING_PARAMETER', 'productId is required.');
    if (!isFree(held.plan) && named !== null)
      throw new Refused(400, 'INVALID_PARAMETER', 'productId must not be given for a trial.');
  }
  const productId = named ?? paidProduct(held.productId);
  const count = countsLicenses(plan) ? { licenseCount: neededLicenses(asked) } : {};
  return { type: 'START_PAID_SERVICE', applyDate, plan, productId, ...count };
}

function moreLicenses(held: StoredRow, asked: RequestInput, applyDate: string): StoredReservation {
  const { plan, productId } = held;
  if (!countsLicenses(plan)) throw new Refused(400, 'BAD_REQUEST', `plan ${plan} has no licences to add to.`);
  const licenseCount = neededLicenses(asked);
  if ((held.licenseCount ?? 0) + licenseCount > limits.licenses) {
    throw new Refused(400, 'LIMIT_EXCEEDED', `A subscription has at most ${limits.licenses} licences.`);
  }
  return { type: 'ADD_LICENSE', applyDate, plan, productId, licenseCount };
}
