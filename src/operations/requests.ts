import { FaultError } from '../model/fault.ts';
import { parseReference } from '../model/reference.ts';
import { givenFault } from './input.ts';
import { type Operation, operationOf, type WriteRequest } from './registry.ts';

/** The request that these values of its inputs make. Throws a `usage` fault that says why they make none. */
export function requestOf(
  operation: Operation,
  ref: string,
  given: Readonly<Record<string, string>>,
): ReturnType<Operation['request']> {
  const wrong = givenFault(operation, given);
  if (wrong !== null) throw new FaultError(wrong);
  return operation.request(ref, given);
}

/** The connection that a request goes through. */
export function connectionOf(request: WriteRequest): string {
  const operation = operationOf(request);
  if (operation.kind === 'creation') return operation.connection(request);
  return 'ref' in request ? request.ref.slice(0, request.ref.indexOf('/')) : '';
}

/** What the journal knows its target by. */
export function refOf(request: WriteRequest): string {
  const operation = operationOf(request);
  if (operation.kind === 'creation') return operation.ref(request);
  return 'ref' in request ? request.ref : '';
}

/** The REF of the subscription that it is about; null for one that is to be created. */
export function targetOf(request: WriteRequest): string | null {
  return 'ref' in request ? request.ref : null;
}

/** The id of that subscription at its vendor. */
export function targetIdOf(request: WriteRequest): string | null {
  return parseReference(targetOf(request) ?? '')?.id ?? null;
}
