import type { Filter } from '../../src/model/filter.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import type { WriteDeps } from '../../src/writes/deps.ts';

/** The part of a cache that writes need: the last read rows, by id. */
export function memoryCache(): WriteDeps['cache'] & { readonly kept: Map<string, Subscription | null> } {
  const kept = new Map<string, Subscription | null>();
  return {
    kept,
    subscription(connection, id) {
      const row = kept.get(`${connection}/${id}`) ?? null;
      return row === null ? null : { ...row, sameAs: [], missingSince: null };
    },
    node: () => null,
    subscriptionWindow: ({ filter }) => {
      const named = filter.find((term) => term.kind === 'equals' && term.field === 'name');
      const name = named?.kind === 'equals' ? named.text : null;
      const rows = [...kept.values()].flatMap((row) =>
        row === null || row.name !== name || isLeftOut(filter, row) ? [] : { ...row, sameAs: [], missingSince: null },
      );
      return { rows, offset: 0, total: rows.length, subscriptions: rows.length, counted: true };
    },
    keep: (connection, id, reading) => void kept.set(`${connection}/${id}`, reading?.subscription ?? null),
    outdateAnswers: () => {},
  };
}

function isLeftOut(filter: Filter, { id }: Subscription): boolean {
  return filter.some((term) => term.negated && term.kind === 'equals' && term.field === 'id' && term.text === id);
}
