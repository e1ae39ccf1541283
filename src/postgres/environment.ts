import { fault } from '../model/fault.ts';

/** Variables with this beginning that do not change a connection, or are read here. */
const harmless: readonly string[] = ['PGPASSFILE', 'PGDATA', 'PGCLUSTER'];

/**
 * Throws `usage` while a variable is set that libpq or node-postgres would take for a part of the connection, such as
 * `PGOPTIONS` with another search path: the URL says everything.
 */
export function refuseVariables(env: Readonly<Record<string, string | undefined>>): void {
  const isForeign = (name: string) => /^PG[A-Z]+$/.test(name) && !harmless.includes(name);
  const set = Object.keys(env)
    .filter((name) => (isForeign(name) || name === 'NODE_PG_FORCE_NATIVE') && env[name])
    .sort();
  if (set.length === 0) return;
  const names = set.join(' and ');
  const message = `${names} ${set.length === 1 ? 'is' : 'are'} set, and would change how the team's store is reached.`;
  throw fault(
    'usage',
    message,
    `Unset ${set.length === 1 ? 'it' : 'them'}: the URL says everything. Nothing was sent.`,
  );
}
