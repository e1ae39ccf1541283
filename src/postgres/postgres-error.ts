import { type Fault, FaultError } from '../model/fault.ts';

/**
 * What became of a statement that failed:
 * - `not-sent`: there was no connection to send it on
 * - `rolled-back`: the server refused it, and with it its transaction
 * - `unknown`: the connection ended, or the time ran out, before the server answered
 */
export type StatementOutcome = 'not-sent' | 'rolled-back' | 'unknown';

/** A failed statement: the fault for people, and what the caller decides by. */
export class PostgresError extends FaultError {
  /** The server's SQLSTATE; null: it did not answer. */
  readonly state: string | null;
  readonly outcome: StatementOutcome;
  /** Nothing came from the server in time. */
  readonly isTimeout: boolean;

  constructor(
    fault: Fault,
    {
      state,
      outcome,
      isTimeout = false,
    }: { readonly state: string | null; readonly outcome: StatementOutcome; readonly isTimeout?: boolean },
  ) {
    super(fault);
    this.name = 'PostgresError';
    this.state = state;
    this.outcome = outcome;
    this.isTimeout = isTimeout;
  }
}
