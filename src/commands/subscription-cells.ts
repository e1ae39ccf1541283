import { fieldNamed } from '../model/field-names.ts';
import type { Subscription } from '../model/subscription.ts';
import { columnIds } from '../state/tables.ts';

/** One value of a row by its table column, complete and as the vendor wrote it. */
export interface Cell {
  readonly id: string;
  readonly label: string;
  readonly text: string | null;
}

/** The name and the visible columns of a subscription list, in order. */
export function cellsOf(row: Subscription, chosen: readonly string[] | null): readonly Cell[] {
  return ['name', ...columnIds('subscriptions', chosen)].flatMap((name) => {
    const field = fieldNamed(name);
    return field === null ? [] : [{ id: field.id, label: field.names.label, text: field.value.cell(row) }];
  });
}
