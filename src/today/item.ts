import { createHash } from 'node:crypto';
import { type Cost, costOf, type PriceBasis } from '../model/cost.ts';
import { grouped } from '../model/numbers.ts';
import type { Named, Subscription } from '../model/subscription.ts';
import type { MarkedItem } from '../model/today-mark.ts';
import type { Deadline } from './deadline.ts';
import type { ItemNext } from './next-step.ts';

/** What may need a person, the kinds that are costliest to ignore first. */
export const itemKinds = [
  'unknown',
  'failed',
  'draft',
  'stuck',
  'proposed',
  'cancellation',
  'trial',
  'connection',
  'unread',
  'error',
  'renewal',
  'ended',
  'suspended',
] as const;
export type ItemKind = (typeof itemKinds)[number];

/**
 * `now`: a person must decide or fix it within 24 hours. What renews automatically, or cannot be changed, is never `now`.
 * `soon`: within a week. `later`: the rest.
 */
export const urgencies = ['now', 'soon', 'later'] as const;
export type Urgency = (typeof urgencies)[number];

/** A reason for attention, as found. */
export interface FoundItem {
  readonly kind: ItemKind;
  readonly urgency: Urgency;
  readonly connection: string;
  /** Raw: a vendor's id may contain anything. */
  readonly ref: string | null;
  readonly organization: Named | null;
  readonly name: string | null;
  /** The reason, one sentence without its full stop. */
  readonly why: string;
  /** The reason in a few words, for a narrow line. */
  readonly brief: string;
  readonly deadline: Deadline | null;
  /** What can really be done about it in Subdeck; null: nothing. */
  readonly next: ItemNext | null;
  /** What to do outside of Subdeck, a sentence without its full stop. */
  readonly advice: string | null;
  /** Its journal entry. */
  readonly journalId: string | null;
  /** The row as it is cached, or as a write knew it; null: none. */
  readonly row: Subscription | null;
  /** The file of the proposed plan that it is about, by its name; absent: it is about none. */
  readonly proposal?: string;
  /** The state that it is about, besides the date: another state makes another item. */
  readonly state: readonly (string | null)[];
}

/** One line of Today. */
export interface Item extends FoundItem {
  /** Stable while the reason stands; another date or state is another KEY. */
  readonly key: string;
  /** Its account; the connection's name where there is none. */
  readonly place: string;
  /** What it is about: the same for the same subscription through whatever connection. */
  readonly subject: string;
  readonly seats: number | null;
  /** What its subscription costs; empty where there is no price. */
  readonly money: readonly Cost[];
  readonly marks: MarkedItem;
  /** The customer that people linked its organization to (docs/customers.md); null: none. */
  readonly customer: string | null;
}

/** Some items of a kind, the most urgent first, and the total number. */
export interface FoundItems {
  readonly items: readonly FoundItem[];
  readonly total: number;
}

/** The same, with pauses between parts of some milliseconds. */
export type FindingItems = Generator<undefined, FoundItems>;

export const day = 86_400_000;

/** When something must be decided that is due at an instant. */
export function urgencyOf(instant: number, now: number): Urgency {
  if (instant <= now + day) return 'now';
  return instant <= now + 7 * day ? 'soon' : 'later';
}

/** Not more urgent than this. */
export function atMost(most: Urgency, urgency: Urgency): Urgency {
  return urgencies[Math.max(urgencies.indexOf(most), urgencies.indexOf(urgency))] ?? most;
}

export function who(row: Subscription | null): Pick<FoundItem, 'organization' | 'name' | 'row'> {
  return { organization: row?.organization ?? null, name: row?.name ?? null, row };
}

export function seatsAndMoney(row: Subscription | null, basis: PriceBasis | null): Pick<Item, 'seats' | 'money'> {
  const cost = row === null ? null : costOf(row, basis);
  return { seats: row?.quantity ?? null, money: cost === null ? [] : [cost] };
}

export function seats(quantity: number): string {
  return quantity === 1 ? '1 seat' : `${grouped(quantity)} seats`;
}

/** Crockford's base 32 in lower case, as in the ids of the journal: KEYs are read out and typed. */
const digits = '0123456789abcdefghjkmnpqrstvwxyz';
const keyLength = 10;

/** What makes a KEY, beside the subject. */
export interface Reason extends Pick<FoundItem, 'kind' | 'state'> {
  /** The date, as the vendor wrote it. */
  readonly at: string | null;
}

export function keyOf({ kind, at, state }: Reason, subject: string): string {
  const reason = JSON.stringify([kind, subject, at, ...state]);
  const bytes = createHash('sha256').update(reason).digest();
  return Array.from(bytes.subarray(0, keyLength), (byte) => digits.charAt(byte % digits.length)).join('');
}
