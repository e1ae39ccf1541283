import { parseReference } from '../../model/reference.ts';
import { givenFault, isSecret } from '../../operations/input.ts';
import {
  findOperation,
  type Operation,
  operationOf,
  operations,
  type WriteRequest,
} from '../../operations/registry.ts';
import { connectionOf, refOf } from '../../operations/requests.ts';

/** The operations that a table or an assistant can ask for: a secret does not belong in a file. */
export const tableOperations: readonly Operation[] = operations.filter(({ inputs }) => !inputs.some(isSecret));

/** What is wrong with a row, as a clause, and what to do. */
export interface RowProblem {
  readonly problem: string;
  readonly next: string;
}

/** The operation of a row's verb. */
export function tableOperation(verb: string): Operation | RowProblem {
  const operation = findOperation(verb);
  if (operation === null) {
    const ids = tableOperations.map(({ id }) => id);
    return { problem: `${JSON.stringify(verb)} is not a verb`, next: `Use one of ${ids.join(', ')}.` };
  }
  const secret = operation.inputs.find(isSecret);
  if (secret === undefined) return operation;
  return {
    problem: `${secret.help} must not be in a file`,
    next: 'Set it for one subscription at a time, on stdin.',
  };
}

/**
 * Why a row's values make no request, or null. `given`: by the operation's names, without empty ones; `called`: what a name is
 * called where they were given.
 */
export function rowProblem(
  operation: Operation,
  ref: string,
  given: Readonly<Record<string, string>>,
  called: (name: string) => string,
): RowProblem | null {
  const { id, inputs, kind, otherInputs } = operation;
  const lacking = inputs.find(({ name, isRequired }) => isRequired && given[name] === undefined);
  if (lacking !== undefined) return { problem: `${id} needs ${called(lacking.name)}`, next: 'Fill it in.' };
  if (kind === 'change' && parseReference(ref) === null)
    return { problem: `${JSON.stringify(ref)} is not a REF`, next: 'Write connection/subscriptionId.' };
  if (otherInputs === 'for the vendor' && Object.keys(given).length === 0)
    return { problem: 'it changes nothing', next: 'Fill in a column to change.' };
  const unusable = givenFault(operation, given);
  return unusable === null ? null : { problem: asClause(unusable.message), next: unusable.next };
}

/**
 * What a write request is about: two requests for one target in one plan would each make the other's reading old. Null for
 * what is not there yet.
 */
export function targetKey(writeRequest: WriteRequest): string | null {
  const operation = operationOf(writeRequest);
  if (operation.kind === 'creation') return null;
  const part = operation.part(writeRequest);
  return part === null ? refOf(writeRequest) : JSON.stringify([connectionOf(writeRequest), part]);
}

/** A sentence as a part of another one. */
export function asClause(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}
