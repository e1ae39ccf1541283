import { type Guard, isLarge, type QuantityChange } from '../model/guard.ts';
import { operationOf } from '../operations/registry.ts';
import type { BulkRow } from './bulk/plan-file.ts';
import type { Plan } from './contract.ts';

/** The change of a quantity that the setting `guard` wants confirmed by its new number, or null. */
export function largeChange({ target, draft }: Pick<Plan, 'target' | 'draft'>, guard: Guard): QuantityChange | null {
  return largeOf(target, draft.newQuantity, guard);
}

/** The same of a row. Files of Subdeck 0.1.0 do not say the quantity that the vendor's draft leads to. */
export function largeRowChange(row: BulkRow, guard: Guard): QuantityChange | null {
  const { newQuantity = operationOf(row).seatsAfter(row.writeRequest, row) } = row;
  return largeOf(row.target, newQuantity, guard);
}

/** A creation has no quantity to compare with. */
function largeOf(target: Plan['target'], to: number | null, guard: Guard): QuantityChange | null {
  if (target === null || to === null) return null;
  const change = { from: target.quantity, to };
  return isLarge(change, guard) ? change : null;
}
