import { type Fault, fault } from '../model/fault.ts';
import { markFault, textFault } from '../model/text-check.ts';
import type { WrittenText } from '../operations/operation.ts';
import { operationOf, type WriteRequest } from '../operations/registry.ts';

/**
 * Why the texts of a write request cannot be sent to any vendor, or null. Checked before planning. Ids are excluded:
 * they are looked up at the vendor, and unknown ones are not sent.
 */
export function writeRequestTextFault(writeRequest: WriteRequest): Fault | null {
  return first(writeRequest, ({ what, text, isTrimmed }) => {
    const wrong = textFault(what, text);
    if (wrong !== null || !isTrimmed || text === text.trim()) return wrong;
    return fault('usage', `${what} begins or ends with spaces.`, 'Remove them and try again.').fault;
  });
}

/**
 * Why a write request would send the display form of a text instead of the original, or null. Checked only for actual
 * changes: an unchanged exported row contains such marks too.
 */
export function writeRequestMarkFault(writeRequest: WriteRequest): Fault | null {
  return first(writeRequest, ({ what, text }) => markFault(what, text));
}

/** Why a reason cannot be stored in the journal, or null. */
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
