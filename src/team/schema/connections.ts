import { functionSettings, type SchemaPart } from './part.ts';

/** Which accounts the team works on, with the settings of a connection to each, so that a new member need not look them up. Never a secret. */
export const connections: SchemaPart = {
  name: 'connections',
  sql: `
CREATE TABLE subdeck.connections (
  account_digest bytea PRIMARY KEY,
  account text NOT NULL,
  name text NOT NULL,
  vendor text NOT NULL,
  settings jsonb NOT NULL,
  member text NOT NULL,
  login name NOT NULL DEFAULT session_user,
  published_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  CHECK (pg_catalog.octet_length(account) + pg_catalog.octet_length(name) + pg_catalog.octet_length(settings::text) <= 16384)
);

-- Says of an account, and of what a connection sees of it, how a connection to it is set up. Whoever said it first changes it.
CREATE FUNCTION subdeck.publish_connection(by_member text, of_account text, of_view text, named text, of_vendor text, with_settings jsonb)
RETURNS void LANGUAGE sql ${functionSettings}
AS $$
  INSERT INTO subdeck.connections AS c (account_digest, account, name, vendor, settings, member)
  SELECT pg_catalog.sha256(pg_catalog.convert_to(of_account || E'\\n' || of_view, 'UTF8')), of_account, named, of_vendor, with_settings, m.name
  FROM subdeck.members m
  WHERE m.name = by_member AND m.login = session_user AND m.left_at IS NULL AND (SELECT pg_catalog.count(*) FROM subdeck.connections) < 1000
  ON CONFLICT (account_digest) DO UPDATE
    SET name = EXCLUDED.name, vendor = EXCLUDED.vendor, settings = EXCLUDED.settings, published_at = pg_catalog.clock_timestamp()
    WHERE c.login = session_user AND (c.name, c.vendor, c.settings) IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.vendor, EXCLUDED.settings)
$$;
`,
};
