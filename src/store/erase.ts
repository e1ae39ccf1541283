import type { Database } from './database.ts';

/** Deletes a connection's data, or everything. The caller clears the cells of a connection's rows and nodes. */
export function erase(database: Database, connection: number | null): void {
  if (connection === null) {
    const shape = database.meta('shape') + 1;
    for (const table of [
      ...[
        'connection',
        'organization_domain',
        'node',
        'bundle',
        'subscription',
        'haystack',
        'raw',
        'hole',
        'part',
        'unranked',
        'pending',
        'run',
      ],
      ...[
        'posting',
        'sync_run',
        'seen',
        'session',
        'missing',
        'shortfall',
        'change',
        'answer',
        'published',
        'level_totals',
        'meta',
      ],
    ]) {
      database.statement(`DELETE FROM ${table}`).run();
    }
    // The pieces stay recorded as changed, so that readers clear their copies.
    database.statement('UPDATE segment SET shape = ?').run(shape);
    for (const name of ['shape', 'names', 'ids', 'nodes'] as const) database.setMeta(name, shape);
    return;
  }
  const mine = 'SELECT row FROM subscription WHERE connection = ?';
  for (const table of ['haystack', 'raw', 'pending', 'missing']) {
    database.statement(`DELETE FROM ${table} WHERE row IN (${mine})`).run(connection);
  }
  database.statement(`DELETE FROM unranked WHERE space < 3 AND item IN (${mine})`).run(connection);
  database
    .statement('DELETE FROM unranked WHERE space = 3 AND item IN (SELECT code FROM node WHERE connection = ?)')
    .run(connection);
  database
    .statement('DELETE FROM organization_domain WHERE node IN (SELECT code FROM node WHERE connection = ?)')
    .run(connection);
  database.statement(`INSERT INTO hole (row) ${mine}`).run(connection);
  for (const table of ['seen', 'session']) {
    database
      .statement(`DELETE FROM ${table} WHERE sync_run IN (SELECT id FROM sync_run WHERE connection = ?)`)
      .run(connection);
  }
  for (const table of ['subscription', 'sync_run', 'shortfall', 'change', 'answer', 'published', 'node']) {
    database.statement(`DELETE FROM ${table} WHERE connection = ?`).run(connection);
  }
  database.statement('DELETE FROM connection WHERE code = ?').run(connection);
}
