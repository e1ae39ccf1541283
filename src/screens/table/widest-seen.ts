import { useState } from 'react';
import type { ConsoleStore } from '../../state/console-store.ts';
import { useConsole } from '../parts/console-context.ts';

/** Lists whose widths are kept; of others the widths begin anew. */
const mostLists = 100;

/** What the rows of a list that were shown so far have in common. */
interface Seen {
  readonly widest: Map<string, number>;
  /** Whether two of them could only be told apart by one more column. */
  wereAlike: boolean;
}

type Lists = Map<string, Seen>;

const listsOf = new WeakMap<ConsoleStore, Lists>();

/**
 * The widest values that a list has shown, by column id. They only ever grow, so that columns stay where they are while a
 * person scrolls, and where they were when a person comes back. Of another filter or order they begin anew: the rows that it
 * leaves out take no cells from the others.
 */
export function useWidestSeen(list: string): Map<string, number> {
  return useSeen(list).widest;
}

/** Whether rows of a list read alike, now or when others of its rows were shown: the column that tells them apart stays. */
export function useAlikeSeen(list: string, areAlike: boolean): boolean {
  const seen = useSeen(list);
  seen.wereAlike ||= areAlike;
  return seen.wereAlike;
}

function useSeen(list: string): Seen {
  const store = useConsole();
  const [own] = useState<Lists>(() => new Map());
  const lists = store === null ? own : (listsOf.get(store) ?? new Map());
  if (store !== null) listsOf.set(store, lists);
  const seen = lists.get(list) ?? { widest: new Map<string, number>(), wereAlike: false };
  // The list that was shown last is the last to go.
  lists.delete(list);
  lists.set(list, seen);
  const [oldest] = lists.keys();
  if (lists.size > mostLists && oldest !== undefined) lists.delete(oldest);
  return seen;
}
