import { endOf } from '../../model/date-text.ts';
import { type FaultError, fault } from '../../model/fault.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Subscription } from '../../model/subscription.ts';
import { isCode, isFreePlan, isLicensePlan, isUnpaidPlan, paidPlans, paidProducts } from './assumptions.ts';
import { plansFor, productsFor } from './lists.ts';

/** The maximum number of licences in one call. [Stated by the vendor.] */
const mostLicenses = 1_000_000;

/** The inputs of a renewal or a reservation: `key=value` arguments. */
export type RequestWords = Readonly<Record<string, string>>;

/** The body of a renewal's PATCH, exactly as sent. */
export interface RenewalBody {
  readonly type: 'STAY' | 'CHANGE' | 'CANCEL';
  readonly productId?: string;
  readonly plan?: string;
  readonly licenseCount?: number;
}

/**
 * A renewal as asked for: `type` (stay, change, cancel) and, with a change, `product`, `plan`, `quantity`. What an earlier
 * change had set and this one leaves open goes along, and so does the number of licences with a licence plan, since
 * LINE WORKS wants it there. Throws a `usage` fault for words that make no sense, a `refused` one for a free or trial plan
 * and for licences with a plan that counts none.
 * Source: developers.worksmobile.com/en/docs/partner-customer-subscriptions-renewal-patch
 */
export function renewalBody(target: Subscription, asked: RequestWords): RenewalBody {
  onlyKeys(asked, ['type', 'product', 'plan', 'quantity']);
  const type = choice(asked, 'type', ['STAY', 'CHANGE', 'CANCEL']);
  if (target.billing !== null && isUnpaidPlan(target.billing)) {
    throw fault(
      'refused',
      `A ${target.billing} plan has no renewal: LINE WORKS renews only paid plans.`,
      'Reserve its conversion instead: `reservation create` with type=start_paid_service.',
    );
  }
  if (type !== 'CHANGE') {
    onlyKeys(asked, ['type']);
    return { type };
  }
  if (Object.keys(asked).length === 1) {
    throw usage('A renewal of type=change must name a change.', 'Add product=…, plan=… or quantity=….');
  }
  const pending = target.renewal?.mode === 'change' ? target.renewal : null;
  const productId = code(target, asked, 'product') ?? pending?.productId ?? null;
  const plan = code(target, asked, 'plan') ?? pending?.plan ?? target.billing;
  const licenses = licenseCount(asked.quantity);
  if (licenses !== null) needsLicensePlan(plan);
  const kept = plan !== null && isLicensePlan(plan) ? (pending?.quantity ?? target.quantity) : null;
  const count = licenses ?? kept;
  return {
    type,
    ...(productId === null ? {} : { productId }),
    ...(plan === null ? {} : { plan }),
    ...(count === null ? {} : { licenseCount: count }),
  };
}

/** The body of a reservation's POST, exactly as sent. */
export interface ReservationBody {
  readonly type: 'CANCEL' | 'START_PAID_SERVICE' | 'ADD_LICENSE';
  readonly applyDate: string;
  readonly licenseCount?: number;
  readonly plan?: string;
  readonly productId?: string;
}

/**
 * A reservation as asked for: `type` (cancel, start_paid_service, add_license), `date` (`tomorrow` where absent),
 * `quantity` (licences to add; with a conversion, licences to start with), `plan`, `product`. What the vendor states of plans,
 * products and last days is checked here; whether a day has begun is left to the vendor, whose day it is. Throws `usage` and
 * `refused` faults.
 * Source: developers.worksmobile.com/en/docs/partner-customer-subscriptions-reservation-create
 */
export function reservationBody(target: Subscription, asked: RequestWords, tomorrow: string): ReservationBody {
  onlyKeys(asked, ['type', 'date', 'quantity', 'plan', 'product']);
  const type = choice(asked, 'type', ['CANCEL', 'START_PAID_SERVICE', 'ADD_LICENSE']);
  const applyDate = day(asked.date) ?? tomorrow;
  const licenses = licenseCount(asked.quantity);
  switch (type) {
    case 'CANCEL':
      onlyKeys(asked, ['type', 'date']);
      if (isUnpaidPlan(presentPlan(target))) {
        throw fault(
          'refused',
          `A ${target.billing} plan is not paid: only paid plans can be cancelled by a reservation.`,
          'A trial ends automatically; end a free product in the Partner Console.',
        );
      }
      within(applyDate, tomorrow, dayAfterLast(target));
      return { type, applyDate };
    case 'ADD_LICENSE':
      onlyKeys(asked, ['type', 'date', 'quantity']);
      if (licenses === null || licenses === 0)
        throw usage('The number of licences to add is missing.', 'Add quantity=….');
      needsLicensePlan(target.billing);
      within(applyDate, tomorrow, lastDay(target));
      return { type, applyDate, licenseCount: licenses };
    case 'START_PAID_SERVICE': {
      const plan = code(target, asked, 'plan');
      const productId = code(target, asked, 'product');
      if (plan === null) throw usage('The plan to convert to is missing.', 'Add plan=…, such as plan=MONTHLY.');
      if (isUnpaidPlan(plan)) throw usage(`${plan} is not a paid plan.`, 'Give a paid one, such as plan=MONTHLY.');
      if (licenses !== null) needsLicensePlan(plan);
      if (licenses === null && isLicensePlan(plan)) {
        throw usage(`${plan} counts licences, but their number is missing.`, 'Add quantity=….');
      }
      checkProduct(presentPlan(target), productId);
      within(applyDate, tomorrow, null);
      return {
        type,
        applyDate,
        plan,
        ...(productId === null ? {} : { productId }),
        ...(licenses === null ? {} : { licenseCount: licenses }),
      };
    }
  }
}

/**
 * From a free plan the product must be named, from a trial it must not: it becomes its own product.
 * Source: developers.worksmobile.com/jp/docs/partner-customer-subscriptions-reservation-create
 */
function checkProduct(present: string, productId: string | null): void {
  if (!isUnpaidPlan(present)) {
    const next = 'Change the plan at renewal instead: `renewal set` with type=change plan=….';
    throw fault('refused', `The subscription is already on a paid plan (${present}).`, next);
  }
  if (isFreePlan(present) && productId === null) {
    throw usage('The conversion of a free plan needs the product.', 'Add product=…, such as product=STD.');
  }
  if (!isFreePlan(present) && productId !== null) {
    throw usage('A trial can be converted only to its own product.', 'Leave out product=….');
  }
}

/** The allowed reservations depend on it. */
function presentPlan({ billing, name, connection }: Subscription): string {
  if (billing !== null) return billing;
  const message = `LINE WORKS did not give the plan of ${name}; what can be reserved depends on it.`;
  throw fault('refused', message, `Run \`subdeck sync ${shellWord(connection)}\`, then try again.`, { connection });
}

/**
 * The day before `tomorrow` may be tomorrow in another zone, and the vendor decides; earlier days are over everywhere.
 */
function within(day: string, tomorrow: string, last: string | null): void {
  if (dayAfter(day) < tomorrow) throw usage(`${day} has passed.`, `Give a day from ${tomorrow} on.`);
  if (last === null || day <= last) return;
  throw usage(`${day} is too late: the last day is ${last}.`, `Give a day from ${tomorrow} until ${last}.`);
}

/** Null where the vendor gives none, or none that can be read: then the vendor looks at it. */
function lastDay({ endsAt }: Subscription): string | null {
  const end = endOf(endsAt);
  return end === null ? null : new Date(end).toISOString().slice(0, 10);
}

function dayAfterLast(target: Subscription): string | null {
  const last = lastDay(target);
  return last === null ? null : dayAfter(last);
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function needsLicensePlan(plan: string | null): void {
  if (plan !== null && isLicensePlan(plan)) return;
  throw fault(
    'refused',
    `LINE WORKS counts licences only for a licence plan; this plan is ${plan ?? 'unknown'}.`,
    'Change the plan at renewal first: `renewal set` with type=change plan=ANNUAL_LICENSE.',
  );
}

function onlyKeys(asked: RequestWords, keys: readonly string[]): void {
  const stranger = Object.keys(asked).find((key) => !keys.includes(key));
  if (stranger !== undefined) {
    throw usage(`${stranger}=… is not used here.`, `Use only ${keys.map((key) => `${key}=…`).join(', ')}.`);
  }
}

function choice<Word extends string>(asked: RequestWords, key: string, words: readonly Word[]): Word {
  const given = asked[key]?.trim().toUpperCase().replaceAll('-', '_');
  const word = words.find((one) => one === given);
  if (word !== undefined) return word;
  const list = words.map((one) => one.toLowerCase()).join(', ');
  throw usage(
    given === undefined ? `${key}=… is missing.` : `${key} must be one of ${list}.`,
    `Choose one of ${list}.`,
  );
}

/** The vendor's codes are in capitals; people may type them as they like. Throws a `usage` fault that lists those that there are. */
function code(target: Subscription, asked: RequestWords, key: 'product' | 'plan'): string | null {
  const text = asked[key];
  if (text === undefined || text === '') return null;
  const [known, fitting] =
    key === 'product' ? [paidProducts, productsFor(target)] : [[...paidPlans, ...unpaidPlans], plansFor(target)];
  const found = isCode(text) ? text.toUpperCase() : null;
  if (found !== null && (known.includes(found) || fitting.includes(found))) return found;
  throw usage(`LINE WORKS has no ${key} ${JSON.stringify(text)}.`, `There are: ${fitting.join(', ')}.`);
}

/** Each has a reason of its own for being refused. */
const unpaidPlans = ['FREE', 'FREE_LICENSE', 'TRIAL', 'TRIAL_LICENSE'];

function licenseCount(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,7}$/.test(text) && Number(text) <= mostLicenses) return Number(text);
  throw usage('The quantity must be a whole number from 0 to 1000000.', 'Give a number in this range.');
}

function day(text: string | undefined): string | null {
  if (text === undefined) return null;
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  if (date !== null && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)) return text;
  throw usage('The date must be a calendar day such as 2027-01-31.', 'Write it as YYYY-MM-DD.');
}

function usage(message: string, next: string): FaultError {
  return fault('usage', message, next);
}
