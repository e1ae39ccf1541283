import { type Fault, FaultError } from '../model/fault.ts';

/** The fault of an expected failure; any other error is rethrown. */
export function expectedFault(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  throw error;
}
