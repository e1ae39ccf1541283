import { functionSettings, type SchemaPart, withoutStandby } from './part.ts';

/** How long a member may read an account alone without a sign, in seconds; a sign is due every third of it. */
export const syncLeaseSeconds = 30;
/** What is gone is remembered for so long: who was away longer copies anew. */
const tombstoneDays = 30;

/**
 * What members read of an account through one view: the newest state of each row and node under a number that grows with each change. The
 * numbers of one account are given under a lock that is held to the commit, so their order is that of the commits: a transaction that
 * somebody else leaves open holds nobody up. Ids and bodies are bytes, since what a vendor calls an id need not be a text of PostgreSQL's.
 */
export const pages: SchemaPart = {
  name: 'pages',
  sql: `
CREATE TABLE subdeck.scopes (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account text NOT NULL CHECK (pg_catalog.octet_length(account) <= 2000),
  view_digest bytea NOT NULL CHECK (pg_catalog.octet_length(view_digest) = 32),
  -- A store that was emptied or restored counts anew.
  generation uuid NOT NULL DEFAULT pg_catalog.gen_random_uuid(),
  last bigint NOT NULL DEFAULT 0,
  -- What was gone up to this number is forgotten.
  forgotten bigint NOT NULL DEFAULT 0,
  UNIQUE (account, view_digest)
) WITH (fillfactor = 50);

CREATE TABLE subdeck.sync_leases (
  scope integer NOT NULL REFERENCES subdeck.scopes (id),
  -- Empty: the whole account.
  branch text NOT NULL CHECK (pg_catalog.octet_length(branch) <= 500),
  holder uuid,
  until timestamptz,
  began_at timestamptz,
  -- The last run that came to its end; \`read_at\`: when the last one that lacks nothing began.
  ended_at timestamptz,
  complete boolean NOT NULL DEFAULT false,
  read_at timestamptz,
  ended_by uuid,
  PRIMARY KEY (scope, branch)
) WITH (fillfactor = 50);

CREATE TABLE subdeck.published (
  scope integer NOT NULL REFERENCES subdeck.scopes (id),
  kind text NOT NULL CHECK (kind IN ('row', 'node')),
  key bytea NOT NULL CHECK (pg_catalog.octet_length(key) = 32),
  number bigint NOT NULL,
  id bytea NOT NULL CHECK (pg_catalog.octet_length(id) <= 65536),
  -- NULL: it is gone.
  body bytea CHECK (pg_catalog.octet_length(body) <= 2097152),
  digest bytea,
  -- A digest of what tells a subscription from others whatever the account is called; NULL: a node.
  likeness bytea,
  missing_since timestamptz,
  read_at timestamptz NOT NULL,
  process uuid NOT NULL,
  member text NOT NULL,
  PRIMARY KEY (scope, kind, key)
);
CREATE INDEX published_by_number ON subdeck.published (scope, number);
CREATE INDEX published_by_likeness ON subdeck.published (likeness) WHERE likeness IS NOT NULL;
CREATE INDEX published_tombstones ON subdeck.published (scope, read_at) WHERE body IS NULL;

-- Asks to read an account, or a branch of it, alone. \`what\`: taken, held (another member reads it), fresh (it was read within \`fresh_ms\`). No row:
-- no member.
CREATE FUNCTION subdeck.take_sync(asking uuid, of_account text, of_view bytea, of_branch text, fresh_ms double precision, anyway boolean)
RETURNS TABLE (scope integer, what text, holder text, ends_in_ms double precision) LANGUAGE plpgsql ${functionSettings}
AS $$
DECLARE
  present timestamptz := pg_catalog.clock_timestamp();
  fresh_since timestamptz := present - GREATEST(fresh_ms, 0) * interval '1 millisecond';
  found_scope integer;
  lease subdeck.sync_leases;
BEGIN
  PERFORM ${withoutStandby}
  IF subdeck.internal_member(asking) IS NULL THEN RETURN; END IF;
  PERFORM pg_catalog.set_config('lock_timeout', '2s', true);
  SELECT s.id INTO found_scope FROM subdeck.scopes s WHERE s.account = of_account AND s.view_digest = of_view;
  IF NOT FOUND THEN
    INSERT INTO subdeck.scopes (account, view_digest) VALUES (of_account, of_view) ON CONFLICT DO NOTHING;
    SELECT s.id INTO found_scope FROM subdeck.scopes s WHERE s.account = of_account AND s.view_digest = of_view;
  END IF;
  IF NOT anyway AND EXISTS (
    SELECT FROM subdeck.sync_leases l
    WHERE l.scope = found_scope AND l.branch IN ('', of_branch) AND l.ended_at > fresh_since AND (l.until IS NULL OR l.until <= present)
  ) THEN
    RETURN QUERY SELECT found_scope, 'fresh'::text, NULL::text, 0::double precision;
    RETURN;
  END IF;
  INSERT INTO subdeck.sync_leases AS l (scope, branch, holder, until, began_at)
  VALUES (found_scope, of_branch, asking, present + interval '${syncLeaseSeconds} seconds', present)
  ON CONFLICT ON CONSTRAINT sync_leases_pkey DO UPDATE SET holder = asking, until = EXCLUDED.until, began_at = present
    WHERE l.holder IS NULL OR l.until <= present
  RETURNING l.* INTO lease;
  IF FOUND THEN
    RETURN QUERY SELECT found_scope, 'taken'::text, NULL::text, ${syncLeaseSeconds * 1000}::double precision;
    RETURN;
  END IF;
  RETURN QUERY
    SELECT found_scope, 'held'::text, p.member, pg_catalog.date_part('epoch', l.until - present) * 1000
    FROM subdeck.sync_leases l LEFT JOIN subdeck.processes p ON p.id = l.holder
    WHERE l.scope = found_scope AND l.branch = of_branch;
END
$$;

-- A sign of the member that reads. false: it was too late, and another one may read.
CREATE FUNCTION subdeck.keep_sync(asking uuid, of_scope integer, of_branch text) RETURNS boolean LANGUAGE sql ${functionSettings}
AS $$
  SELECT ${withoutStandby}
  WITH kept AS (
    UPDATE subdeck.sync_leases l SET until = pg_catalog.clock_timestamp() + interval '${syncLeaseSeconds} seconds'
    WHERE l.scope = of_scope AND l.branch = of_branch AND l.holder = asking AND l.until > pg_catalog.clock_timestamp()
      AND subdeck.internal_member(asking) IS NOT NULL
    RETURNING true
  )
  SELECT EXISTS (SELECT FROM kept)
$$;

-- The member that reads has ended. \`ended\`: the vendor came to its end; \`lacks_nothing\`: with everything. false: another one reads by now.
CREATE FUNCTION subdeck.end_sync(asking uuid, of_scope integer, of_branch text, ended boolean, lacks_nothing boolean) RETURNS boolean
LANGUAGE plpgsql ${functionSettings}
AS $$
DECLARE
  present timestamptz := pg_catalog.clock_timestamp();
  until_number bigint;
BEGIN
  PERFORM ${withoutStandby}
  IF subdeck.internal_member(asking) IS NULL THEN RETURN false; END IF;
  UPDATE subdeck.sync_leases l SET holder = NULL, until = NULL,
    ended_at = CASE WHEN ended THEN present ELSE l.ended_at END,
    complete = CASE WHEN ended THEN lacks_nothing ELSE l.complete END,
    ended_by = CASE WHEN ended THEN asking ELSE l.ended_by END,
    read_at = CASE WHEN ended AND lacks_nothing THEN l.began_at ELSE l.read_at END
  WHERE l.scope = of_scope AND l.branch = of_branch AND l.holder = asking;
  IF NOT FOUND THEN RETURN false; END IF;
  IF ended AND of_branch = '' THEN
    WITH dropped AS (
      DELETE FROM subdeck.published p
      WHERE p.scope = of_scope AND p.body IS NULL AND p.read_at < present - interval '${tombstoneDays} days'
      RETURNING p.number
    )
    SELECT pg_catalog.max(d.number) INTO until_number FROM dropped d;
    UPDATE subdeck.scopes s SET forgotten = GREATEST(s.forgotten, until_number) WHERE s.id = of_scope AND until_number IS NOT NULL;
  END IF;
  RETURN true;
END
$$;

-- Publishes what was read so many milliseconds ago; a NULL body: it is gone. Nothing changes where it is known, or was read later. The number of
-- the last change; NULL: no member, or no such scope.
CREATE FUNCTION subdeck.publish(
  asking uuid, of_scope integer, kinds text[], ids bytea[], bodies bytea[], missing boolean[], ages_ms double precision[], likenesses text[]
) RETURNS bigint LANGUAGE plpgsql ${functionSettings}
AS $$
DECLARE
  by_member text := subdeck.internal_member(asking);
  present timestamptz := pg_catalog.clock_timestamp();
  base bigint;
BEGIN
  PERFORM ${withoutStandby}
  IF by_member IS NULL THEN RETURN NULL; END IF;
  PERFORM pg_catalog.set_config('lock_timeout', '2s', true);
  -- Held to the commit, which follows at once: the next one numbers behind it.
  SELECT s.last INTO base FROM subdeck.scopes s WHERE s.id = of_scope FOR UPDATE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  INSERT INTO subdeck.published AS p (scope, kind, key, number, id, body, digest, likeness, missing_since, read_at, process, member)
  SELECT of_scope, g.kind, pg_catalog.sha256(g.id), base + pg_catalog.row_number() OVER (ORDER BY g.nth), g.id, g.body,
    pg_catalog.sha256(g.body), pg_catalog.sha256(pg_catalog.convert_to(g.likeness, 'UTF8')), CASE WHEN g.missing THEN present END,
    present - LEAST(GREATEST(g.age, 0), 86400000) * interval '1 millisecond', asking, by_member
  FROM (
    SELECT DISTINCT ON (u.kind, u.id) u.* FROM ROWS FROM (
      pg_catalog.unnest(kinds), pg_catalog.unnest(ids), pg_catalog.unnest(bodies), pg_catalog.unnest(missing), pg_catalog.unnest(ages_ms),
      pg_catalog.unnest(likenesses)
    ) WITH ORDINALITY AS u (kind, id, body, missing, age, likeness, nth)
    ORDER BY u.kind, u.id, u.nth DESC
  ) g
  ON CONFLICT ON CONSTRAINT published_pkey DO UPDATE SET number = EXCLUDED.number, body = EXCLUDED.body, digest = EXCLUDED.digest,
    likeness = EXCLUDED.likeness,
    missing_since = CASE WHEN EXCLUDED.missing_since IS NULL THEN NULL ELSE COALESCE(p.missing_since, EXCLUDED.missing_since) END,
    read_at = EXCLUDED.read_at, process = EXCLUDED.process, member = EXCLUDED.member
  WHERE p.read_at <= EXCLUDED.read_at
    AND (p.digest IS DISTINCT FROM EXCLUDED.digest OR (p.missing_since IS NULL) <> (EXCLUDED.missing_since IS NULL));
  UPDATE subdeck.scopes s SET last = base + pg_catalog.cardinality(ids) WHERE s.id = of_scope;
  RETURN base + pg_catalog.cardinality(ids);
END
$$;

-- A row that is published already and that a sync does not see any more.
CREATE FUNCTION subdeck.publish_missing(asking uuid, of_scope integer, ids bytea[]) RETURNS bigint LANGUAGE plpgsql ${functionSettings}
AS $$
DECLARE
  by_member text := subdeck.internal_member(asking);
  base bigint;
BEGIN
  PERFORM ${withoutStandby}
  IF by_member IS NULL THEN RETURN NULL; END IF;
  PERFORM pg_catalog.set_config('lock_timeout', '2s', true);
  SELECT s.last INTO base FROM subdeck.scopes s WHERE s.id = of_scope FOR UPDATE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  UPDATE subdeck.published p SET number = base + g.nth, missing_since = pg_catalog.clock_timestamp(), process = asking, member = by_member
  FROM pg_catalog.unnest(ids) WITH ORDINALITY AS g (id, nth)
  WHERE p.scope = of_scope AND p.kind = 'row' AND p.key = pg_catalog.sha256(g.id) AND p.body IS NOT NULL AND p.missing_since IS NULL;
  UPDATE subdeck.scopes s SET last = base + pg_catalog.cardinality(ids) WHERE s.id = of_scope;
  RETURN base + pg_catalog.cardinality(ids);
END
$$;

-- A whole account was read: nodes that are not among these are not listed any more.
CREATE FUNCTION subdeck.retire_nodes(asking uuid, of_scope integer, listed bytea[]) RETURNS bigint LANGUAGE plpgsql ${functionSettings}
AS $$
DECLARE
  by_member text := subdeck.internal_member(asking);
  base bigint;
  retired bigint;
BEGIN
  PERFORM ${withoutStandby}
  IF by_member IS NULL THEN RETURN NULL; END IF;
  PERFORM pg_catalog.set_config('lock_timeout', '2s', true);
  SELECT s.last INTO base FROM subdeck.scopes s WHERE s.id = of_scope FOR UPDATE;
  IF NOT FOUND THEN RETURN NULL; END IF;
  WITH old AS (
    SELECT p.key, pg_catalog.row_number() OVER (ORDER BY p.key) AS nth FROM subdeck.published p
    WHERE p.scope = of_scope AND p.kind = 'node' AND p.body IS NOT NULL AND p.id <> ALL (listed)
  ), changed AS (
    UPDATE subdeck.published p SET number = base + old.nth, body = NULL, digest = NULL, read_at = pg_catalog.clock_timestamp(),
      process = asking, member = by_member
    FROM old WHERE p.scope = of_scope AND p.kind = 'node' AND p.key = old.key
    RETURNING true
  )
  SELECT pg_catalog.count(*) INTO retired FROM changed;
  UPDATE subdeck.scopes s SET last = base + retired WHERE s.id = of_scope;
  RETURN base + retired;
END
$$;
`,
};
