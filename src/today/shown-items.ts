import { type Filter, holdsAny, type Term } from '../model/filter.ts';
import { fold } from '../model/filter-fold.ts';
import { matches } from '../model/filter-match.ts';
import type { Item } from './item.ts';
import { isResting } from './today.ts';

/** Which items are shown. */
export interface ItemQuery {
  /** About the items' subscriptions. */
  readonly filter: Filter;
  /** Also what is snoozed or done. */
  readonly isRestingShown: boolean;
  /** Only what this person has; null: everything. */
  readonly owner: string | null;
}

export function shownItems(items: readonly Item[], query: ItemQuery, now: number): readonly Item[] {
  const { filter, isRestingShown, owner } = query;
  return items.filter(
    (item) =>
      (isRestingShown || !isResting(item, now)) &&
      (owner === null || item.marks.owner === owner) &&
      matchesItem(filter, item, now),
  );
}

function matchesItem(filter: Filter, item: Item, now: number): boolean {
  return item.row === null ? filter.every((term) => holds(term, item)) : matches(filter, item.row, now);
}

/** An item without a subscription has only a connection and words to match. */
function holds(term: Term, item: Item): boolean {
  const { connection, ref, why } = item;
  if (term.kind === 'any') return holdsAny(term, (part) => holds(part, item));
  if (term.kind === 'word') {
    const wanted = fold(term.text);
    return [connection, ref ?? '', why].some((text) => fold(text).includes(wanted)) !== term.negated;
  }
  if ((term.kind !== 'contains' && term.kind !== 'equals') || term.field !== 'connection') return false;
  const isIt = term.kind === 'equals' ? connection === term.text : fold(connection).includes(fold(term.text));
  return isIt !== term.negated;
}
