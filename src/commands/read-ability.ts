import type { No } from '../api/contract.ts';
import { type FaultError, fault } from '../model/fault.ts';

export function isReason(ability: unknown): ability is No {
  return typeof ability === 'object';
}

/** The vendor's reason as a fault. */
export function cannot(connection: string, { no }: No): FaultError {
  return fault('denied', no, 'subdeck vendors shows what each vendor can do.', { connection });
}
