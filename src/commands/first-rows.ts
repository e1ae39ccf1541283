import type { LiveQuery } from '../api/contract.ts';
import { fieldNamed } from '../model/field-names.ts';
import type { Subscription } from '../model/subscription.ts';

/** Watches rows that a vendor sends in order, to find when the first `limit` of them are certain. */
export interface FirstRows {
  /** Called for every row in order; `isWanted`: whether it matches the filter. */
  take(row: Subscription, isWanted: boolean): void;
  /** True once no later row can be among the first. Never true for an order that is not by number or date. */
  isEnough(): boolean;
}

type Sort = NonNullable<LiveQuery['sort']>;

/**
 * Subdeck sorts null last, wherever the vendor puts it, and rows with equal keys by name, which the vendor does not do:
 * enough is a row beyond the last wanted key. Rows out of order are never enough.
 */
export function firstRows({ sort, limit }: Pick<LiveQuery, 'sort' | 'limit'>): FirstRows {
  if (limit === null || sort === null || keyOf(sort.field, null) === undefined) {
    return { take: () => undefined, isEnough: () => false };
  }
  const sign = sort.descending ? -1 : 1;
  const wanted: number[] = [];
  let last: number | null = null;
  let inOrder = true;
  return {
    take(row, isWanted) {
      const key = keyOf(sort.field, row) ?? null;
      if (key === null) return;
      if (last !== null && (key - last) * sign < 0) inOrder = false;
      last = key;
      if (isWanted && wanted.length < limit) wanted.push(key);
    },
    isEnough() {
      if (limit === 0) return true;
      const edge = wanted[limit - 1];
      return inOrder && edge !== undefined && last !== null && (last - edge) * sign > 0;
    },
  };
}

/** Undefined for a field without such a key. */
function keyOf(name: Sort['field'], row: Subscription | null): number | null | undefined {
  const field = fieldNamed(name);
  if (field?.as === 'number') return row?.[field.property] ?? null;
  if (field?.as !== 'instant') return undefined;
  return row === null ? null : field.value.instant(row);
}
