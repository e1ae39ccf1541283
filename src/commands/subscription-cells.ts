import { fieldNamed } from '../model/field-names.ts';
import type { Subscription } from '../model/subscription.ts';
import { columnIds } from '../state/tables.ts';

/** One value of a row as a table's column names it, whole and as the vendor wrote it. */
export interface Cell {
  readonly id: string;
  readonly label: string;
  readonly text: string | null;
}

/** The name and the shown columns of a list of subscriptions, in their order. */
export function cellsOf(row: Subscription, chosen: readonly string[] | null): readonly Cell[] {
  return ['name', ...columnIds('subscriptions', chosen)].flatMap((name) => {
    const field = fieldNamed(name);
    return field === null ? [] : [{ id: field.id, label: field.names.label, text: field.value.cell(row) }];
  });
}
