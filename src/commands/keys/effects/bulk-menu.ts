import type { No } from '../../../api/contract.ts';
import type { Subscription } from '../../../model/subscription.ts';
import { type MarkedAction, markedActions } from '../../../operations/marked-actions.ts';
import type { Operation } from '../../../operations/registry.ts';
import type { Menu } from '../../../state/overlay.ts';
import type { Context, DeclaredVendor } from '../../context.ts';
import { abilityTitle, impossibleOf } from './actions.ts';
import { type Action, type FoldedEntries, foldEntries } from './fold-entries.ts';

type Marked = Pick<Subscription, 'connection'>;

/** The menu of the operations for all marked rows at once, of which `title` says how many they are. */
export async function bulkMenu(
  context: Pick<Context, 'connections'>,
  rows: readonly Marked[],
  title: string,
  denied: string | null,
): Promise<Menu> {
  const names = [...new Set(rows.map(({ connection }) => connection))];
  const vendors = await Promise.all(names.map((name) => context.connections.declared(name)));
  const vendorOf = new Map(vendors.map((vendor, index) => [names[index] ?? '', vendor]));
  const actions = markedActions.map((action) => actionOf(action, rows, vendorOf));
  const [only, ...others] = [...new Set(vendors.map(({ charging }) => charging.vendor))];
  const folded = foldEntries(actions, denied, only === undefined || others.length > 0 ? 'None of them' : only);
  return actionMenu('bulk', `${title}: opens a plan, sends nothing yet`, folded, null);
}

/** The cursor is on the first available action. */
export function actionMenu(
  purpose: 'actions' | 'bulk',
  title: string,
  { notice, entries }: FoldedEntries,
  subject: Subscription | null,
): Menu {
  const cursor = entries.find((entry) => entry.unavailable === null)?.id ?? entries[0]?.id ?? null;
  return { kind: 'menu', purpose, title, ...(notice === null ? {} : { notice }), entries, cursor, subject };
}

/** What some of the rows' vendors cannot do is an entry that says so; what none can is impossible, with all their reasons. */
function actionOf(
  { id, operation, marked }: MarkedAction,
  rows: readonly Marked[],
  vendorOf: ReadonlyMap<string, DeclaredVendor>,
): Action {
  const lacking = rows.flatMap(({ connection }) => {
    const vendor = vendorOf.get(connection);
    return (vendor && reasonOf(operation, marked, vendor)) ?? [];
  });
  const no = [...new Set(lacking.map((reason) => reason.no))].join(' ');
  const { label } = marked;
  if (rows.length > 0 && lacking.length === rows.length) {
    const because = lacking.find((reason) => reason.because !== 'vendor')?.because ?? 'vendor';
    return { never: whatOf(operation, marked, [...vendorOf.values()]).map((what) => ({ what, no, because })) };
  }
  if (lacking.length === 0) return { entry: { id, label, note: null, unavailable: null } };
  const note = `not possible for ${lacking.length} of ${rows.length}`;
  return { entry: { id, label, note, unavailable: null, more: `Why ${note}: ${no}` } };
}

/** The abilities, unless one of the vendors has them. */
function whatOf(
  { needs }: Operation,
  { label }: MarkedAction['marked'],
  vendors: readonly DeclaredVendor[],
): readonly string[] {
  const isLacking = vendors.every(({ abilities }) => impossibleOf(needs, abilities).length > 0);
  return isLacking ? needs.map(abilityTitle) : [label.slice(0, 1).toLowerCase() + label.slice(1)];
}

function reasonOf(operation: Operation, marked: MarkedAction['marked'], vendor: DeclaredVendor): No | null {
  const [first] = impossibleOf(operation.needs, vendor.abilities);
  if (first !== undefined) return first;
  const no = marked.unable(vendor);
  return no === null ? null : { no, because: 'vendor' };
}
