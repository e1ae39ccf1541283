import type { Scope } from '../model/scope.ts';
import type { Level } from '../model/vendor.ts';
import { type Bits, itemsOf } from '../store/bits.ts';
import { codeAt } from './code-column.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';
import { addEmpty, addRows, emptiesBelow, endsSoon, type NodesBelow, releaseMarks } from './count-rows.ts';
import { distinctInFew, distinctInMany } from './distinct-counter.ts';
import type { NodeTree } from './node-tree.ts';
import { numberAt } from './number-column.ts';
import { release } from './release.ts';
import type { ScopeRows } from './scope-rows.ts';

/** Which rows are counted, by their node at which level. */
export interface Where {
  readonly level: Level;
  readonly scope: Scope;
  readonly connections: readonly string[] | null;
}

/** The number of distinct nodes below a group. */
export interface Below {
  resellers(group: number): number;
  organizations(group: number): number;
  services(group: number): number;
}

/**
 * Rows counted by their node. A group is a node's code, or, for rows of a connection without such a node, the
 * connection's code after all nodes (`Groups`).
 */
export interface GroupCounts {
  /** Groups with a row, and empty nodes; ascending. */
  readonly groups: Uint32Array;
  /** The counts of each group, in group order. */
  readonly subscriptions: Uint32Array;
  readonly seats: Float64Array;
  readonly ending: Float64Array;
  /** For the groups of a window. */
  below(groups: readonly number[]): Below;
  /** For all groups. */
  belowAll(): Below;
}

/** By group, with an index for each possible one. */
interface Sums {
  readonly subscriptions: Uint32Array;
  readonly seats: Float64Array;
  readonly ending: Float64Array;
}

export interface GroupCounter {
  tally(where: Where, now: number): GroupCounts;
  /** The same in slices of some milliseconds, including `belowAll`. */
  tallySteps(where: Where, now: number): Generator<undefined, GroupCounts>;
  /** Number of possible groups. */
  groupCount(): number;
  /** The group of a connection's rows without a node. */
  nullGroup(connection: number): number;
  connectionOf(group: number): number;
  isNull(group: number): boolean;
}

/** Up to this many groups a bit table is cheaper than a hash table. */
const fewGroups = 64;
const rowsAtOnce = 20_000;

export function groupCounterOn(snapshot: ColumnSnapshot, scopeRows: ScopeRows, tree: NodeTree): GroupCounter {
  const firstNull = () => snapshot.nodes.kind().length;
  const groupCount = () => firstNull() + 1 + Math.max(0, ...snapshot.connections().map(({ code }) => code));

  /** Rows are first counted by slot: their node, or their bundle of services; slots of connections follow. */
  function slotsOf(level: Level) {
    const isService = level === 'service';
    const slotOf = isService ? codeAt(snapshot.rows.services()) : tree.codeAt(level);
    const connectionOf = codeAt(snapshot.rows.connection());
    const nulls = isService ? snapshot.bundles().length : firstNull();
    const count = nulls + groupCount() - firstNull();
    const groupsOf = (slot: number): readonly number[] => {
      if (slot >= nulls) return [firstNull() + slot - nulls];
      return isService ? (snapshot.bundles()[slot] ?? []) : [slot];
    };
    return { at: (row: number) => slotOf(row) || nulls + connectionOf(row), count, groupsOf };
  }

  const noSums = (): Sums => ({
    subscriptions: new Uint32Array(groupCount()),
    seats: new Float64Array(groupCount()),
    ending: new Float64Array(groupCount()),
  });

  /** Releases the rows. */
  function* sumsOf(rows: Uint32Array, level: Level, now: number): Generator<undefined, Sums> {
    if (rows.length === 0) return noSums();
    const { at: slotAt, count: slots, groupsOf } = slotsOf(level);
    const [quantity, ends] = [numberAt(snapshot.rows.quantity()), numberAt(snapshot.rows.endsAt())];
    const [counts, seats, ending] = [new Uint32Array(slots), new Float64Array(slots), new Float64Array(slots)];
    for (let start = 0; start < rows.length; start += rowsAtOnce) {
      const end = Math.min(rows.length, start + rowsAtOnce);
      for (let index = start; index < end; index += 1) {
        const row = rows[index] ?? 0;
        const slot = slotAt(row);
        counts[slot] = (counts[slot] ?? 0) + 1;
        seats[slot] = (seats[slot] ?? 0) + (quantity(row) || 0);
        if (endsSoon(ends(row), now)) ending[slot] = (ending[slot] ?? 0) + 1;
      }
      yield;
    }
    release(rows);
    const sums = noSums();
    for (let slot = 0; slot < slots; slot += 1) {
      if (counts[slot] === 0) continue;
      for (const group of groupsOf(slot)) {
        sums.subscriptions[group] = (sums.subscriptions[group] ?? 0) + (counts[slot] ?? 0);
        sums.seats[group] = (sums.seats[group] ?? 0) + (seats[slot] ?? 0);
        sums.ending[group] = (sums.ending[group] ?? 0) + (ending[slot] ?? 0);
      }
    }
    release(counts, seats, ending);
    return sums;
  }

  function* count(where: Where, now: number): Generator<undefined, GroupCounts> {
    const counted = scopeRows.rowsIn(where.scope, where.connections);
    const rows = itemsOf(counted);
    yield;
    const sums = yield* sumsOf(rows, where.level, now);
    const empties = emptiesBelow(tree, where.scope, where.connections);
    const known = empties.filter((code) => tree.levelOf(code) === where.level);
    for (let group = 0; group < sums.subscriptions.length; group += 1)
      if (sums.subscriptions[group] !== 0) known.push(group);
    const groups = Uint32Array.from(known).sort();
    const subscriptions = groups.map((group) => sums.subscriptions[group] ?? 0);
    const seats = valuesOf(groups, (group) => sums.seats[group] ?? 0);
    const ending = valuesOf(groups, (group) => sums.ending[group] ?? 0);
    release(sums.subscriptions, sums.seats, sums.ending);
    let all: Below | null = null;
    return {
      groups,
      subscriptions,
      seats,
      ending,
      below: (wanted) => finish(below(where, counted, empties, wanted)),
      belowAll: () => {
        all ??= finish(below(where, counted, empties, null));
        return all;
      },
    };
  }

  /** Maps each row to the indexes of its groups. Releases the rows. */
  function* addUnder(
    rows: Uint32Array,
    level: Level,
    indexOf: (group: number) => number,
    add: (index: number, row: number) => void,
  ): Generator<undefined, void> {
    const { at: slotAt, groupsOf } = slotsOf(level);
    /** Above services a slot is a group. */
    const several = level === 'service' ? new Map<number, readonly number[]>() : null;
    const indexesOf = (slot: number, known: Map<number, readonly number[]>): readonly number[] => {
      const found =
        known.get(slot) ?? groupsOf(slot).flatMap((group) => (indexOf(group) === -1 ? [] : [indexOf(group)]));
      known.set(slot, found);
      return found;
    };
    for (let start = 0; start < rows.length; start += rowsAtOnce) {
      const end = Math.min(rows.length, start + rowsAtOnce);
      for (let at = start; at < end; at += 1) {
        const row = rows[at] ?? 0;
        const slot = slotAt(row);
        if (several !== null) {
          for (const index of indexesOf(slot, several)) add(index, row);
        } else if (indexOf(slot) !== -1) {
          add(indexOf(slot), row);
        }
      }
      yield;
    }
    release(rows);
  }

  /** Counts the nodes below the wanted groups, or below all if that is null. */
  function* below(
    where: Where,
    counted: Bits,
    empties: readonly number[],
    wanted: readonly number[] | null,
  ): Generator<undefined, Below> {
    const rows = itemsOf(counted);
    yield;
    const few = wanted !== null && wanted.length <= fewGroups;
    const indexes = few ? new Int32Array(groupCount()).fill(-1) : null;
    for (const [index, group] of (wanted ?? []).entries()) if (indexes !== null) indexes[group] = index;
    const indexOf = (group: number) => (indexes === null ? group : (indexes[group] ?? -1));
    const counter = (children: number) => (few ? distinctInFew(wanted.length, children) : distinctInMany(groupCount()));
    const nodes = snapshot.nodes.kind().length;
    const into: NodesBelow = { resellers: counter(nodes), organizations: counter(nodes), services: counter(nodes) };
    if (rows.length > 0) {
      const bundlesSeen = counter(snapshot.bundles().length);
      yield* addUnder(rows, where.level, indexOf, addRows(snapshot, tree, into, bundlesSeen));
      bundlesSeen.releaseMarks();
    }
    addEmpties(where, empties, into, indexOf);
    releaseMarks(into);
    return {
      resellers: (group) => into.resellers.countOf(indexOf(group)),
      organizations: (group) => into.organizations.countOf(indexOf(group)),
      services: (group) => into.services.countOf(indexOf(group)),
    };
  }

  /** An empty node is below those above it, and below its connection's implied node. */
  function addEmpties(where: Where, empties: readonly number[], into: NodesBelow, indexOf: (group: number) => number) {
    const connections = snapshot.nodes.connection();
    for (const code of empties) {
      const whole = tree.impliedCode(where.level, connections[code] ?? 0);
      for (const group of whole === 0 ? tree.lineOf(code).slice(1) : [whole]) {
        const index = group === code ? -1 : indexOf(group);
        if (index !== -1) addEmpty(tree, into, index, code);
      }
    }
  }

  return {
    tally: (where, now) => finish(count(where, now)),
    *tallySteps(where, now) {
      const tally = yield* count(where, now);
      const counted = scopeRows.rowsIn(where.scope, where.connections);
      const empties = emptiesBelow(tree, where.scope, where.connections);
      const all = yield* below(where, counted, empties, tally.groups.length <= fewGroups ? [...tally.groups] : null);
      return { ...tally, belowAll: () => all };
    },
    groupCount,
    nullGroup: (connection) => firstNull() + connection,
    connectionOf: (group) => (group >= firstNull() ? group - firstNull() : (snapshot.nodes.connection()[group] ?? 0)),
    isNull: (group) => group >= firstNull(),
  };
}

/** A number for each group, in order; `Float64Array.from` would hold each twice meanwhile, once as an object. */
export function valuesOf(groups: Uint32Array, numberOf: (group: number) => number): Float64Array {
  const values = new Float64Array(groups.length);
  for (let place = 0; place < groups.length; place += 1) values[place] = numberOf(groups[place] ?? 0);
  return values;
}

/** The index of a group among ascending ones; -1 if absent. */
export function indexOfGroup(groups: Uint32Array, group: number): number {
  let [low, high] = [0, groups.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((groups[middle] ?? 0) < group) low = middle + 1;
    else high = middle;
  }
  return groups[low] === group ? low : -1;
}

/** All slices at once. */
function finish<Result>(steps: Generator<undefined, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
