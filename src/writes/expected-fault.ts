import { type Fault, FaultError } from '../model/fault.ts';

/** The fault of an expected failure; anything else is a bug and goes on up. */
export function expectedFault(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  throw error;
}
