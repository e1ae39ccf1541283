import { type Cost, type CostSum, sumCosts } from '../model/cost.ts';
import { customerKey } from '../model/customer-link.ts';
import { compareDecimals, largestOf } from '../model/money.ts';
import type { Deadline } from './deadline.ts';
import { type Item, type Urgency, urgencies } from './item.ts';

export const groupings = ['organization', 'connection', 'kind', 'owner'] as const;
export type Grouping = (typeof groupings)[number];

export const todaySorts = ['due', 'seats', 'money'] as const;
export type TodaySort = (typeof todaySorts)[number];

/** Items that belong together. Seats and money count each subscription once. */
export interface Group {
  /** Unique among the groups of one list. */
  readonly id: string;
  /** Null: the items have none. */
  readonly name: string | null;
  /** The name, with a distinction from other groups of that name. */
  readonly label: string | null;
  readonly urgency: Urgency;
  readonly items: readonly Item[];
  /** The earliest to come; else the first that has passed. */
  readonly due: Deadline | null;
  /** What its line begins with: the most urgent item that has no date, else what is due first. */
  readonly lead: Pick<Item, 'kind' | 'deadline'> | null;
  readonly count: number;
  /** Null where no subscription counts any. */
  readonly seats: number | null;
  /** Exact sums of what may be added. */
  readonly money: readonly CostSum[];
}

/** The groups and the items of each, in the same order. */
export function groupsOf(items: readonly Item[], by: Grouping, sort: TodaySort): readonly Group[] {
  const sets = Map.groupBy(items, (item) => JSON.stringify(placeOf(item, by)));
  const groups = [...sets].map(([id, set]) => totalsOf(id, nameOf(set[0], by), sorted(set, sort)));
  return sorted(withDistinctLabels(groups), sort);
}

/** Single items in order. */
export function sortedItems(items: readonly Item[], sort: TodaySort): readonly Item[] {
  return sorted(items, sort);
}

/** Two customers of one name are two groups until a person links them: nobody else knows whether they are the same. */
function placeOf(item: Item, by: Grouping): readonly (string | null)[] {
  switch (by) {
    case 'organization':
      if (item.customer !== null) return [customerKey(item.customer)];
      return item.organization === null ? [] : [item.place, item.organization.id];
    case 'connection':
      return [item.connection];
    case 'kind':
      return [item.kind];
    case 'owner':
      return [item.marks.owner];
  }
}

function nameOf(item: Item | undefined, by: Grouping): string | null {
  switch (by) {
    case 'organization':
      return item?.customer ?? item?.organization?.name ?? null;
    case 'connection':
      return item?.connection ?? null;
    case 'kind':
      return item?.kind ?? null;
    case 'owner':
      return item?.marks.owner ?? null;
  }
}

/** Items as one group. */
export function totalsOf(id: string, name: string | null, items: readonly Item[]): Group {
  const rows = [...new Map(items.map((item) => [item.subject, item])).values()];
  const counted = rows.flatMap(({ seats }) => (seats === null ? [] : [seats]));
  const ahead = items.filter(({ kind }) => kind !== 'ended');
  const [first] = sorted(ahead.length > 0 ? ahead : items, 'due').toSorted((one, other) =>
    compare(instantOf(one.deadline), instantOf(other.deadline)),
  );
  return {
    id,
    name,
    label: name,
    urgency: urgencies.find((urgency) => items.some((item) => item.urgency === urgency)) ?? 'later',
    items,
    due: first?.deadline ?? null,
    lead: items.find((item) => item.deadline === null && item.urgency === 'now') ?? first ?? null,
    count: items.length,
    seats: counted.length === 0 ? null : counted.reduce((sum, each) => sum + each, 0),
    money: sumCosts(rows.flatMap(({ money }) => money)),
  };
}

function withDistinctLabels(groups: readonly Group[]): readonly Group[] {
  const byConnection = labelled(groups, (item) => item.connection);
  return labelled(byConnection, ({ connection, organization }) => `${connection}/${organization?.id ?? ''}`);
}

/** Labels that several groups share are extended. */
function labelled(groups: readonly Group[], more: (item: Item) => string): readonly Group[] {
  const alike = Map.groupBy(groups, ({ label }) => label);
  return groups.map((group) => {
    const { name, label, items } = group;
    const [first] = items;
    if (name === null || first === undefined || alike.get(label)?.length === 1) return group;
    return { ...group, label: `${name} (${more(first)})` };
  });
}

type Sortable = Pick<Group, 'seats' | 'urgency'> & {
  readonly money: readonly Cost[];
  readonly due?: Deadline | null;
  readonly deadline?: Deadline | null;
};

/** Equal ones stay in the order in which they came: by urgency. */
function sorted<Line extends Sortable>(lines: readonly Line[], sort: TodaySort): readonly Line[] {
  switch (sort) {
    case 'due':
      return lines.toSorted(
        (one, other) =>
          urgencies.indexOf(one.urgency) - urgencies.indexOf(other.urgency) || compare(dueOf(one), dueOf(other)),
      );
    case 'seats':
      return lines.toSorted((one, other) => (other.seats ?? -1) - (one.seats ?? -1));
    case 'money':
      return lines.toSorted(moreMoneyFirst);
  }
}

function moreMoneyFirst(one: Sortable, other: Sortable): number {
  const [mine, theirs] = [largestOf(one.money), largestOf(other.money)];
  if (mine === null || theirs === null) return (mine === null ? 1 : 0) - (theirs === null ? 1 : 0);
  return compareDecimals(theirs, mine);
}

function dueOf({ due, deadline }: Sortable): number {
  return instantOf(due ?? deadline ?? null);
}

function instantOf(deadline: Deadline | null): number {
  return deadline?.end ?? Number.POSITIVE_INFINITY;
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}
