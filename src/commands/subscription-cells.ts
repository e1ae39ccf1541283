import type { Subscription } from '../model/subscription.ts';
import type { ColumnChoice } from '../state/tables.ts';
import { columnIds, tableColumns } from '../state/tables.ts';
import { priceText } from './subscription-row.ts';

/** One value of a row as a table's column names it, whole and as the vendor wrote it. */
export interface Cell {
  readonly id: string;
  readonly label: string;
  readonly text: string | null;
}

/** The name and the shown columns of a list of subscriptions, in their order. */
export function cellsOf(row: Subscription, chosen: readonly string[] | null): readonly Cell[] {
  const all: readonly ColumnChoice[] = tableColumns.subscriptions;
  const shown = columnIds('subscriptions', chosen);
  return [
    { id: 'name', label: 'name', text: row.name },
    ...shown.map((id) => ({ id, label: all.find((column) => column.id === id)?.label ?? id, text: textOf(row, id) })),
  ];
}

function textOf(row: Subscription, column: string): string | null {
  switch (column) {
    case 'org':
      return row.organization?.name ?? null;
    case 'connection':
    case 'status':
    case 'billing':
    case 'term':
    case 'vendor':
    case 'id':
      return row[column];
    case 'service':
      return row.services.map(({ name }) => name).join(', ') || null;
    case 'seats':
      return row.quantity === null ? null : String(row.quantity);
    case 'ends':
      return row.endsAt;
    case 'deadline':
      return row.cancellableUntil;
    case 'product':
      return row.product?.name ?? null;
    case 'price':
      return row.prices.map(priceText).join(', ') || null;
    case 'renewal':
      return row.renewal?.mode ?? null;
    case 'starts':
      return row.startsAt;
    case 'seller':
      return row.seller?.name ?? null;
    case 'reseller':
      return row.reseller?.name ?? null;
    case 'read':
      return row.readAt;
    default:
      return null;
  }
}
