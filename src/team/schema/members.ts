import { functionSettings, type SchemaPart, withoutStandby } from './part.ts';

/** How long a member's processes count as running after their last sign, by the server's clock. */
const leaseSeconds = 30;

/**
 * Members by name, and a row for each running process of theirs. A name belongs to the login that joined with it first; what a
 * process says of itself (host, user, pid) is its own word, `login`, `backend_start` and `client_addr` are the server's.
 */
export const members: SchemaPart = {
  name: 'members',
  sql: `
CREATE TABLE subdeck.members (
  name text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
  login name NOT NULL,
  joined_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  left_at timestamptz,
  removed_by name
);

-- No index on what a heartbeat changes, and room in each page, so that a heartbeat leaves nothing behind (HOT).
CREATE TABLE subdeck.processes (
  id uuid PRIMARY KEY,
  member text NOT NULL REFERENCES subdeck.members (name),
  login name NOT NULL DEFAULT session_user,
  backend_start timestamptz,
  client_addr inet DEFAULT pg_catalog.inet_client_addr(),
  host text NOT NULL CHECK (pg_catalog.length(host) <= 255),
  os_user text NOT NULL CHECK (pg_catalog.length(os_user) <= 255),
  machine text NOT NULL CHECK (pg_catalog.length(machine) <= 255),
  pid_namespace text CHECK (pg_catalog.length(pid_namespace) <= 255),
  pid integer NOT NULL,
  started text CHECK (pg_catalog.length(started) <= 255),
  version text NOT NULL CHECK (pg_catalog.length(version) <= 64),
  schema integer NOT NULL,
  since timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  seen_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  lease_until timestamptz NOT NULL
) WITH (fillfactor = 50);
CREATE INDEX processes_by_member ON subdeck.processes (member);

-- Takes a name for this login; false: another login has it.
CREATE FUNCTION subdeck.join_member(wanted text) RETURNS boolean LANGUAGE sql ${functionSettings}
AS $$
  INSERT INTO subdeck.members AS m (name, login) VALUES (wanted, session_user)
  ON CONFLICT (name) DO UPDATE SET left_at = NULL, removed_by = NULL, login = EXCLUDED.login
    WHERE m.login = session_user OR m.removed_by IS NOT NULL
  RETURNING true
$$;

-- A process begins. No row: its name is not this login's, or the store has another version of the schema.
CREATE FUNCTION subdeck.begin_process(
  process uuid, named text, on_host text, by_user text, on_machine text, in_namespace text, with_pid integer, started_at text,
  program text, knows_schema integer
) RETURNS boolean LANGUAGE sql ${functionSettings}
AS $$
  SELECT ${withoutStandby}
  INSERT INTO subdeck.processes (
    id, member, backend_start, host, os_user, machine, pid_namespace, pid, started, version, schema, lease_until
  )
  SELECT process, m.name, (SELECT a.backend_start FROM pg_catalog.pg_stat_activity a WHERE a.pid = pg_catalog.pg_backend_pid()),
    on_host, by_user, on_machine, in_namespace, with_pid, started_at, program, knows_schema,
    pg_catalog.clock_timestamp() + interval '${leaseSeconds} seconds'
  FROM subdeck.members m, subdeck.store s
  WHERE m.name = named AND m.login = session_user AND m.left_at IS NULL AND s.schema = knows_schema
  ON CONFLICT (id) DO UPDATE SET lease_until = EXCLUDED.lease_until, seen_at = pg_catalog.clock_timestamp()
    WHERE processes.login = session_user
  RETURNING true
$$;

-- A process gives a sign, and gets a new lease. No row: it is not known, its member has left, or the schema was upgraded since.
CREATE FUNCTION subdeck.heartbeat(process uuid)
RETURNS TABLE (lease_ms double precision, server_ms double precision, epoch text, schema integer) LANGUAGE sql ${functionSettings}
AS $$
  SELECT ${withoutStandby}
  UPDATE subdeck.processes p
  SET seen_at = pg_catalog.clock_timestamp(), lease_until = pg_catalog.clock_timestamp() + interval '${leaseSeconds} seconds'
  FROM subdeck.members m, subdeck.store s
  WHERE p.id = process AND p.login = session_user AND m.name = p.member AND m.left_at IS NULL AND s.schema = p.schema
  RETURNING ${leaseSeconds * 1000}::double precision,
    pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()) * 1000, subdeck.server_epoch(), s.schema
$$;

-- A process ends in order: its lease is over.
CREATE FUNCTION subdeck.end_process(process uuid) RETURNS void LANGUAGE sql ${functionSettings}
AS $$
  SELECT ${withoutStandby}
  UPDATE subdeck.processes SET lease_until = pg_catalog.clock_timestamp(), seen_at = pg_catalog.clock_timestamp()
  WHERE id = process AND login = session_user
$$;

-- A member leaves: its name stays its login's, its processes end. How many of its writes are open: then it stays.
CREATE FUNCTION subdeck.leave_member(named text) RETURNS integer LANGUAGE plpgsql ${functionSettings}
AS $$
DECLARE open integer;
BEGIN
  PERFORM FROM subdeck.members m WHERE m.name = named AND m.login = session_user AND m.left_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN RETURN 0; END IF;
  SELECT pg_catalog.count(*) INTO open FROM subdeck.entries e
  WHERE e.member = named AND e.state NOT IN ('done', 'refused', 'settled-applied', 'settled-not-applied');
  IF open > 0 THEN RETURN open; END IF;
  UPDATE subdeck.processes p SET lease_until = pg_catalog.clock_timestamp()
  WHERE p.member = named AND p.login = session_user AND p.lease_until > pg_catalog.clock_timestamp();
  UPDATE subdeck.members m SET left_at = pg_catalog.clock_timestamp() WHERE m.name = named;
  RETURN 0;
END
$$;

-- Declares a member gone for good whose processes gave no sign for longer than a lease; its name is free for another login.
-- One of: removed, unknown, running.
CREATE FUNCTION subdeck.remove_member(named text) RETURNS text LANGUAGE sql ${functionSettings}
AS $$
  WITH removed AS (
    UPDATE subdeck.members m SET left_at = COALESCE(m.left_at, pg_catalog.clock_timestamp()), removed_by = session_user
    WHERE m.name = named AND NOT EXISTS (
      SELECT FROM subdeck.processes p WHERE p.member = m.name AND p.lease_until > pg_catalog.clock_timestamp()
    )
    RETURNING true
  )
  SELECT CASE
    WHEN EXISTS (SELECT FROM removed) THEN 'removed'
    WHEN EXISTS (SELECT FROM subdeck.members m WHERE m.name = named) THEN 'running'
    ELSE 'unknown' END
$$;
`,
};
