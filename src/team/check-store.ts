import * as v from 'valibot';
import { fault } from '../model/fault.ts';
import type { ReadOnlyReason } from '../model/read-only.ts';
import type { Database } from '../postgres/database.ts';
import { catalogueDigest, foreignObjects } from './schema/catalogue.ts';
import { schemaVersion } from './schema/parts.ts';
import { roles } from './schema/rights.ts';

export type TeamRole = 'member' | 'viewer';

/** What a store says of itself, and what this login may do there. */
export interface StoreFacts {
  readonly schema: number;
  /** Which store this is, whatever its address. */
  readonly team: string;
  readonly role: TeamRole;
  /** Which server, and which line of its history; null: a standby, where nothing can be written. */
  readonly epoch: string | null;
}

const standing = v.object({
  owner: v.nullable(v.string()),
  usage: v.nullable(v.boolean()),
  member: v.boolean(),
  viewer: v.boolean(),
});
const state = v.object({
  schema: v.number(),
  team: v.string(),
  same: v.boolean(),
  placed: v.boolean(),
  epoch: v.nullable(v.string()),
});

/**
 * Looks at who made the schema, and whether it is still as set-up left it, before anything in it is used: in the catalogue alone, which
 * only the server's administrator can change. Throws `denied` or `missing`.
 */
export async function checkStore(database: Database, known = schemaVersion): Promise<StoreFacts> {
  const { url } = database;
  return database.transaction(async (query) => {
    await query('SET LOCAL search_path = pg_catalog');
    const { rows } = await query(
      `SELECT (SELECT pg_catalog.pg_get_userbyid(n.nspowner)::text FROM pg_catalog.pg_namespace n WHERE n.nspname = 'subdeck') AS owner,
         (SELECT pg_catalog.has_schema_privilege(n.oid, 'USAGE') FROM pg_catalog.pg_namespace n WHERE n.nspname = 'subdeck') AS usage,
         EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.rolname = '${roles.member}' AND pg_catalog.pg_has_role(r.oid, 'USAGE')) AS member,
         EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.rolname = '${roles.viewer}' AND pg_catalog.pg_has_role(r.oid, 'USAGE')) AS viewer`,
    );
    const [me] = v.parse(v.array(standing), rows);
    if (me === undefined || me.owner === null) {
      const next = 'Its administrator creates it with subdeck team init URL';
      throw fault('missing', `The database ${url.shown} has no store for a team.`, next);
    }
    if (me.owner !== roles.owner) throw notOurs(`it belongs to ${me.owner}`);
    if (!me.usage || !(me.member || me.viewer)) {
      const next = `Ask its administrator: GRANT ${roles.member} TO "${url.user}" (or ${roles.viewer}, to read only).`;
      throw fault('denied', `${url.user} has no right to the team's store ${url.shown}.`, next);
    }
    const foreign = v.parse(
      v.array(v.object({ name: v.string(), owner: v.string() })),
      (await query(foreignObjects)).rows,
    );
    if (foreign[0] !== undefined) throw notOurs(`${foreign[0].name} belongs to ${foreign[0].owner}`);
    const store = await query(
      `SELECT s.schema, s.team::text AS team, s.digest = ${catalogueDigest} AS same, s.schema_oid = n.oid AND s.owner_oid = n.nspowner AS placed,
         subdeck.server_epoch() AS epoch
       FROM subdeck.store s, pg_catalog.pg_namespace n WHERE n.nspname = 'subdeck'`,
    );
    const [found] = v.parse(v.array(state), store.rows);
    if (found === undefined) throw notOurs('it does not say what it is');
    if (found.schema > known) {
      const message = `The team's store has version ${found.schema} of the schema, and this Subdeck knows version ${known}.`;
      throw fault('denied', message, 'Install the version of Subdeck that the others use.');
    }
    if (found.schema < known) {
      const message = `The team's store has version ${found.schema} of the schema, and this Subdeck needs version ${known}.`;
      throw fault('denied', message, 'Its administrator upgrades it with subdeck team init URL');
    }
    if (!found.same) throw notOurs('it was changed since');
    if (!found.placed) throw notOurs('it was restored, or moved from another server');
    return { schema: found.schema, team: found.team, role: me.member ? 'member' : 'viewer', epoch: found.epoch };
  }, waitFor);
}

/** Why a viewer writes nothing. */
export function viewerReason(user: string): ReadOnlyReason {
  return {
    message: `Your role in the team's store only reads (${roles.viewer}).`,
    next: `To write, ask its administrator: GRANT ${roles.member} TO "${user}"; then start Subdeck again.`,
  };
}

/** Milliseconds that a person waits at most. */
const waitFor = 2_900;

function notOurs(why: string): Error {
  const message = `The schema "subdeck" of the team's store is not as Subdeck made it: ${why}.`;
  return fault('denied', message, 'Its administrator checks it with subdeck team init URL, which says what to do.');
}
