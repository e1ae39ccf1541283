import type { Marked } from './operation.ts';
import { type Operation, operations, type WriteRequest } from './registry.ts';

/** What can be done with all marked rows at once. */
export interface MarkedAction {
  readonly id: string;
  readonly operation: Operation;
  readonly marked: Marked<WriteRequest>;
}

export const markedActions: readonly MarkedAction[] = operations.flatMap((operation) =>
  operation.marked.map((marked) => ({ id: `${operation.id} ${marked.id}`, operation, marked })),
);
