import type { Input } from '../../src/operations/input.ts';
import type { Operation, WriteRequest } from '../../src/operations/registry.ts';
import { requestOf } from '../../src/operations/requests.ts';

/** A valid value for an input, by its kind alone. */
function sample(input: Input): string {
  switch (input.kind) {
    case 'quantity':
      return '20';
    case 'secret':
      return 'K-4711';
    case 'choice':
      return input.choices[0]?.value ?? '';
    case 'vendor choice':
      return 'a1';
    case 'id':
      return input.name === 'connection' ? 'nordic' : `${input.name}-1`;
    case 'text':
      return 'PO 4711';
  }
}

/** A value for each input of an operation. */
export function givenTo({ inputs }: Operation): Readonly<Record<string, string>> {
  return Object.fromEntries(inputs.map((input) => [input.name, sample(input)]));
}

/** A request for any operation, made from its declaration alone. */
export function exampleOf(operation: Operation, ref: string): WriteRequest {
  return requestOf(operation, ref, givenTo(operation));
}
