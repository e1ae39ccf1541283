import { type Fault, fault } from '../../model/fault.ts';
import { quantityTextFault } from '../quantity.ts';

/** What is wrong with `key=value` words before any vendor looks at them, or null. */
export function changesFault(changes: Readonly<Record<string, string>>): Fault | null {
  if (Object.keys(changes).length === 0) {
    return fault('usage', 'Nothing to change was given.', 'Add key=value, for example quantity=20.').fault;
  }
  return changes.quantity === undefined ? null : quantityTextFault(changes.quantity);
}
