import { statuses } from '../model/subscription.ts';
import type { Database } from '../store/database.ts';
import { textOrNull } from '../store/sql-values.ts';
import type { Share, ShareBy } from './cache-reader.ts';
import { codeAt } from './code-column.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';
import { numberAt } from './number-column.ts';
import { release } from './release.ts';
import type { RowsReader } from './rows-reader.ts';
import { type PriceBases, sumCostsSteps } from './sum-costs.ts';

/** A row's group from 0 to `size`, or -1 if it has none. */
interface Grouping {
  readonly size: number;
  of(row: number): number;
  nameOf(group: number): string | null;
}

const rowsAtOnce = 50_000;

/** The shares of rows by group, in slices of some milliseconds; groups without rows are left out, empty periods are not. */
export function* sharesSteps(
  database: Database,
  snapshot: ColumnSnapshot,
  read: RowsReader,
  rows: Uint32Array,
  by: ShareBy,
  bases: PriceBases,
): Generator<undefined, readonly Share[]> {
  const grouping = groupingBy(database, snapshot, by);
  const { sorted, ends } = yield* sortedByGroup(rows, grouping);
  const quantity = numberAt(snapshot.rows.quantity());
  const shares: Share[] = [];
  for (let group = 0; group < grouping.size; group += 1) {
    const own = sorted.subarray(ends[group - 1] ?? 0, ends[group] ?? 0);
    if (own.length === 0 && by.kind !== 'ends') continue;
    let seats = 0;
    for (const row of own) seats += quantity(row) || 0;
    yield;
    const money = own.length === 0 ? [] : yield* sumCostsSteps(database, snapshot, read, own, bases);
    shares.push({ name: grouping.nameOf(group), subscriptions: own.length, seats, money });
  }
  release(sorted);
  return by.kind === 'ends' ? shares : shares.sort((a, b) => b.seats - a.seats || b.subscriptions - a.subscriptions);
}

function groupingBy(database: Database, snapshot: ColumnSnapshot, by: ShareBy): Grouping {
  switch (by.kind) {
    case 'status': {
      const cells = snapshot.rows.status();
      const nameOf = (group: number) => statuses[group] ?? null;
      return { size: statuses.length, of: (row) => (cells[row] ?? 0) - 1, nameOf };
    }
    case 'product': {
      const products = snapshot.rows.product();
      const name = database.statement('SELECT name FROM node WHERE code = ?');
      // Two connections may sell the same product under different codes: groups are names.
      const [groups, names] = [new Map<string | null, number>(), [] as (string | null)[]];
      const known = new Int32Array(snapshot.nodes.kind().length).fill(-1);
      const groupOf = (code: number) => {
        const text = textOrNull(name.get(code)?.name ?? null);
        const group = groups.get(text) ?? names.push(text) - 1;
        groups.set(text, group);
        known[code] = group;
        return group;
      };
      for (const code of products.codes) groupOf(code);
      const codeOf = codeAt(products);
      const of = (row: number) => known[codeOf(row)] ?? -1;
      return { size: names.length, of, nameOf: (group) => names[group] ?? null };
    }
    case 'ends': {
      const ends = numberAt(snapshot.rows.endsAt());
      const { edges } = by;
      return {
        size: Math.max(0, edges.length - 1),
        of: (row) => stretchOf(edges, ends(row)),
        nameOf: () => null,
      };
    }
  }
}

/** The period between ascending edges that contains an instant; -1 for none. */
function stretchOf(edges: readonly number[], instant: number): number {
  const [first = Number.NaN] = edges;
  if (!(instant >= first) || instant >= (edges.at(-1) ?? first)) return -1;
  let [low, high] = [0, edges.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) <= instant) low = middle;
    else high = middle;
  }
  return low;
}

/** The rows, grouped, and the end of each group. */
function* sortedByGroup(
  rows: Uint32Array,
  { size, of }: Grouping,
): Generator<undefined, { readonly sorted: Uint32Array; readonly ends: Uint32Array }> {
  const groups = new Int32Array(rows.length);
  const ends = new Uint32Array(size);
  for (const [at, row] of rows.entries()) {
    if (at % rowsAtOnce === 0) yield;
    const group = of(row);
    groups[at] = group;
    if (group >= 0) ends[group] = (ends[group] ?? 0) + 1;
  }
  let sum = 0;
  const next = ends.map((count) => {
    sum += count;
    return sum - count;
  });
  const sorted = new Uint32Array(sum);
  for (const [at, row] of rows.entries()) {
    if (at % rowsAtOnce === 0) yield;
    const group = groups[at] ?? -1;
    if (group < 0) continue;
    const place = next[group] ?? 0;
    sorted[place] = row;
    next[group] = place + 1;
  }
  release(groups);
  return { sorted, ends: next };
}
