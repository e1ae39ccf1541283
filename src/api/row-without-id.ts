import { type Fault, fault } from '../model/fault.ts';

/** A row that cannot be used. The list continues without it, and reports it. */
export function rowWithoutId(connection: string): Fault {
  const message = 'The vendor sent a subscription without an id; it was skipped.';
  return fault('partial', message, 'Report it to the vendor; all other rows were read.', { connection }).fault;
}
