import type { Subscription } from '../model/subscription.ts';
import type { Deadline } from './deadline.ts';

/** What may need a person, the kinds that cost most to ignore first. */
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

/** `now`, or the number of days within which it runs out. */
export const urgencies = ['now', 7, 30, 60, 90] as const;
export type Urgency = (typeof urgencies)[number];

/** One thing that needs a person. */
export interface Item {
  readonly kind: ItemKind;
  readonly urgency: Urgency;
  readonly connection: string;
  /** Raw, as everywhere: a vendor's id may hold anything. */
  readonly ref: string | null;
  readonly organization: string | null;
  readonly name: string | null;
  /** What is the matter, one sentence without its full stop. */
  readonly why: string;
  /** The same in a few words, for a line that has little room. */
  readonly brief: string;
  readonly deadline: Deadline | null;
  /** The next step in words. */
  readonly next: string;
  /** The same in the console, where its menu of actions has it; null: not there. */
  readonly action: string | null;
  /** `25 seats, list 42.00 EUR`: seats and the vendor's price as given, where there are any. */
  readonly cost: string | null;
  /** The journal entry it is about. */
  readonly journalId: string | null;
}

/** Some of a kind, the most urgent first, and how many there are in all. */
export interface FoundItems {
  readonly items: readonly Item[];
  readonly total: number;
}

const day = 86_400_000;

/** In which stretch of days something runs out; what has run out for a day is for now. */
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

/** Whether a price is for one seat or for all, and for how long, is the vendor's own affair: it is never multiplied. */
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
