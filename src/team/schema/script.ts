import { catalogueDigest } from './catalogue.ts';
import type { SchemaPart } from './part.ts';
import { schemaParts, schemaVersion } from './parts.ts';
import { rights, roles } from './rights.ts';

/** A version of the schema: how it is created, and how an earlier one becomes this one. */
export interface StoreSchema {
  readonly version: number;
  readonly parts: readonly SchemaPart[];
  /** What leads from the version before to this one; forward only. */
  readonly upgrades: ReadonlyMap<number, string>;
}

/** No version was released before the first. */
export const currentSchema: StoreSchema = { version: schemaVersion, parts: schemaParts, upgrades: new Map() };

/** Creates the roles. For an administrator, where the user of `team init` may not. */
export const createRoles = Object.values(roles)
  .map((role) => `CREATE ROLE ${role} NOLOGIN;`)
  .join('\n');

/** The whole schema, for a database that has none. The roles exist, and the user may act as the owner. */
export function createSchema({ version, parts }: StoreSchema): string {
  return [
    `CREATE SCHEMA subdeck AUTHORIZATION ${roles.owner};`,
    `SET LOCAL ROLE ${roles.owner};`,
    ...parts.map(({ name, sql }) => `-- ${name}\n${sql.trim()}`),
    rights.trim(),
    'INSERT INTO subdeck.store (schema, schema_oid, owner_oid, digest)',
    `SELECT ${version}, n.oid, n.nspowner, ${catalogueDigest}`,
    `FROM pg_catalog.pg_namespace n WHERE n.nspname = 'subdeck';`,
    'RESET ROLE;',
  ].join('\n');
}

/** From the version that a store has to this one. */
export function upgradeSchema({ version, upgrades }: StoreSchema, from: number): string {
  const steps = Array.from({ length: version - from }, (_, index) => upgrades.get(from + index + 1) ?? '');
  return [`SET LOCAL ROLE ${roles.owner};`, ...steps, rights.trim(), recordSchema(version), 'RESET ROLE;'].join('\n');
}

/** Records what the schema consists of now. */
export function recordSchema(version: number): string {
  return [
    `UPDATE subdeck.store SET schema = ${version}, upgraded_at = pg_catalog.clock_timestamp(), digest = ${catalogueDigest},`,
    `  (schema_oid, owner_oid) = (SELECT n.oid, n.nspowner FROM pg_catalog.pg_namespace n WHERE n.nspname = 'subdeck');`,
  ].join('\n');
}

/** Takes from everybody what lets a member put something in the way of the owner's functions: temporary tables. */
export function protectDatabase(database: string): string {
  return `REVOKE TEMPORARY ON DATABASE ${identifier(database)} FROM PUBLIC;`;
}

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** What `--print` shows: all that set-up does in a database without a store. */
export function printedScript(database: string): string {
  return [
    'BEGIN;',
    'SET LOCAL search_path = pg_catalog;',
    createRoles,
    createSchema(currentSchema),
    protectDatabase(database),
    'COMMIT;',
    '',
  ].join('\n');
}
