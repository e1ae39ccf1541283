import { seatsFor } from '../seats.ts';
import { mix, salt, seededRandom } from '../seeded-random.ts';
import { assumptions, limits } from './assumptions.ts';
import { addDays, day } from './day.ts';
import { countsLicenses, freshPlanOf, isPaid } from './plans.ts';
import type { StoredRenewal, StoredReservation, StoredRow } from './stored-row.ts';
import { subscriptionIds } from './subscription-ids.ts';

/** What a customer has beside its base product, in turn: several of these words stand in no document we hold. */
const further = [
  'NTA_BZ',
  'JP_PPO_STD',
  'NTA_TM_T',
  'ROG_STD',
  'JP_AIS_STD',
  'JP_PPO_ADV',
  'NTA_EP',
  'ROG_FR',
  'NTA_SL',
] as const;

const streams = {
  base: salt('lineworks base product'),
  plan: salt('lineworks plan'),
  age: salt('lineworks age'),
  licenses: salt('lineworks licenses'),
  renewal: salt('lineworks renewal'),
};

/**
 * The rows of the start, computed from their index: row by row over the customers, so that each customer's first one is
 * its base product. Oddities come by rule: every 31st trial has a renewal, which only paid plans should have; every
 * third row says nothing of how licences are assigned; every 13th has something reserved.
 */
export function firstRow(seed: number, customers: number, today: number): (index: number) => StoredRow {
  const throwing = seededRandom(mix(seed, salt('lineworks rows'), 0));
  const ids = subscriptionIds(seed);
  const todaysDay = day(today);
  return (index) => {
    const customer = index % customers;
    const rank = Math.floor(index / customers);
    const productId =
      rank === 0 ? baseProduct(throwing.below(streams.base, index, 100)) : furtherProduct(rank, customer);
    const plan = freshPlanOf(productId) ?? paidPlan(throwing.below(streams.plan, index, 100));
    const term = termDays(plan);
    const age = throwing.below(streams.age, index, term === null ? 900 : plan === 'TRIAL' ? term * 2 : term);
    const planStartDate = addDays(todaysDay, -age);
    const planEndDate = term === null ? null : addDays(planStartDate, term);
    const licenseCount = countsLicenses(plan) ? licenses(index, throwing.fraction(streams.licenses, index)) : null;
    const row: StoredRow = {
      index,
      customer,
      subscriptionId: ids.of(index),
      productId,
      plan,
      planStartDate,
      planEndDate,
      licenseAssignType: [null, 'AUTO', index % 2 === 0 ? 'MANUAL' : 'NONE'][index % 3] ?? null,
      licenseCount,
      status: plan === 'TRIAL' && planEndDate !== null && planEndDate < todaysDay ? 'SUSPENDED_TRIALEND' : 'ACTIVE',
      renewal: null,
      reservation: null,
    };
    const renewal = renewalOf(row, throwing.below(streams.renewal, index, 100));
    return { ...row, renewal, reservation: index % 13 === 6 ? reservationOf(row, todaysDay) : null };
  };
}

function baseProduct(luck: number): string {
  if (luck < 8) return 'STD_T';
  if (luck < 12) return 'ADV_T';
  if (luck < 18) return 'FR';
  return luck < 64 ? 'STD' : 'ADV';
}

function furtherProduct(rank: number, customer: number): string {
  return further[(rank - 1 + customer) % further.length] ?? further[0];
}

function paidPlan(luck: number): string {
  if (luck < 45) return 'ANNUAL_LICENSE';
  if (luck < 65) return 'ANNUAL_PREPAY_LICENSE';
  if (luck < 92) return 'MONTHLY';
  return luck < 97 ? 'MONTHLY_LICENSE' : 'ANNUAL';
}

function termDays(plan: string): number | null {
  if (plan === 'TRIAL') return assumptions.trialDays;
  if (!isPaid(plan)) return null;
  return plan.startsWith('MONTHLY') ? 30 : 364;
}

/** On purpose one row in a thousand has the documented maximum; the default dataset has none. */
function licenses(index: number, luck: number): number {
  return index % 997 === 996 ? limits.licenses : seatsFor(luck);
}

function renewalOf(row: StoredRow, luck: number): StoredRenewal | null {
  const count = row.licenseCount === null ? {} : { licenseCount: row.licenseCount };
  if (row.plan === 'TRIAL') return row.index % 31 === 0 ? { type: 'STAY', productId: 'STD', plan: 'MONTHLY' } : null;
  if (!isPaid(row.plan)) return null;
  if (luck < 12) return { type: 'CANCEL' };
  const stay: StoredRenewal = { type: 'STAY', productId: row.productId, plan: row.plan, ...count };
  if (luck > 85 && row.licenseCount !== null && row.licenseCount > 1) {
    return { ...stay, type: 'CHANGE', licenseCount: Math.ceil(row.licenseCount * 0.8) };
  }
  return stay;
}

function reservationOf(row: StoredRow, today: string): StoredReservation | null {
  const { plan, productId, planEndDate } = row;
  const tomorrow = addDays(today, 1);
  if (plan === 'TRIAL' && planEndDate !== null && planEndDate >= tomorrow) {
    return {
      type: 'START_PAID_SERVICE',
      applyDate: planEndDate,
      plan: 'ANNUAL_LICENSE',
      productId: 'STD',
      licenseCount: 10,
    };
  }
  if (countsLicenses(plan) && planEndDate !== null && planEndDate >= tomorrow) {
    return { type: 'ADD_LICENSE', applyDate: tomorrow, plan, productId, licenseCount: 5 };
  }
  return null;
}
