import { hardNames } from '../names/hard.ts';
import { withinOfficeHours } from '../office-hours.ts';
import { seatsFor } from '../seats.ts';
import { mix, salt, seededRandom } from '../seeded-random.ts';
import type { Spread } from '../spread.ts';
import { dayLength, type SandboxTime } from '../time.ts';
import { assumptions } from './assumptions.ts';
import { addMonths, monthsOf } from './calendar.ts';
import { addonOffer, mainOffer, offerAt } from './offers.ts';
import type { StoredRow } from './stored-row.ts';

const streams = {
  offer: salt('cloudcockpit offer'),
  term: salt('cloudcockpit term'),
  renew: salt('cloudcockpit renew'),
  quantity: salt('cloudcockpit quantity'),
  hard: salt('cloudcockpit hard name'),
};

const oldest = 1100 * dayLength;
const averageMonth = 30.4375 * dayLength;

/** The rows of the start, computed from their index and the calendar. Indexes rise with the start date. */
export function firstRow(
  seed: number,
  size: number,
  owners: Spread,
  { today, now }: Pick<SandboxTime, 'today' | 'now'>,
): (index: number) => StoredRow {
  const throwing = seededRandom(mix(seed, salt('cloudcockpit rows'), 0));
  return (index) => {
    const customer = owners.ownerOf(index);
    const parent = index % 9 === 4 ? firstOf(owners, customer, index) : null;
    const luck = throwing.below(streams.offer, index, 0x7fffffff);
    const at = parent === null ? mainOffer(luck) : addonOffer(luck);
    const offer = offerAt(at);
    const [term, billing] = offer.terms[throwing.below(streams.term, index, offer.terms.length)] ?? ['NoTerm', 'None'];
    const start = withinOfficeHours(today - oldest + Math.floor((index / size) * oldest));
    const autoRenew = term !== 'NoTerm' && !offer.isTrial && throwing.below(streams.renew, index, 100) < 85;
    const end = endOf(start, term, autoRenew, now());
    return {
      index,
      customer,
      offer: at,
      parent,
      name: nameOf(index, offer.name, throwing.pick(streams.hard, index, hardNames)),
      status: statusOf(index, end, now()),
      start,
      end,
      cancellableUntil: windowOf(index, term, end),
      quantity: term === 'NoTerm' ? 1 : seatsFor(throwing.fraction(streams.quantity, index)),
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

/** Rows that renew automatically end in the future, whenever it is asked; others ended with their first term. */
function endOf(start: number, term: string, autoRenew: boolean, now: number): number | null {
  const months = monthsOf(term);
  if (months === null) return null;
  const passed = autoRenew ? Math.floor((now - start) / averageMonth / months) : 0;
  const end = addMonths(start, (passed + 1) * months);
  return autoRenew && end <= now ? addMonths(start, (passed + 2) * months) : end;
}

function statusOf(index: number, end: number | null, now: number): string {
  if (end !== null && end < now) {
    const days = (now - end) / dayLength;
    if (days < assumptions.expiredDays) return 'Expired';
    return days < assumptions.disabledDays ? 'Disabled' : 'Deleted';
  }
  if (index % 401 === 100) return 'PendingTransfer';
  return index % 47 === 22 ? 'Suspended' : 'Active';
}

/** A week from the start of the current term; every fourth may be cancelled until its end, every fifth has no date. */
function windowOf(index: number, term: string, end: number | null): number | null {
  const months = monthsOf(term);
  if (months === null || end === null || index % 5 === 2) return null;
  return index % 4 === 1 ? end : addMonths(end, -months) + 7 * dayLength;
}
