import type { Counts, Scope } from '../model/scope.ts';
import { type Bits, hasBit } from '../store/bits.ts';
import { codeAt } from './code-column.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';
import { type DistinctCounter, distinctInFew } from './distinct-counter.ts';
import type { NodeTree } from './node-tree.ts';
import { numberAt } from './number-column.ts';

/** A subscription is ending soon within this many milliseconds from now. */
export const soon = 30 * 86_400_000;

export function endsSoon(ends: number, now: number): boolean {
  return ends >= now && ends < now + soon;
}

/** The number of distinct nodes below groups of rows. */
export interface NodesBelow {
  readonly resellers: DistinctCounter;
  readonly organizations: DistinctCounter;
  readonly services: DistinctCounter;
}

export function releaseMarks({ resellers, organizations, services }: NodesBelow): void {
  for (const counter of [resellers, organizations, services]) counter.releaseMarks();
}

/** Adds the nodes of rows to their groups; a row may be added several times, under several groups. */
export function addRows(
  snapshot: ColumnSnapshot,
  tree: NodeTree,
  into: NodesBelow,
  bundlesSeen: DistinctCounter,
): (group: number, row: number) => void {
  const [resellers, organizations] = [tree.codeAt('reseller'), tree.codeAt('organization')];
  const [bundleOf, bundles] = [codeAt(snapshot.rows.services()), snapshot.bundles()];
  return (group, row) => {
    into.resellers.add(group, resellers(row));
    into.organizations.add(group, organizations(row));
    const bundle = bundleOf(row);
    if (!bundlesSeen.add(group, bundle)) return;
    for (const service of bundles[bundle] ?? []) into.services.add(group, service);
  };
}

/** Adds a node without rows. */
export function addEmpty(tree: NodeTree, into: NodesBelow, group: number, code: number): void {
  const level = tree.levelOf(code);
  if (level === 'reseller') into.resellers.add(group, code);
  if (level === 'organization') into.organizations.add(group, code);
  if (level === 'service') into.services.add(group, code);
}

/**
 * The contents of a list of rows. `duplicates`: rows whose subscription another row counts. `empties`: nodes without
 * rows that count as well.
 */
export function countRows(
  snapshot: ColumnSnapshot,
  tree: NodeTree,
  rows: Uint32Array,
  { duplicates, empties }: { readonly duplicates: Bits | null; readonly empties: readonly number[] },
  now: number,
): Counts {
  const counter = () => distinctInFew(1, snapshot.nodes.kind().length);
  const below = { resellers: counter(), organizations: counter(), services: counter() };
  const add = addRows(snapshot, tree, below, distinctInFew(1, snapshot.bundles().length));
  for (const row of rows) add(0, row);
  const sums = sumRows(snapshot, rows, now, duplicates);
  for (const code of empties) addEmpty(tree, below, 0, code);
  releaseMarks(below);
  return {
    resellers: below.resellers.countOf(0),
    organizations: below.organizations.countOf(0),
    services: below.services.countOf(0),
    ...sums,
  };
}

/** The number of rows and their sums, without the duplicates among them. */
export function sumRows(
  snapshot: ColumnSnapshot,
  rows: Uint32Array,
  now: number,
  duplicates: Bits | null = null,
): Pick<Counts, 'subscriptions' | 'seats' | 'endingSoon'> {
  const [quantity, ends] = [numberAt(snapshot.rows.quantity()), numberAt(snapshot.rows.endsAt())];
  let [subscriptions, seats, endingSoon] = [0, 0, 0];
  for (const row of rows) {
    if (duplicates !== null && hasBit(duplicates, row)) continue;
    subscriptions += 1;
    seats += quantity(row) || 0;
    if (endsSoon(ends(row), now)) endingSoon += 1;
  }
  return { subscriptions, seats, endingSoon };
}

/** The empty nodes below a scope. */
export function emptiesBelow(tree: NodeTree, scope: Scope, connections: readonly string[] | null): readonly number[] {
  return tree.empties().filter(tree.below(scope, connections));
}
