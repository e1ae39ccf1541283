import type { Filter } from '../model/filter.ts';
import type { ColleagueWork } from '../today/colleagues.ts';
import { type Group, type Grouping, groupsOf, type TodaySort, totalsOf } from '../today/groups.ts';
import type { Item } from '../today/item.ts';
import { shownItems } from '../today/shown-items.ts';

/** What the Today screen shows of what was found, and how. */
export interface TodayView {
  /** As typed, and parsed; while the text is invalid, the last valid filter remains. */
  readonly filterText: string;
  readonly filter: Filter;
  readonly grouping: Grouping;
  readonly sort: TodaySort;
  /** Also what is snoozed or done. */
  readonly isRestingShown: boolean;
  /** Only what this person took; null: everybody's. */
  readonly owner: string | null;
  /** Ids of the lines that are unfolded. */
  readonly opened: ReadonlySet<string>;
}

export const usualView: TodayView = {
  filterText: '',
  filter: [],
  grouping: 'organization',
  sort: 'due',
  isRestingShown: false,
  owner: null,
  opened: new Set(),
};

/** A line of the Today screen. */
export type TodayLine = GroupLine | FoldLine | ItemLine;

interface AnyLine {
  /** What another member of the team does just now to the first of its items on which one works; null: nobody. */
  readonly colleague: ColleagueWork | null;
}

/** Several items that belong together. */
export interface GroupLine extends AnyLine {
  readonly kind: 'group';
  readonly id: string;
  readonly group: Group;
  readonly isOpen: boolean;
}

/** Groups that are not listed one by one: what has time, and what is beyond the most urgent ones. */
export interface FoldLine extends AnyLine {
  readonly kind: 'fold';
  readonly id: string;
  readonly isLater: boolean;
  readonly groups: number;
  /** Of all their items. */
  readonly group: Group;
  readonly isOpen: boolean;
}

/** One item, under its group or for a group of its own. */
export interface ItemLine extends AnyLine {
  readonly kind: 'item';
  readonly id: string;
  readonly item: Item;
  readonly isInside: boolean;
}

/** Groups with something to do within a week are listed one by one, up to so many. */
const mostGroups = 36;

/**
 * The lines in order. Whoever filters, or looks at their own, sees every group; else what has time is one line, so that the
 * list can be finished.
 */
export function todayLines(items: readonly Item[], view: TodayView, now: number): readonly TodayLine[] {
  const shown = shownItems(items, view, now);
  const groups = groupsOf(shown, view.grouping, view.sort);
  const lines = (some: readonly Group[]) => some.flatMap((group) => linesOf(group, view.opened));
  if (view.filter.length > 0 || view.owner !== null) return lines(groups);
  const near = groups.filter(({ urgency }) => urgency !== 'later');
  const later = groups.filter(({ urgency }) => urgency === 'later');
  const fold = (id: string, some: readonly Group[], isLater: boolean): readonly TodayLine[] => {
    if (some.length <= 1) return lines(some);
    const isOpen = view.opened.has(id);
    const group = totalsOf(
      id,
      null,
      some.flatMap((each) => each.items),
    );
    const head: FoldLine = { kind: 'fold', id, isLater, groups: some.length, group, isOpen, colleague: null };
    return isOpen ? [head, ...lines(some)] : [head];
  };
  const beyond = near.slice(mostGroups);
  return [...lines(near.slice(0, mostGroups)), ...fold('more', beyond, false), ...fold('later', later, true)];
}

function linesOf(group: Group, opened: ReadonlySet<string>): readonly TodayLine[] {
  const [first, ...others] = group.items;
  if (first !== undefined && others.length === 0) return [lineOf(first, group.id)];
  const isOpen = opened.has(group.id);
  const head: GroupLine = { kind: 'group', id: group.id, group, isOpen, colleague: null };
  return isOpen ? [head, ...group.items.map((item) => lineOf(item, null))] : [head];
}

/** `groupId`: of the group that it stands for, which keeps its line when it gets more items. Null: inside of one. */
function lineOf(item: Item, groupId: string | null): ItemLine {
  return { kind: 'item', id: groupId ?? item.key, item, isInside: groupId === null, colleague: null };
}

/** The position of a line, else of the line that stands for the item with this KEY; null: there is none. */
export function positionIn(lines: readonly TodayLine[], id: string): number | null {
  const itself = lines.findIndex((line) => line.id === id);
  const position = itself === -1 ? lines.findIndex((line) => itemsOfLine(line).some(({ key }) => key === id)) : itself;
  return position === -1 ? null : position;
}

/** The items that a line stands for. */
export function itemsOfLine(line: TodayLine): readonly Item[] {
  return line.kind === 'item' ? [line.item] : line.group.items;
}
