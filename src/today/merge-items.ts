import { endOf } from '../model/date-text.ts';
import { day, type FoundItem, type Item, itemKinds, type Reason, urgencies } from './item.ts';

/** Kinds about something of a subscription that ends. */
const running: readonly Item['kind'][] = ['cancellation', 'trial', 'renewal'];

/**
 * The reason that makes the KEY of an item. From the row alone, so that the KEY does not depend on which other items were
 * found: what ends on the day of its window to cancel has the KEY of that window, before and after the two are merged.
 */
export function decisionOf({ kind, deadline, state, row }: FoundItem): Reason {
  const at = deadline?.at ?? null;
  const window = row?.cancellableUntil ?? null;
  const last = kind === 'trial' || kind === 'renewal' ? endOf(window) : null;
  const isMerged = last !== null && deadline !== null && dayOf(last) === dayOf(deadline.end);
  return isMerged ? { kind: 'cancellation', at: window, state } : { kind, at, state };
}

/** Days since the epoch, in UTC. */
function dayOf(instant: number): number {
  return Math.floor(instant / day);
}

/**
 * The window to cancel and the renewal of one subscription on one day are one decision, so one item: the kind that is costlier
 * to ignore, with what both say.
 */
export function withoutRepeats(items: readonly Item[]): readonly Item[] {
  const sets = Map.groupBy(items, (item) => {
    const ends = item.deadline === null ? null : dayOf(item.deadline.end);
    const isOne = ends !== null && item.journalId === null && running.includes(item.kind);
    return isOne ? `${item.subject} ${ends}` : item.key;
  });
  return [...sets.values()].map((set) => {
    const [first, ...others] = set.toSorted(
      (one, other) => itemKinds.indexOf(one.kind) - itemKinds.indexOf(other.kind),
    );
    if (first === undefined) throw new Error('A group is never empty.');
    return others.reduce(merged, first);
  });
}

function merged(one: Item, other: Item): Item {
  if (one.kind === other.kind) return one;
  const [urgency = one.urgency] = urgencies.filter((each) => each === one.urgency || each === other.urgency);
  return {
    ...one,
    urgency,
    why: `${one.why}, then ${other.why}`,
    next: one.next ?? other.next,
    advice: one.advice ?? other.advice,
  };
}
