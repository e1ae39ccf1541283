import { functionSettings, type SchemaPart } from './part.ts';

/** What the store says of itself, and which server this is. */
export const store: SchemaPart = {
  name: 'store',
  sql: `
CREATE TABLE subdeck.store (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  team uuid NOT NULL DEFAULT pg_catalog.gen_random_uuid(),
  schema integer NOT NULL,
  -- What set-up made, so that something else in its place is noticed.
  schema_oid oid NOT NULL,
  owner_oid oid NOT NULL,
  digest text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  upgraded_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp()
);

-- Which server answers, and which line of its history: it changes at a failover and after a restored backup. NULL on a standby.
CREATE FUNCTION subdeck.server_epoch() RETURNS text LANGUAGE sql STABLE ${functionSettings}
AS $$
  SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN NULL
    ELSE (SELECT s.system_identifier FROM pg_catalog.pg_control_system() s)::text || '/' ||
      pg_catalog.substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_insert_lsn()), 1, 8) END
$$;
`,
};
