import { type Fault, fault } from '../model/fault.ts';
import { markFault, textFault } from '../model/text-check.ts';
import type { WriteRequest } from './contract.ts';

/**
 * What a person wrote into a write request, each under the name it was given by; with a capital, as a sentence begins.
 */
type WrittenText = readonly [what: string, text: string];

/**
 * The texts that go to the vendor as they were written. Ids are none of them: they are the vendor's own, are looked up,
 * and whatever is not there is sent nowhere.
 */
function textsOf(writeRequest: WriteRequest): readonly WrittenText[] {
  switch (writeRequest.verb) {
    case 'update':
    case 'renewal-set':
    case 'reservation-create':
      return Object.entries(writeRequest.changes).map(([name, text]) => [`The value of ${name}`, text]);
    case 'create':
      return writeRequest.name === null ? [] : [['The name', writeRequest.name]];
    case 'set-license':
      return [['The licence key', writeRequest.licenseKey]];
    case 'cancel':
    case 'set-quantity':
    case 'suspend':
    case 'reactivate':
    case 'reservation-withdraw':
    case 'addon-cancel':
      return [];
  }
}

/** Why the texts of a write request cannot be sent to any vendor, or null. Asked before anything is looked up. */
export function writeRequestTextFault(writeRequest: WriteRequest): Fault | null {
  const wrong = first(writeRequest, textFault);
  if (
    wrong !== null ||
    writeRequest.verb !== 'set-license' ||
    writeRequest.licenseKey === writeRequest.licenseKey.trim()
  )
    return wrong;
  return fault('usage', 'The licence key has blanks before or behind it.', 'Give the key alone.').fault;
}

/**
 * Why a write request would send what Subdeck shows instead of what is meant, or null. Asked once it is known that the
 * write request differs from what is there: a row that was exported and not changed holds such marks too.
 */
export function writeRequestMarkFault(writeRequest: WriteRequest): Fault | null {
  return first(writeRequest, markFault);
}

/** Why a reason cannot stand in the journal, or null. */
export function reasonFault(reason: string | null): Fault | null {
  return reason === null ? null : textFault('The reason', reason);
}

function first(writeRequest: WriteRequest, problem: (what: string, text: string) => Fault | null): Fault | null {
  for (const [what, text] of textsOf(writeRequest)) {
    const wrong = problem(what, text);
    if (wrong !== null) return wrong;
  }
  return null;
}
