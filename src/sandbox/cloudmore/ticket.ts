import type { Ticket } from '../../model/ticket.ts';
import type { Dataset } from './dataset.ts';
import { planAt, type Row, statusWord } from './row.ts';

/** A ticket about a subscription of this reseller; null: none of its subscriptions fits. */
export function ticketAbout(dataset: Dataset, reseller: number, connection: string): Ticket | null {
  const found = best(dataset, reseller);
  if (found === null) return null;
  const { row, from, product, customer } = found;
  const to = from > usualNumber ? usualNumber : from - 1;
  const ref = `${connection}/${dataset.ids.subscription.of(row.index)}`;
  const text = [
    'Hello,',
    `we are ${customer}. Please lower the seats of ${product} from ${from} to ${to}, before they renew.`,
    'Our number for this is T-4711. Thank you!',
    `Noted by the service desk: ${ref}`,
  ].join('\n');
  return { ref, customer, product, from, to, text };
}

const usualNumber = 20;
/** A larger change would need its number typed once more. */
const mostSeats = 3 * usualNumber - 1;
/** Rows that are looked at: among them are some that fit, however many there are. */
const mostRows = 2_000;

interface Fitting {
  readonly row: Row;
  readonly from: number;
  readonly product: string;
  readonly customer: string;
}

/** The first one of the best rank. */
function best(dataset: Dataset, reseller: number): Fitting | null {
  let looked = 0;
  let first: { readonly found: Fitting; readonly rank: number } | null = null;
  for (const organization of dataset.organizationsOf(reseller)) {
    for (const row of dataset.rowsOf(organization)) {
      looked += 1;
      const found = fitting(dataset, row);
      const rank = found === null ? 0 : rankOf(found);
      if (found !== null && rank > (first?.rank ?? 0)) first = { found, rank };
      if (rank === bestRank || looked === mostRows) return first?.found ?? null;
    }
  }
  return first?.found ?? null;
}

const bestRank = 8;

/** Enough seats for the usual number; named as its product; with a day on which it renews. */
function rankOf({ row, from, product }: Fitting): number {
  const isNamedAsProduct = product === planAt(row.offer, row.plan).name;
  return 1 + (from > usualNumber ? 4 : 0) + (isNamedAsProduct ? 2 : 0) + (row.end === null ? 0 : 1);
}

/** Names that everybody can read and type. */
function fitting(dataset: Dataset, row: Row): Fitting | null {
  const customer = dataset.organizationName(row.organization);
  const { quantity: from, name: product, trial } = row;
  if (customer === null || product === null || from === null || from < 3 || from > mostSeats) return null;
  const isUsual = statusWord(row.status) === 'Active' && !trial;
  return isUsual && plainName.test(customer) && plainName.test(product) ? { row, from, product, customer } : null;
}

const plainName = /^[A-Za-z][A-Za-z &.]{2,21}$/;
