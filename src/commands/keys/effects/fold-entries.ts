import type { No } from '../../../api/contract.ts';
import type { MenuEntry } from '../../../state/overlay.ts';

/** An action of a menu: an entry, or what can never be done and why, by what people call it. */
export type Action = { readonly entry: MenuEntry } | { readonly never: readonly Impossible[] };

export interface Impossible extends No {
  readonly what: string;
}

export interface FoldedEntries {
  /** What holds for all entries that have this reason; null: nothing does. */
  readonly notice: string | null;
  readonly entries: readonly MenuEntry[];
}

/**
 * The available actions, then those unavailable at the moment, then one line for all that can never be done. No two lines have
 * the same reason. `denied`: why nothing can be sent at the moment. `by`: who can never do it, in a sentence.
 */
export function foldEntries(actions: readonly Action[], denied: string | null, by: string): FoldedEntries {
  const open = actions.flatMap((action) => ('entry' in action ? [action.entry] : []));
  const never = actions.flatMap((action) => ('never' in action ? action.never : []));
  const entries = possibleFirst(open.map((entry) => ({ ...entry, unavailable: entry.unavailable ?? denied })));
  const notice = open.length === 0 ? mainReason(never) : denied;
  // One reason for all: it is the whole answer.
  const isSaid = open.length === 0 && never.every(({ no }) => no === notice);
  return { notice, entries: [...entries, ...(isSaid ? [] : foldOf(never, by))] };
}

/** Available ones first, then the others, each group in its order. */
function possibleFirst(entries: readonly MenuEntry[]): readonly MenuEntry[] {
  const possible = entries.filter((entry) => entry.unavailable === null);
  return [...possible, ...entries.filter((entry) => entry.unavailable !== null)];
}

/** The reason of a connection that only reads, else of most actions. */
function mainReason(never: readonly Impossible[]): string | null {
  const weighed = [...Map.groupBy(never, ({ no }) => no)].map(([no, about]) => ({
    no,
    weight: about.length + (about.some(({ because }) => because === 'connection') ? never.length : 0),
  }));
  const [first] = weighed.toSorted((one, other) => other.weight - one.weight);
  return first !== undefined && first.weight > 1 ? first.no : null;
}

function foldOf(never: readonly Impossible[], by: string): readonly MenuEntry[] {
  if (never.length === 0) return [];
  const who = never.every(({ because }) => because === 'vendor') ? `${by} cannot` : 'Not possible here';
  const label = `${who}: ${listed(never)}`;
  const groups = [...Map.groupBy(never, ({ no }) => no)];
  const [only] = groups;
  if (groups.length === 1 && only !== undefined) return [{ id: foldId, label, note: null, unavailable: only[0] }];
  const entries = groups.map(
    ([reason, about]): MenuEntry => ({
      id: `${foldId}: ${listed(about)}`,
      label: capital(listed(about)),
      note: null,
      unavailable: reason,
    }),
  );
  const more = 'Enter shows or hides the reasons.';
  return [{ id: foldId, label, note: null, unavailable: null, more, fold: { entries, isOpen: false } }];
}

const foldId = 'cannot';

function listed(never: readonly Impossible[]): string {
  return [...new Set(never.map(({ what }) => what))].join(', ');
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
