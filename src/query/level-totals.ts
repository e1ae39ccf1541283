import type { Counts } from '../model/scope.ts';
import { type Level, levels } from '../model/vendor.ts';
import { type Bits, hasBit, itemsOf } from '../store/bits.ts';
import type { Database } from '../store/database.ts';
import { kinds } from '../store/node-kinds.ts';
import { bytes, DamagedError, integer, ownBuffer } from '../store/sql-values.ts';
import { codeAt } from './code-column.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';
import { soon, sumRows } from './count-rows.ts';
import type { Duplicates } from './duplicates.ts';
import { type GroupCounter, type GroupCounts, indexOfGroup } from './group-counts.ts';
import type { NodeTree } from './node-tree.ts';
import { numberAt } from './number-column.ts';
import { release } from './release.ts';
import { unlessStale } from './steps.ts';

/**
 * The counts of whole levels and of the whole cache, stored in the file, so that the first screen needs no column.
 * "Ending soon" changes with time: the changes of the coming two weeks are stored as well.
 */
export interface LevelTotals {
  tally(level: Level, now: number): GroupCounts | null;
  totals(now: number): Counts | null;
  /** Recomputes the stored counts, in slices; does nothing if they are valid for another day. */
  steps(now: number): Generator<undefined, void> | null;
}

const goodFor = 14 * 86_400_000;
const spare = 86_400_000;
const rowsAtOnce = 50_000;
/**
 * The keys of the whole cache and of the coming changes, beside the numbers of the levels. Version 2 of the file had
 * 100.
 */
const whole = 0;
const coming = 101;
/** Numbers stored per group: group, subscriptions, seats, ending soon, resellers, organizations, services. */
const width = 7;
/**
 * Numbers stored per coming change: when, by how much, connection, seller, reseller, organization, bundle, 1 for a
 * duplicate.
 */
const comingWidth = 8;
const duplicateAt = 5;

interface LevelTotalsDeps {
  readonly database: Database;
  readonly snapshot: ColumnSnapshot;
  readonly tree: NodeTree;
  readonly counter: GroupCounter;
  readonly duplicates: Duplicates;
}

export function levelTotalsOn({ database, snapshot, tree, counter, duplicates }: LevelTotalsDeps): LevelTotals {
  const find = database.statement('SELECT shape, since, data FROM level_totals WHERE level = ?');
  const put = database.statement('INSERT OR REPLACE INTO level_totals (level, shape, since, data) VALUES (?, ?, ?, ?)');

  /** The stored numbers, if they have this shape and are recent. */
  function load(key: number, every: number, now: number): Float64Array | null {
    const row = find.get(key);
    if (row === undefined || integer(row.shape) !== database.meta('shape')) return null;
    const age = now - integer(row.since);
    if (age < 0 || age >= goodFor) return null;
    const data = bytes(row.data);
    if (data.byteLength % (8 * every) !== 0) throw new DamagedError('stored counts have the wrong length');
    return new Float64Array(ownBuffer(data));
  }

  /** The changes of "ending soon" since the counts were stored: calls back with the change and its nodes. */
  function eachChange(now: number, visit: (by: number, cells: Float64Array) => void): boolean {
    const changes = load(coming, comingWidth, now);
    if (changes === null) return false;
    for (let at = 0; at < changes.length && (changes[at] ?? 0) < now; at += comingWidth) {
      visit(changes[at + 1] ?? 0, changes.subarray(at + 2, at + comingWidth));
    }
    release(changes);
    return true;
  }

  function groupsOf(level: Level, cells: Float64Array): readonly number[] {
    const [connection = 0, seller = 0, reseller = 0, organization = 0, bundle = 0] = cells;
    const code = { seller, reseller, organization, service: 0 }[level];
    const services = level === 'service' ? (snapshot.bundles()[bundle] ?? []) : code === 0 ? [] : [code];
    return services.length === 0 ? [counter.nullGroup(connection)] : services;
  }

  function tally(level: Level, now: number): GroupCounts | null {
    const numbers = load(kinds[level], width, now);
    if (numbers === null) return null;
    const count = numbers.length / width;
    const column = <Cells extends Uint32Array | Float64Array>(at: number, cells: Cells): Cells => {
      for (let place = 0; place < count; place += 1) cells[place] = numbers[place * width + at] ?? 0;
      return cells;
    };
    const natural = (at: number) => column(at, new Uint32Array(count));
    const groups = natural(0);
    for (let place = 0; place < count; place += 1) {
      const stored = numbers[place * width] ?? 0;
      if (stored < 0) groups[place] = counter.nullGroup(-stored);
    }
    const ascending = groups.every((group, place) => place === 0 || group > (groups[place - 1] ?? 0));
    if (!ascending || (groups.at(-1) ?? 0) >= counter.groupCount())
      throw new DamagedError('a stored count belongs to no node');
    const ending = column(3, new Float64Array(count));
    const known = eachChange(now, (by, cells) => {
      for (const group of groupsOf(level, cells)) {
        const place = indexOfGroup(groups, group);
        if (place !== -1) ending[place] = (ending[place] ?? 0) + by;
      }
    });
    if (!known) return null;
    const counts = (at: number) => {
      const own = natural(at);
      return (group: number) => own[indexOfGroup(groups, group)] ?? 0;
    };
    const below = { resellers: counts(4), organizations: counts(5), services: counts(6) };
    const [subscriptions, seats] = [natural(1), column(2, new Float64Array(count))];
    release(numbers);
    return { groups, subscriptions, seats, ending, below: () => below, belowAll: () => below };
  }

  function totals(now: number): Counts | null {
    const numbers = load(whole, width, now);
    if (numbers === null) return null;
    const [, subscriptions = 0, seats = 0, ending = 0, resellers = 0, organizations = 0, services = 0] = numbers;
    let endingSoon = ending;
    const known = eachChange(now, (by, cells) => {
      if (cells[duplicateAt] === 0) endingSoon += by;
    });
    if (!known) return null;
    return { resellers, organizations, services, subscriptions, seats, endingSoon };
  }

  function* make(now: number): Generator<undefined, void> {
    const shape = database.meta('shape');
    const isStale = () => database.meta('shape') !== shape;
    const keep = new Map<number, Float64Array<ArrayBuffer>>();
    const sums = Float64Array.of(0, 0, 0, 0, 0, 0, 0);
    for (const level of levels) {
      const tally = yield* unlessStale(counter.tallySteps({ level, scope: [], connections: null }, now), isStale);
      if (tally === null) return;
      keep.set(kinds[level], numbersOf(tally));
      addToWhole(sums, level, tally);
    }
    const twice = duplicates.among(() => true);
    if (twice !== null) countOnce(sums, twice, now);
    keep.set(whole, sums);
    const changes = yield* unlessStale(comingChanges(twice, now), isStale);
    if (changes === null) return;
    keep.set(coming, changes);
    database.write(() => {
      if (isStale()) return;
      for (const [key, numbers] of keep) put.run(key, shape, now, new Uint8Array(numbers.buffer));
    });
  }

  /** The whole cache is the sum of its sellers; the other levels give its number of nodes. */
  function addToWhole(sums: Float64Array, level: Level, { groups, subscriptions, seats, ending }: GroupCounts): void {
    const at = { seller: 0, reseller: 4, organization: 5, service: 6 }[level];
    if (at > 0) sums[at] = groups.reduce((count, group) => count + (counter.isNull(group) ? 0 : 1), 0);
    if (level !== 'seller') return;
    for (const place of groups.keys()) {
      sums[1] = (sums[1] ?? 0) + (subscriptions[place] ?? 0);
      sums[2] = (sums[2] ?? 0) + (seats[place] ?? 0);
      sums[3] = (sums[3] ?? 0) + (ending[place] ?? 0);
    }
  }

  /** Each node counts all its rows, the whole cache each subscription once. */
  function countOnce(sums: Float64Array, twice: Bits, now: number): void {
    const rows = itemsOf(twice);
    const { subscriptions, seats, endingSoon } = sumRows(snapshot, rows, now);
    sums[1] = (sums[1] ?? 0) - subscriptions;
    sums[2] = (sums[2] ?? 0) - seats;
    sums[3] = (sums[3] ?? 0) - endingSoon;
    release(rows);
  }

  function numbersOf({ groups, subscriptions, seats, ending, belowAll }: GroupCounts): Float64Array<ArrayBuffer> {
    const numbers = new Float64Array(groups.length * width);
    const below = belowAll();
    for (const [place, group] of groups.entries()) {
      const at = place * width;
      numbers[at] = counter.isNull(group) ? -counter.connectionOf(group) : group;
      numbers[at + 1] = subscriptions[place] ?? 0;
      numbers[at + 2] = seats[place] ?? 0;
      numbers[at + 3] = ending[place] ?? 0;
      numbers[at + 4] = below.resellers(group);
      numbers[at + 5] = below.organizations(group);
      numbers[at + 6] = below.services(group);
    }
    return numbers;
  }

  function* comingChanges(twice: Bits | null, now: number): Generator<undefined, Float64Array<ArrayBuffer>> {
    const ends = numberAt(snapshot.rows.endsAt());
    const [connection, bundle] = [codeAt(snapshot.rows.connection()), codeAt(snapshot.rows.services())];
    const above = [tree.codeAt('seller'), tree.codeAt('reseller'), tree.codeAt('organization')];
    const [times, steps, rows]: [number[], number[], number[]] = [[], [], []];
    const note = (time: number, step: number, row: number) => {
      times.push(time);
      steps.push(step);
      rows.push(row);
    };
    for (let row = 0; row < snapshot.size(); row += 1) {
      if (row % rowsAtOnce === 0) yield;
      const end = ends(row);
      if (!(end >= now && end < now + soon + goodFor)) continue;
      if (end - soon >= now) note(end - soon, 1, row);
      if (end < now + goodFor) note(end, -1, row);
    }
    yield;
    const order = Uint32Array.from(times.keys()).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
    yield;
    const changes = new Float64Array(order.length * comingWidth);
    let at = 0;
    for (const index of order) {
      const row = rows[index] ?? 0;
      changes[at] = times[index] ?? 0;
      changes[at + 1] = steps[index] ?? 0;
      changes[at + 2] = connection(row);
      for (const [level, codeOf] of above.entries()) changes[at + 3 + level] = codeOf(row);
      changes[at + 6] = bundle(row);
      changes[at + 2 + duplicateAt] = twice !== null && hasBit(twice, row) ? 1 : 0;
      at += comingWidth;
    }
    return changes;
  }

  return {
    tally,
    totals,
    steps(now) {
      const row = find.get(coming);
      if (row === undefined) return make(now);
      const age = now - integer(row.since);
      const good = integer(row.shape) === database.meta('shape') && age >= 0 && age < goodFor - spare;
      return good ? null : make(now);
    },
  };
}
