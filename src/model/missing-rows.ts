import { type Fault, fault } from './fault.ts';
import { grouped } from './numbers.ts';
import { shellWord } from './shell-word.ts';

/** Rows of a connection that its vendor's list no longer had and that are kept all the same. */
export interface MissingRows {
  readonly rows: number;
  /** When a sync first did not see one of them, ISO 8601 UTC. */
  readonly since: string;
  /** All rows that are kept of the connection. */
  readonly of: number;
}

/** What lists and screens say while rows are kept that a sync did not see (docs/syncing.md). */
export function missingRowsFault(connection: string, { rows, since, of }: MissingRows): Fault {
  const message = `The vendor's list left out ${grouped(rows)} of ${grouped(of)} subscriptions of ${connection}. They are kept and marked as missing since ${since}.`;
  const next = `If the next complete sync does not list them either, they are removed; to remove them now, run \`subdeck sync ${shellWord(connection)} --accept-removals\`.`;
  return fault('partial', message, next, { connection }).fault;
}
