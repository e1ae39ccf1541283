import type { Vendor } from '../api/contract.ts';
import { operationOf } from '../operations/registry.ts';
import { requestOf } from '../operations/requests.ts';
import { changeWords, shortChangeWords } from '../operations/words.ts';
import type { OfferedWayBack, Plan } from './contract.ts';
import { expectedFault } from './expected-fault.ts';

/** What takes a sent plan back: a new plan, which is read, shown and confirmed like any other. */
export function wayBackOf(plan: Plan, vendor: Vendor): OfferedWayBack {
  try {
    return offered(plan, vendor);
  } catch (error) {
    // What cannot be requested any more, such as a value that the vendor's rules refuse.
    return none(expectedFault(error).message);
  }
}

function offered(plan: Plan, vendor: Vendor): OfferedWayBack {
  const { target, ref, before, after, writeRequest } = plan;
  const done = operationOf(plan);
  if (done.kind === 'creation') return none(done.noWayBack);
  if (target === null) return none('The subscription is not known as it was before.');
  const found = done.wayBack(writeRequest, { target, before, after }, vendor.abilities);
  if ('no' in found) return none(found.no);
  if (plan.irreversible) return none('The vendor cannot undo it.');
  const operation = operationOf({ verb: found.operation });
  const request = requestOf(operation, ref, found.given);
  const asked = operation.kind === 'change' ? operation.prepare(vendor, request) : null;
  if (asked?.kind === 'impossible') return none(asked.fault.message);
  return {
    kind: 'offered',
    writeRequest: request,
    words: changeWords(operation, ref, found.given),
    short: shortChangeWords(operation, found.given),
  };
}

function none(why: string): OfferedWayBack {
  return { kind: 'none', why };
}
