import * as v from 'valibot';
import { fault } from '../model/fault.ts';
import type { Database, Query } from '../postgres/database.ts';
import { journalStanding, type ServerWait } from './journal-standing.ts';
import { catalogueDigest, foreignObjects } from './schema/catalogue.ts';
import { roles } from './schema/rights.ts';
import {
  createRoles,
  createSchema,
  currentSchema,
  identifier,
  protectDatabase,
  recordSchema,
  type StoreSchema,
  upgradeSchema,
} from './schema/script.ts';

/** What set-up did. */
export interface StoreInit {
  readonly what: 'created' | 'upgraded' | 'unchanged';
  readonly schema: number;
  /** Statements that were run for roles and rights. */
  readonly made: readonly string[];
  /** Statements that somebody with more rights has to run. */
  readonly byHand: readonly string[];
  /** Members that were cut off, by name. */
  readonly cutOff: readonly string[];
  /**
   * Whether this is the server that the journal was written on, without a failover or a restored backup since. On an `other` one writes
   * are refused; `accepted`: from now on they are not.
   */
  readonly server: 'same' | 'other' | 'accepted';
  /** Why writes cannot be opened yet on an `other` one; null: they can. */
  readonly waits: ServerWait | null;
}

interface InitOptions {
  /** Cuts members off that are connected with an older schema, or that did not hand in what another server may have lost. */
  readonly force: boolean;
  /** Opens writes on a server that the journal was not written on: what that one lacks was looked into. */
  readonly acceptServer: boolean;
  readonly schema?: StoreSchema;
}

const who = v.object({
  user: v.string(),
  superuser: v.boolean(),
  createrole: v.boolean(),
  creates: v.boolean(),
  owns_database: v.boolean(),
  recovery: v.boolean(),
  version: v.number(),
});
const role = v.object({ name: v.string(), unsafe: v.boolean() });
const named = v.object({ name: v.string() });

/**
 * Creates the schema `subdeck`, or brings it to this program's version, in one transaction. Refuses what it did not make: a schema or an
 * object of another owner, an object that was changed by hand, a role that may do more than it should.
 */
export async function initStore(
  database: Database,
  { force, acceptServer, schema = currentSchema }: InitOptions,
): Promise<StoreInit> {
  return database.transaction(async (query) => {
    await query('SET LOCAL search_path = pg_catalog');
    await query("SET LOCAL lock_timeout = '5s'");
    const me = await one(query, who, whoAmI);
    if (me.version < 150_000) {
      throw fault(
        'denied',
        `The team's server is PostgreSQL ${Math.floor(me.version / 10_000)}.`,
        'Subdeck needs PostgreSQL 15 or later.',
      );
    }
    const made: string[] = [];
    const byHand: string[] = [];
    const lacking = await demandSafeRoles(query, me.user);
    if (lacking.length > 0) {
      if (!me.superuser && !me.createrole) throw mayNotCreateRoles(me.user);
      for (const statement of createRoles
        .split('\n')
        .filter((each) => lacking.some((name) => each.includes(` ${name} `)))) {
        await query(statement);
        made.push(statement);
      }
    }
    if (!me.creates) {
      const next = `Let its owner run: GRANT CREATE ON DATABASE ${identifier(database.url.database)} TO ${identifier(me.user)};`;
      throw fault('denied', `${me.user} may not create a schema in the database ${database.url.database}.`, next);
    }
    const release = await actAsOwner(query, me);
    const installed = await installedSchema(query);
    const result = await bring(query, schema, installed, force);
    const server = await sameServer(query, { acceptServer, force });
    await release();
    const protect = protectDatabase(database.url.database);
    if (await publicMayCreateTemporary(query)) {
      const mayProtect = me.superuser || me.owns_database;
      if (mayProtect) await query(protect);
      (mayProtect ? made : byHand).push(protect);
    }
    for (const statement of await boundLogins(query, database.url.database)) {
      if (me.superuser || me.createrole) await query(statement);
      (me.superuser || me.createrole ? made : byHand).push(statement);
    }
    byHand.push(...(await unlimitedLogins(query)));
    const cutOff = [...result.cutOff, ...server.cutOff];
    return { ...result, ...server, cutOff, schema: schema.version, made, byHand };
  });
}

const whoAmI = `
SELECT current_user::text AS "user", r.rolsuper AS superuser, r.rolcreaterole AS createrole,
  pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE') AS creates,
  pg_catalog.pg_has_role(d.datdba, 'USAGE') AS owns_database, pg_catalog.pg_is_in_recovery() AS recovery,
  pg_catalog.current_setting('server_version_num')::int AS version
FROM pg_catalog.pg_roles r, pg_catalog.pg_database d
WHERE r.rolname = current_user AND d.datname = pg_catalog.current_database()`;

/** Throws `denied` where a role is there that may do more than it should. The names of those that are not there. */
async function demandSafeRoles(query: Query, user: string): Promise<readonly string[]> {
  const wanted = Object.values(roles);
  const { rows } = await query(
    `SELECT rolname::text AS name, (rolcanlogin OR rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls) AS unsafe
     FROM pg_catalog.pg_roles WHERE rolname = ANY ($1)`,
    [wanted],
  );
  const there = v.parse(v.array(role), rows);
  const unsafe = there.find((each) => each.unsafe);
  if (unsafe !== undefined) {
    const message = `There is a role ${unsafe.name} that may sign in, or do more than hold rights.`;
    throw fault(
      'refused',
      message,
      `Find out who made it; drop it, or run ALTER ROLE ${unsafe.name} NOLOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS. Nothing was changed.`,
    );
  }
  const owners = await query(
    `SELECT m.rolname::text AS name FROM pg_catalog.pg_auth_members a
     JOIN pg_catalog.pg_roles r ON r.oid = a.roleid JOIN pg_catalog.pg_roles m ON m.oid = a.member
     WHERE r.rolname = $1 AND NOT m.rolsuper AND NOT m.rolcreaterole AND m.rolname <> $2`,
    [roles.owner, user],
  );
  const [other] = v.parse(v.array(named), owners.rows);
  if (other !== undefined) {
    const message = `${other.name} may act as ${roles.owner}, and so change what the store consists of.`;
    throw fault('refused', message, `Run REVOKE ${roles.owner} FROM ${identifier(other.name)}. Nothing was changed.`);
  }
  return wanted.filter((name) => !there.some((each) => each.name === name));
}

function mayNotCreateRoles(user: string): Error {
  const statements = `${createRoles.replaceAll('\n', ' ')} GRANT ${roles.owner} TO ${identifier(user)};`;
  return fault('denied', `${user} may not create the roles of the store.`, `Let an administrator run: ${statements}`);
}

/** A user who is no superuser becomes a member of the owner for as long as that is needed. */
async function actAsOwner(query: Query, me: v.InferOutput<typeof who>): Promise<() => Promise<void>> {
  if (me.superuser) return async () => undefined;
  const { rows } = await query(`SELECT pg_catalog.pg_has_role($1, 'MEMBER') AS member`, [roles.owner]);
  if (v.parse(v.array(v.object({ member: v.boolean() })), rows)[0]?.member) return async () => undefined;
  await query(`GRANT ${roles.owner} TO CURRENT_USER`);
  return async () => void (await query(`REVOKE ${roles.owner} FROM CURRENT_USER`));
}

/** What is there: the version, and whether it is as it was recorded. Throws `refused` where somebody else made it, or a part of it. */
async function installedSchema(
  query: Query,
): Promise<{ readonly version: number; readonly isRecorded: boolean } | null> {
  const { rows } = await query(
    `SELECT pg_catalog.pg_get_userbyid(nspowner)::text AS owner FROM pg_catalog.pg_namespace WHERE nspname = 'subdeck'`,
  );
  const [there] = v.parse(v.array(v.object({ owner: v.string() })), rows);
  if (there === undefined) return null;
  await demandOwnObjects(query, there.owner);
  const state = await one(
    query,
    v.object({ schema: v.number(), same: v.boolean(), placed: v.boolean() }),
    `SELECT s.schema, s.digest = ${catalogueDigest} AS same, s.schema_oid = n.oid AND s.owner_oid = n.nspowner AS placed
     FROM subdeck.store s, pg_catalog.pg_namespace n WHERE n.nspname = 'subdeck'`,
  );
  if (!state.same) {
    const message = 'The schema "subdeck" is not as Subdeck made it: something was added, changed or granted by hand.';
    throw fault(
      'refused',
      message,
      'Compare it with subdeck team init URL --print, and take the change back. Nothing was changed.',
    );
  }
  return { version: state.schema, isRecorded: state.placed };
}

async function demandOwnObjects(query: Query, owner: string): Promise<void> {
  const next = 'Find out who made it, and drop it or use another database. Nothing was changed.';
  if (owner !== roles.owner) {
    throw fault('refused', `There is a schema "subdeck" of ${owner}, which Subdeck did not make.`, next);
  }
  const { rows } = await query(foreignObjects);
  const [foreign] = v.parse(v.array(v.object({ kind: v.string(), name: v.string(), owner: v.string() })), rows);
  if (foreign === undefined) return;
  throw fault(
    'refused',
    `In the schema "subdeck" there is a ${foreign.kind.split(' ')[0]} ${foreign.name} of ${foreign.owner}.`,
    next,
  );
}

async function bring(
  query: Query,
  schema: StoreSchema,
  installed: { readonly version: number; readonly isRecorded: boolean } | null,
  force: boolean,
): Promise<Pick<StoreInit, 'cutOff' | 'what'>> {
  if (installed === null) {
    await query(createSchema(schema));
    return { what: 'created', cutOff: [] };
  }
  if (installed.version > schema.version) throw newerSchema(installed.version, schema.version);
  if (installed.version === schema.version) {
    // Restored from a backup, or moved to another server.
    if (!installed.isRecorded)
      await query(`SET LOCAL ROLE ${roles.owner}; ${recordSchema(schema.version)} RESET ROLE;`);
    return { what: 'unchanged', cutOff: [] };
  }
  const cutOff = await demandNobodyOlder(query, schema.version, force);
  await query(upgradeSchema(schema, installed.version));
  return { what: 'upgraded', cutOff };
}

/**
 * Whether the journal was written on this server. It can be accepted once everybody who worked lately handed in what this one may lack, and after
 * what was under way has come to its end; `force`: a person answers for those who did not.
 */
async function sameServer(
  query: Query,
  { acceptServer, force }: Pick<InitOptions, 'acceptServer' | 'force'>,
): Promise<Pick<StoreInit, 'server' | 'waits' | 'cutOff'>> {
  const standing = await journalStanding(query);
  if (standing === null) return { server: 'same', waits: null, cutOff: [] };
  await query('SELECT subdeck.internal_notice()');
  const { seconds, members } = standing;
  const waits = seconds > 0 || members.length > 0 ? standing : null;
  if (!acceptServer || (waits !== null && !force)) return { server: 'other', waits, cutOff: [] };
  await query('SELECT subdeck.internal_accept_server()');
  return { server: 'accepted', waits: null, cutOff: members };
}

/** Members whose lease runs, with a program that knows an older schema. Throws `refused`, naming them, unless they may be cut off. */
async function demandNobodyOlder(query: Query, version: number, force: boolean): Promise<readonly string[]> {
  await query('LOCK TABLE subdeck.processes IN SHARE ROW EXCLUSIVE MODE');
  const { rows } = await query(
    `SELECT DISTINCT member || ' (' || os_user || '@' || host || ', ' || version || ')' AS name FROM subdeck.processes
     WHERE lease_until > pg_catalog.clock_timestamp() AND schema < $1 ORDER BY 1`,
    [version],
  );
  const older = v.parse(v.array(named), rows).map(({ name }) => name);
  if (older.length > 0 && !force) {
    const message = `Members are connected with an older Subdeck: ${older.join('; ')}.`;
    throw fault(
      'refused',
      message,
      'Let them close it, or cut them off with --force: what they are sending becomes unknown. Nothing was changed.',
    );
  }
  await query(
    'UPDATE subdeck.processes SET lease_until = pg_catalog.clock_timestamp() WHERE lease_until > pg_catalog.clock_timestamp() AND schema < $1',
    [version],
  );
  return older;
}

function newerSchema(found: number, known: number): Error {
  const message = `The team's store has version ${found} of the schema, and this Subdeck knows version ${known}.`;
  return fault('denied', message, 'Install the version of Subdeck that the others use.');
}

/** Logins of members and viewers that may sign in to this database. */
const logins = `
SELECT r.oid, r.rolname::text AS name, r.rolconnlimit FROM pg_catalog.pg_roles r
WHERE r.rolcanlogin AND NOT r.rolsuper
  AND (pg_catalog.pg_has_role(r.oid, '${roles.member}', 'MEMBER') OR pg_catalog.pg_has_role(r.oid, '${roles.viewer}', 'MEMBER'))`;

/** Statements that bound what a session of these logins may hold up here, whatever program opens it. */
async function boundLogins(query: Query, database: string): Promise<readonly string[]> {
  const { rows } = await query(`SELECT l.name FROM (${logins}) l WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_db_role_setting s, pg_catalog.pg_database d
    WHERE s.setrole = l.oid AND s.setdatabase = d.oid AND d.datname = pg_catalog.current_database() AND '${bounds[0].join('=')}' = ANY (s.setconfig)
  ) ORDER BY l.name LIMIT 100`);
  return v.parse(v.array(named), rows).flatMap(({ name }) => {
    const role = `ALTER ROLE ${identifier(name)} IN DATABASE ${identifier(database)}`;
    return bounds.map(([setting, value]) => `${role} SET ${setting} = '${value}';`);
  });
}

const bounds = [
  ['statement_timeout', '10s'],
  ['lock_timeout', '2s'],
  ['idle_in_transaction_session_timeout', '1min'],
] as const;

/** Logins that could take every connection of the server, as statements that bound them. */
async function unlimitedLogins(query: Query): Promise<readonly string[]> {
  const { rows } = await query(`SELECT l.name FROM (${logins}) l WHERE l.rolconnlimit < 0 ORDER BY l.name LIMIT 100`);
  return v.parse(v.array(named), rows).map(({ name }) => `ALTER ROLE ${identifier(name)} CONNECTION LIMIT 20;`);
}

async function publicMayCreateTemporary(query: Query): Promise<boolean> {
  const { rows } = await query(
    `SELECT EXISTS (
       SELECT FROM pg_catalog.pg_database d, pg_catalog.aclexplode(COALESCE(d.datacl, pg_catalog.acldefault('d', d.datdba))) a
       WHERE d.datname = pg_catalog.current_database() AND a.grantee = 0 AND a.privilege_type = 'TEMPORARY'
     ) AS may`,
  );
  return v.parse(v.array(v.object({ may: v.boolean() })), rows)[0]?.may ?? true;
}

async function one<Row extends v.GenericSchema>(query: Query, shape: Row, text: string): Promise<v.InferOutput<Row>> {
  const { rows } = await query(text);
  const [row] = v.parse(v.array(shape), rows);
  if (row === undefined)
    throw fault(
      'refused',
      'The schema "subdeck" has no row that says what it is.',
      'Drop it, or use another database. Nothing was changed.',
    );
  return row;
}
