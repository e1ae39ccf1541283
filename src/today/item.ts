import type { Subscription } from '../model/subscription.ts';
import type { Deadline } from './deadline.ts';

/** What may need a person, the kinds that are costliest to ignore first. */
export const itemKinds = [
  'unknown',
  'failed',
  'draft',
  'stuck',
  'cancellation',
  'trial',
  'connection',
  'error',
  'renewal',
  'suspended',
] as const;
export type ItemKind = (typeof itemKinds)[number];

/** `now`, or the number of days until it is due. */
export const urgencies = ['now', 7, 30, 60, 90] as const;
export type Urgency = (typeof urgencies)[number];

/** One item that needs a person. */
export interface Item {
  readonly kind: ItemKind;
  readonly urgency: Urgency;
  readonly connection: string;
  /** Raw: a vendor's id may contain anything. */
  readonly ref: string | null;
  readonly organization: string | null;
  readonly name: string | null;
  /** The reason, one sentence without its full stop. */
  readonly why: string;
  /** The reason in a few words, for a narrow line. */
  readonly brief: string;
  readonly deadline: Deadline | null;
  /** The next step in words. */
  readonly next: string;
  /** The next step's entry in the console's action menu; null: there is none. */
  readonly action: string | null;
  /** `25 seats, list 42.00 EUR`: seats and the vendor's price as given, if any. */
  readonly cost: string | null;
  /** Its journal entry. */
  readonly journalId: string | null;
}

/** Some items of a kind, the most urgent first, and the total number. */
export interface FoundItems {
  readonly items: readonly Item[];
  readonly total: number;
}

const day = 86_400_000;

/** The range of days in which something is due; overdue items are `now` for a day. */
export function urgencyOf(instant: number, now: number): Urgency {
  if (instant < now - day) return 'now';
  return ([7, 30, 60, 90] as const).find((days) => instant < now + days * day) ?? 90;
}

type Views = Pick<Subscription, 'organization' | 'name' | 'quantity' | 'prices'>;

export function who(row: Views | null): Pick<Item, 'organization' | 'name' | 'cost'> {
  return {
    organization: row?.organization?.name ?? null,
    name: row?.name ?? null,
    cost: row === null ? null : cost(row),
  };
}

/** Whether a price is per seat or in total, and for which period, differs by vendor: it is never multiplied. */
function cost({ quantity, prices }: Views): string | null {
  const price = prices.find(({ kind }) => kind === 'list') ?? prices[0];
  const parts = [
    quantity === null ? null : seats(quantity),
    price === undefined ? null : [price.kind, price.amount, price.currency].filter((part) => part !== null).join(' '),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

export function seats(quantity: number): string {
  return quantity === 1 ? '1 seat' : `${quantity} seats`;
}
