import { type Fault, fault } from '../model/fault.ts';

/** A row that cannot be used. The list continues without it, and reports it. */
export function rowWithoutId(connection: string): Fault {
  const message = 'The vendor sent a subscription that has no id: it was left out.';
  return fault('partial', message, 'Tell the vendor; all other rows are there.', { connection }).fault;
}
