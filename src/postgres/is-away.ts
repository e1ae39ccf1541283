import { PostgresError } from './postgres-error.ts';

/** Whether the store did not answer, or not in time: it may the next time. */
export function isAway(error: unknown): boolean {
  return error instanceof PostgresError && error.fault.kind === 'unreachable';
}
