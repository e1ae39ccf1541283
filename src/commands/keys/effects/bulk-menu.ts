import type { Vendor } from '../../../api/contract.ts';
import type { Subscription } from '../../../model/subscription.ts';
import { type MarkedAction, markedActions } from '../../../operations/marked-actions.ts';
import type { Menu, MenuEntry } from '../../../state/overlay.ts';
import { findByRef } from '../../../state/read-screen.ts';
import type { Context } from '../../context.ts';
import { possibleFirst, whyNot } from './actions.ts';

/** The operations for all marked rows at once, of which `title` says how many they are; one that none of their vendors supports has the reason. */
export async function bulkMenu(
  context: Pick<Context, 'cache' | 'connections'>,
  marked: readonly string[],
  title: string,
  denied: string | null,
): Promise<Menu> {
  const rows = marked.flatMap((ref) => findByRef(context.cache, ref) ?? []);
  const names = [...new Set(rows.map(({ connection }) => connection))];
  const vendors = await Promise.all(names.map((name) => context.connections.vendor(name)));
  const vendorOf = new Map(vendors.map((vendor, index) => [names[index] ?? '', vendor]));
  const entries = possibleFirst(markedActions.map((action) => entryOf(action, rows, vendorOf, denied)));
  return {
    kind: 'menu',
    purpose: 'bulk',
    title: `${title}: opens a plan, sends nothing yet`,
    entries,
    cursor: entries[0]?.id ?? null,
    subject: null,
  };
}

function entryOf(
  { id, operation, marked }: MarkedAction,
  rows: readonly Subscription[],
  vendorOf: ReadonlyMap<string, Vendor>,
  denied: string | null,
): MenuEntry {
  const reasons = rows.flatMap(({ connection }) => {
    const vendor = vendorOf.get(connection);
    if (vendor === undefined) return [];
    return whyNot(operation.needs, vendor.abilities) ?? marked.unable(vendor) ?? [];
  });
  const [reason = null] = reasons;
  const none = reasons.length === rows.length;
  const note = reason === null || none ? null : `not possible for ${reasons.length} of ${rows.length}: ${reason}`;
  return { id, label: marked.label, note, unavailable: none ? reason : denied };
}
