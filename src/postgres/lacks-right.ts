import { PostgresError } from './postgres-error.ts';

/** Whether the login's role does not allow it: whoever may only read the store is refused what members do. */
export function lacksRight(error: unknown): boolean {
  return error instanceof PostgresError && error.state === '42501';
}
