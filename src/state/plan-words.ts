import { allFields } from '../model/field-names.ts';
import type { JsonObject } from '../model/text.ts';
import {
  type Operation,
  type OperationId,
  operationOf,
  operations,
  type WriteRequest,
} from '../operations/registry.ts';

/** A plan's title: "Lower the quantity". */
export function planTitle({
  verb,
  before,
  after,
}: {
  readonly verb: OperationId;
  readonly before: JsonObject;
  readonly after: JsonObject;
}): string {
  return operationOf({ verb }).title({ before, after });
}

/** The tense in which a plan says what it does. */
export function planShows({ verb }: { readonly verb: OperationId }): Operation['shows'] {
  return operationOf({ verb }).shows;
}

/** The resulting seats of a plan's row, if its operation changes them. */
export function seatsAfter(row: {
  readonly verb: OperationId;
  readonly writeRequest: WriteRequest;
  readonly after: JsonObject;
}): number | null {
  const operation = operationOf(row);
  return operation.shows === 'seats' ? operation.seatsAfter(row.writeRequest, row) : null;
}

const labels: ReadonlyMap<string, string> = new Map([
  ...operations.flatMap((operation) => Object.entries(operation.labels)),
  ...allFields.map(
    ({ property, names: { label } }) => [property, `${label.charAt(0).toUpperCase()}${label.slice(1)}`] as const,
  ),
]);

/** What people call a name in the `before` and `after` of a plan or of an entry of the journal. */
export function changeLabel(name: string): string {
  return labels.get(name) ?? name;
}
