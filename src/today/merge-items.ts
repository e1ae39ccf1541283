import { endOf } from '../model/date-text.ts';
import { day, type Item, itemKinds, keyOf, urgencies } from './item.ts';

/** Kinds about something of a subscription that ends. */
const running: readonly Item['kind'][] = ['cancellation', 'trial', 'renewal'];

/**
 * The window to cancel and the renewal of one subscription on one day are one decision, so one item: the kind that is costlier
 * to ignore, with what both say.
 */
export function withoutRepeats(items: readonly Item[]): readonly Item[] {
  const sets = Map.groupBy(items, (item) => {
    const end = endOf(item.deadline?.at ?? null);
    const isOne = end !== null && item.journalId === null && running.includes(item.kind);
    return isOne ? `${item.subject} ${Math.floor(end / day)}` : item.key;
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
  if (one.key === other.key) return one;
  const [urgency = one.urgency] = urgencies.filter((each) => each === one.urgency || each === other.urgency);
  const both = {
    ...one,
    urgency,
    why: `${one.why}, then ${other.why}`,
    next: one.next ?? other.next,
    advice: one.advice ?? other.advice,
    state: [...one.state, other.kind, ...other.state],
  };
  return { ...both, key: keyOf(both, one.subject) };
}
