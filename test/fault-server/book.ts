import type { Subscription } from '../../src/model/subscription.ts';
import type { Parts } from '../../src/wishes/parts.ts';

/** As much of a book as wishes need: what was read last, by id. */
export function memoryBook(): Parts['book'] & { readonly kept: Map<string, Subscription | null> } {
  const kept = new Map<string, Subscription | null>();
  return {
    kept,
    subscription(connection, id) {
      const row = kept.get(`${connection}/${id}`) ?? null;
      return row === null ? null : { ...row, sameAs: [] };
    },
    node: () => null,
    subscriptionWindow: () => ({ rows: [], offset: 0, total: 0, subscriptions: 0, counted: true }),
    keep: (connection, id, reading) => void kept.set(`${connection}/${id}`, reading?.subscription ?? null),
  };
}
