import { hardNames } from '../names/hard.ts';
import { mix, salt, seededRandom } from '../seeded-random.ts';
import type { Spread } from '../spread.ts';
import { dayLength } from '../time.ts';
import { assumptions } from './assumptions.ts';
import { addMonths, monthsOf } from './calendar.ts';
import { addonOffer, mainOffer, offerAt } from './offers.ts';
import type { StoredRow } from './stored-row.ts';

const streams = {
  offer: salt('cloudcockpit offer'),
  term: salt('cloudcockpit term'),
  renew: salt('cloudcockpit renew'),
  status: salt('cloudcockpit status'),
  quantity: salt('cloudcockpit quantity'),
  hard: salt('cloudcockpit hard name'),
};

const oldest = 1100 * dayLength;
const averageMonth = 30.4375 * dayLength;

/** The rows of the start, computed from their index. Indexes rise with the start date. */
export function firstRow(seed: number, size: number, owners: Spread, today: number): (index: number) => StoredRow {
  const throwing = seededRandom(mix(seed, salt('cloudcockpit rows'), 0));
  return (index) => {
    const customer = owners.ownerOf(index);
    const parent = index % 9 === 4 ? firstOf(owners, customer, index) : null;
    const luck = throwing.below(streams.offer, index, 0x7fffffff);
    const at = parent === null ? mainOffer(luck) : addonOffer(luck);
    const offer = offerAt(at);
    const [term, billing] = offer.terms[throwing.below(streams.term, index, offer.terms.length)] ?? ['NoTerm', 'None'];
    const start = today - oldest + Math.floor((index / size) * oldest);
    const autoRenew = term !== 'NoTerm' && !offer.isTrial && throwing.below(streams.renew, index, 100) < 85;
    const end = endOf(start, term, autoRenew, today);
    return {
      index,
      customer,
      offer: at,
      parent,
      name: nameOf(index, offer.name, throwing.pick(streams.hard, index, hardNames)),
      status: statusOf(index, end, today, throwing.below(streams.status, index, 100)),
      start,
      end,
      cancellableUntil: windowOf(index, term, end),
      quantity: term === 'NoTerm' ? 1 : Math.round(1 / (1.0005 - throwing.fraction(streams.quantity, index))),
      term,
      billing,
      nextBilling: index % 31 === 8 && autoRenew && billing === 'Monthly' ? 'Annual' : null,
      autoRenew,
      autoRenewSettings:
        index % 5 === 1 && autoRenew
          ? { term: { name: term }, billingFrequency: { name: billing }, customTermEndDate: null }
          : null,
      poNumber: null,
    };
  };
}

/** A customer's first subscription is the parent of its add-ons; null for that one itself. */
function firstOf(owners: Spread, customer: number, index: number): number | null {
  for (const first of owners.rowsOf(customer)) return first < index ? first : null;
  return null;
}

function nameOf(index: number, offerName: string, hard: string): string | null {
  if (index % 83 === 40) return hard.slice(0, assumptions.longestText);
  if (index % 59 === 5) return null;
  return index % 4 === 0 ? `${offerName} ${2023 + (index % 4)}` : offerName;
}

/** Rows that renew automatically end in the future; others ended with their first term. */
function endOf(start: number, term: string, autoRenew: boolean, today: number): number | null {
  const months = monthsOf(term);
  if (months === null) return null;
  const passed = autoRenew ? Math.floor((today - start) / averageMonth / months) : 0;
  const end = addMonths(start, (passed + 1) * months);
  return autoRenew && end <= today ? addMonths(start, (passed + 2) * months) : end;
}

function statusOf(index: number, end: number | null, today: number, luck: number): string {
  if (end !== null && end < today) {
    const days = (today - end) / dayLength;
    if (days < assumptions.expiredDays) return 'Expired';
    return days < assumptions.disabledDays ? 'Disabled' : 'Deleted';
  }
  if (index % 401 === 100) return 'PendingTransfer';
  return luck < 4 ? 'Suspended' : 'Active';
}

/** A week from the start of the current term; every fourth may be cancelled until its end, every fifth has no date. */
function windowOf(index: number, term: string, end: number | null): number | null {
  const months = monthsOf(term);
  if (months === null || end === null || index % 5 === 2) return null;
  return index % 4 === 1 ? end : addMonths(end, -months) + 7 * dayLength;
}
