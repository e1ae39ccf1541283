import { type Fault, fault } from '../model/fault.ts';
import type { WrittenText } from './operation.ts';
import { quantityTextFault } from './quantity.ts';

/** What is wrong with `key=value` arguments before any vendor checks them, or null. */
export function changesFault(changes: Readonly<Record<string, string>>): Fault | null {
  if (Object.keys(changes).length === 0) {
    return fault('usage', 'No change was given.', 'Add key=value, for example quantity=20.').fault;
  }
  return changes.quantity === undefined ? null : quantityTextFault(changes.quantity);
}

export function changesTexts(changes: Readonly<Record<string, string>>): readonly WrittenText[] {
  return Object.entries(changes).map(([name, text]) => ({ what: `The value of ${name}`, text, isTrimmed: false }));
}
