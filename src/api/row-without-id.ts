import { type Fault, fault } from '../model/fault.ts';

/** A row that nothing can be done with. The list goes on without it, and says so. */
export function rowWithoutId(connection: string): Fault {
  const message = 'The vendor sent a subscription that has no id: it was left out.';
  return fault('partial', message, 'Tell the vendor; all other rows are there.', { connection }).fault;
}
