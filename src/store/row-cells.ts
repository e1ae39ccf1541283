import { instantOf } from '../model/filter-date.ts';
import { mainPrice } from '../model/filter-match.ts';
import { type Named, renewalModes, type Subscription, statuses } from '../model/subscription.ts';
import { flag, type RowColumn, rowColumns } from './column-layout.ts';
import type { Patch } from './column-patch.ts';
import { isFine, moneyName } from './money.ts';
import type { NodeKind } from './node-kinds.ts';
import type { NodesWriter } from './nodes-writer.ts';

/** Puts what a subscription is sorted, filtered and counted by into its cells. */
export function setCells(patch: Patch, nodes: NodesWriter, connection: number, row: number, of: Subscription): void {
  const set = (column: RowColumn, value: number) => patch.set('rows', rowColumns[column], row, value);
  const named = (kind: NodeKind, node: Named | null) =>
    node === null ? 0 : nodes.code(patch, connection, kind, node.id, node.name);
  const shared = (kind: NodeKind, text: string | null) => (text === null ? 0 : nodes.code(patch, 0, kind, text, text));
  const price = mainPrice(of);
  const fineMoney = price !== null && isFine(price.amount);

  set('connection', connection);
  set('seller', named('seller', of.seller));
  set('reseller', named('reseller', of.reseller));
  set('organization', named('organization', of.organization));
  set('bundle', nodes.bundle(of.services.map((service) => named('service', service))));
  set('product', named('product', of.product));
  set('status', statuses.indexOf(of.status) + 1);
  set('renewal', of.renewal === null ? 0 : renewalModes.indexOf(of.renewal.mode) + 1);
  set('flags', (of.isTrial ? flag.trial : 0) + (of.isAddon ? flag.addon : 0) + (fineMoney ? flag.fineMoney : 0));
  set('billing', shared('billing', of.billing));
  set('term', shared('term', of.term));
  set('quantity', of.quantity ?? Number.NaN);
  set('ends', instantOf(of.endsAt) ?? Number.NaN);
  set('starts', instantOf(of.startsAt) ?? Number.NaN);
  set('cancel', instantOf(of.cancellableUntil) ?? Number.NaN);
  set('price', price === null || price.amount.trim() === '' ? Number.NaN : Number(price.amount));
  set('money', shared('money', moneyName(of)));
}

/** Empties a row's cells. */
export function clearCells(patch: Patch, row: number): void {
  for (const column of Object.values(rowColumns)) patch.set('rows', column, row, column.width === 8 ? Number.NaN : 0);
}
