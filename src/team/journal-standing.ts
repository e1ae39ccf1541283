import * as v from 'valibot';
import type { Query } from '../postgres/database.ts';

/** What has to come before writes may be opened on a server that the journal was not written on. */
export interface ServerWait {
  /** In any case so long. */
  readonly seconds: number;
  /** Who worked within a day of it, and has not handed in what its machine knows of open writes. */
  readonly members: readonly string[];
}

const standing = v.object({ is_open: v.nullable(v.boolean()), wait_s: v.number(), lacking: v.array(v.string()) });

/** Null: writes are open here. */
export async function journalStanding(query: Query): Promise<ServerWait | null> {
  const { rows } = await query('SELECT is_open, wait_s, lacking FROM subdeck.journal_standing()');
  const [found] = v.parse(v.array(standing), rows);
  if (found === undefined || found.is_open === true) return null;
  return { seconds: Math.ceil(found.wait_s), members: found.lacking };
}
