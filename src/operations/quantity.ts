import { type Fault, fault } from '../model/fault.ts';

/** A quantity as typed: ASCII digits only, no sign, no fraction, no more than the largest exact integer. Else null. */
export function readQuantity(text: string): number | null {
  if (!/^\d+$/.test(text)) return null;
  const quantity = Number(text);
  return Number.isSafeInteger(quantity) ? quantity : null;
}

/** Why a number is not a quantity, or null. */
export function quantityFault(quantity: number): Fault | null {
  return Number.isSafeInteger(quantity) && quantity >= 0 ? null : noQuantity(String(quantity));
}

export function quantityTextFault(text: string): Fault | null {
  return readQuantity(text) === null ? noQuantity(JSON.stringify(text)) : null;
}

function noQuantity(shown: string): Fault {
  const next = `Give a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`;
  return fault('usage', `${shown} is not a valid quantity.`, next).fault;
}
