import * as v from 'valibot';
import { fault } from '../model/fault.ts';
import type { Database } from '../postgres/database.ts';
import { checkStore, type StoreFacts } from './check-store.ts';

/** A connection as a team shares it: an account, and how it is reached; never a secret. */
export interface SharedConnection {
  readonly name: string;
  readonly vendor: string;
  readonly account: string;
  readonly view: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** A connection that another member shares. Its text is input: it was checked for its shape alone. */
export type OfferedConnection = Omit<SharedConnection, 'view'> & { readonly member: string };

export interface JoinedStore extends StoreFacts {
  readonly offered: readonly OfferedConnection[];
}

/**
 * Makes this login the member `as`, shares its connections, and gives the team's. A viewer only looks. Throws `denied` where the name is
 * another login's.
 */
export async function joinStore(
  database: Database,
  as: string,
  own: readonly SharedConnection[],
): Promise<JoinedStore> {
  const facts = await checkStore(database);
  if (facts.role === 'member') {
    if (facts.epoch === null) throw standby(database);
    const { rows } = await database.query('SELECT subdeck.join_member($1) AS joined', [as]);
    const [row] = v.parse(v.array(v.object({ joined: v.nullable(v.boolean()) })), rows);
    if (row?.joined !== true) throw taken(as);
    await publishConnections(database, as, own);
  }
  return { ...facts, offered: await offeredConnections(database) };
}

/** Shares connections with the team: vendor, account and settings. */
async function publishConnections(database: Database, as: string, own: readonly SharedConnection[]): Promise<void> {
  for (const { account, view, name, vendor, settings } of own) {
    const values = [as, account, view, name, vendor, JSON.stringify(settings)];
    await database.query('SELECT subdeck.publish_connection($1, $2, $3, $4, $5, $6)', values);
  }
}

const offer = v.object({
  name: v.string(),
  vendor: v.string(),
  account: v.string(),
  member: v.string(),
  settings: v.record(v.string(), v.string()),
});

/** What the team shares; a row of another shape is left out. */
async function offeredConnections(database: Database): Promise<readonly OfferedConnection[]> {
  const { rows } = await database.query(
    'SELECT name, vendor, account, member, settings FROM subdeck.connections ORDER BY vendor, name, account_digest LIMIT 1000',
  );
  return rows.flatMap((row) => {
    const parsed = v.safeParse(offer, row);
    return parsed.success ? [parsed.output] : [];
  });
}

function taken(as: string): Error {
  return fault('denied', `Another login of the team's store has the name ${as}.`, 'Choose another one with --as NAME.');
}

function standby({ url }: Database): Error {
  const message = `The team's store ${url.shown} is read-only: it is a standby.`;
  return fault('unreachable', message, 'Let the address lead to the primary server.');
}
