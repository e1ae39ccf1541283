import { useState } from 'react';
import type { ConsoleStore } from '../../state/console-store.ts';
import { useConsole } from '../parts/console-context.ts';

/** Lists whose widths are kept; of others the widths begin anew. */
const mostLists = 100;

type Lists = Map<string, Map<string, number>>;

const listsOf = new WeakMap<ConsoleStore, Lists>();

/**
 * The widest values that a list has shown, by column id. They only ever grow, so that columns stay where they are while a
 * person scrolls, and where they were when a person comes back. Of another filter or order they begin anew: the rows that it
 * leaves out take no cells from the others.
 */
export function useWidestSeen(list: string): Map<string, number> {
  const store = useConsole();
  const [own] = useState<Lists>(() => new Map());
  const lists = store === null ? own : (listsOf.get(store) ?? new Map());
  if (store !== null) listsOf.set(store, lists);
  const seen = lists.get(list) ?? new Map<string, number>();
  // The list that was shown last is the last to go.
  lists.delete(list);
  lists.set(list, seen);
  const [oldest] = lists.keys();
  if (lists.size > mostLists && oldest !== undefined) lists.delete(oldest);
  return seen;
}
