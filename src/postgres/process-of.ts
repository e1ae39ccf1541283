import type pg from 'pg';

/** The server process that a connection was said to have, for cancelling. A pooler says a number of its own; null: nothing was said. */
export function processOf(client: pg.ClientBase): number | null {
  const id: unknown = Reflect.get(client, 'processID');
  return typeof id === 'number' ? id : null;
}
