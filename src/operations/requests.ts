import { FaultError } from '../model/fault.ts';
import { parseReference } from '../model/reference.ts';
import { givenFault } from './input.ts';
import { type Operation, operationOf, type WriteRequest } from './registry.ts';

/** The request of these input values. Throws a `usage` fault if they are invalid. */
export function requestOf(
  operation: Operation,
  ref: string,
  given: Readonly<Record<string, string>>,
): ReturnType<Operation['request']> {
  const wrong = givenFault(operation, given);
  if (wrong !== null) throw new FaultError(wrong);
  return operation.request(ref, given);
}

/** The connection of a request. */
export function connectionOf(request: WriteRequest): string {
  const operation = operationOf(request);
  if (operation.kind === 'creation') return operation.connection(request);
  return 'ref' in request ? request.ref.slice(0, request.ref.indexOf('/')) : '';
}

/** The journal's key of its target. */
export function refOf(request: WriteRequest): string {
  const operation = operationOf(request);
  if (operation.kind === 'creation') return operation.ref(request);
  return 'ref' in request ? request.ref : '';
}

/** The REF of its subscription; null for a creation. */
export function targetOf(request: WriteRequest): string | null {
  return 'ref' in request ? request.ref : null;
}

/** The id of that subscription at its vendor. */
export function targetIdOf(request: WriteRequest): string | null {
  return parseReference(targetOf(request) ?? '')?.id ?? null;
}
