import { type Fault, fault } from '../model/fault.ts';
import { markFault, textFault } from '../model/text-check.ts';
import type { WrittenText } from '../operations/operation.ts';
import { operationOf, type WriteRequest } from '../operations/registry.ts';

/**
 * Why the texts of a write request cannot be sent to any vendor, or null. Asked before anything is looked up. Ids are none of
 * them: they are the vendor's own, are looked up, and whatever is not there is sent nowhere.
 */
export function writeRequestTextFault(writeRequest: WriteRequest): Fault | null {
  return first(writeRequest, ({ what, text, isTrimmed }) => {
    const wrong = textFault(what, text);
    if (wrong !== null || !isTrimmed || text === text.trim()) return wrong;
    return fault('usage', `${what} begins or ends with spaces.`, 'Remove them and try again.').fault;
  });
}

/**
 * Why a write request would send what Subdeck shows instead of what is meant, or null. Asked once it is known that the
 * write request differs from what is there: a row that was exported and not changed holds such marks too.
 */
export function writeRequestMarkFault(writeRequest: WriteRequest): Fault | null {
  return first(writeRequest, ({ what, text }) => markFault(what, text));
}

/** Why a reason cannot stand in the journal, or null. */
export function reasonFault(reason: string | null): Fault | null {
  return reason === null ? null : textFault('The reason', reason);
}

function first(writeRequest: WriteRequest, problem: (written: WrittenText) => Fault | null): Fault | null {
  for (const written of operationOf(writeRequest).texts(writeRequest)) {
    const wrong = problem(written);
    if (wrong !== null) return wrong;
  }
  return null;
}
