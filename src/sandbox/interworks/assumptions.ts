import type { Variants, VariantTable } from '../variants.ts';

/**
 * The sandbox's assumptions about interworks' API V3 where its page is silent. Each is here once, so that a correction
 * is one edit. Shapes of bodies are in `wire.ts`.
 */

/** The chosen readings of this sandbox, by assumption. */
export const variants = {
  /**
   * `page-size` with an envelope and totals; `page-index-0` and `page-index-1` (which answers index 0 with the first
   * page), bare arrays of at most 50; `page-index-strict` refuses index 0; `page-size-strict` and `page-index-only`
   * refuse unknown names; `capped-offset` is a bare array of at most 50, its pages counted in the requested size;
   * `none` sends the whole list as an array.
   */
  'list-paging': [
    'page-size',
    'page-index-0',
    'page-index-1',
    'page-index-strict',
    'page-size-strict',
    'page-index-only',
    'capped-offset',
    'none',
  ],
  /** `3-only` refuses every other version as an unknown method. */
  'api-version': ['any', '3-only'],
  /** What POST /api/orders answers. */
  'order-answer': ['object', 'bare-id', 'order-id'],
  'decrease-quantity': ['new-total', 'amount'],
  'order-item-quantity': ['amount-added', 'new-total'],
  /** Whether a subscription shows an order at its checkout, or some seconds later. */
  'ordered-quantity': ['at-once', 'later'],
} as const satisfies VariantTable;
export type Readings = Variants<typeof variants>;

/** Lifetime of an access token, in seconds; not published. */
export const tokenSeconds = 3600;

/** Versions that the header `X-Api-Version` may name. Without the header the newest one answers, as for organizations of today's builds. */
export const apiVersions: ReadonlySet<string> = new Set(['1', '1.0', '2', '2.0', '2.1', '2.2', '3', '3.0', 'latest']);

/**
 * Lists are always enveloped `{data, pagination}`; `page` counts from 1, `size` is limited to the maximum rather than
 * refused.
 */
export const paging = { size: 50, largest: 1000 } as const;

/**
 * The lifecycle of a quantity request in milliseconds of asynchronous work: Pending, then InProgress, then Completed or
 * Failed.
 */
export const requestPace = { pending: 3000, inProgress: 8000 } as const;

/** POST `…/quantity` answers 202 with the request. */
export const acceptedStatus = 202;

/** Products whose makers allow no decrease before the term ends: their quantity requests fail, with a message. */
export function refusesDecrease(product: number): boolean {
  return product % 9 === 4;
}

/** Rows, by index, whose quantity requests stay InProgress: about three of the default dataset. */
export const stalls = (index: number) => index % 401 === 350;

/** A draft order is good for seven days (documented); after them it can be neither filled nor checked out. */
export const draftDays = 7;

/** What an order makes of a subscription that it names. */
export function orderedTotal(before: number, ordered: number, { 'order-item-quantity': reading }: Readings): number {
  return reading === 'amount-added' ? before + ordered : ordered;
}

/** How much later an order shows. Milliseconds. */
export const orderDelay = 8000;

/** Status words of an order after Draft; checkout is carried out at once. */
export const orderWords = { draft: 'Draft', done: 'Completed', expired: 'Expired' } as const;

/** The instalment plan of a subscription without one: some answer 404, some 200 with `null`. */
export function planAnswer(index: number): 'plan' | 'missing' | 'null' {
  return (['plan', 'missing', 'null'] as const)[index % 3] ?? 'plan';
}

/** Calls a minute for each API user; the documents say that meeting the limit is a 403. `Retry-After` comes with it. */
export const callsAMinute = 3000;
