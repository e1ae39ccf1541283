import type { Level } from '../model/vendor.ts';
import type { Database } from '../store/database.ts';
import { kinds } from '../store/node-kinds.ts';
import { integer, text } from '../store/sql-values.ts';

/** The name of a seller, reseller or organization, whether or not it has rows. */
export interface NodeName {
  /** Ascending in the order in which names came; never used for another node. */
  readonly code: number;
  readonly level: Exclude<Level, 'service'>;
  readonly connection: string;
  readonly id: string;
  readonly name: string;
}

const named = ['seller', 'reseller', 'organization'] as const;

export function nodeNamesOn(database: Database): (after: number, most: number) => readonly NodeName[] {
  const page = database.statement(
    `SELECT node.code, node.kind, node.id, node.name, connection.name AS connection
     FROM node JOIN connection ON connection.code = node.connection
     WHERE node.code > ? AND node.kind IN (${named.map((level) => kinds[level]).join(', ')})
     ORDER BY node.code LIMIT ?`,
  );
  return (after, most) =>
    page.all(after, most).flatMap((row) => {
      const level = named.find((each) => kinds[each] === row.kind);
      return level === undefined
        ? []
        : [
            {
              code: integer(row.code),
              level,
              connection: text(row.connection),
              id: text(row.id),
              name: text(row.name),
            },
          ];
    });
}
