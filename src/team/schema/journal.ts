import { idDigits } from '../../journal/id.ts';
import { functionSettings, type SchemaPart, withoutStandby } from './part.ts';

const isOver = `state IN ('done', 'refused', 'settled-applied', 'settled-not-applied')`;
const open = `state NOT IN ('done', 'refused', 'settled-applied', 'settled-not-applied')`;

/** Open writes of one member's processes at a time. */
const mostOpen = 2000;

/**
 * Seconds from the moment that somebody noticed another server until its writes may be opened: a lease, what is under way, and the window
 * after which an unchanged row at a vendor proves something.
 */
const shutFor = 30 + 30 + 300;

/** Of lines in one answer: somebody who writes long ones keeps nobody from what follows them. */
const bytesAtOnce = 1_000_000;

/**
 * The team's journal. Every change is a line that nobody updates or deletes; lines are numbered under one lock that is held until
 * the commit, so the order of the numbers is the order of the commits, and who read up to one has missed none. `entries` has how
 * each entry stands, for the guards: one open write for each subscription of an account, one try for each row of a plan.
 *
 * Ids and keys of vendors and people are JSON strings, since PostgreSQL's text takes neither NUL nor a lone surrogate; indexes
 * have their digests, since an index row takes no long text.
 */
export const journal: SchemaPart = {
  name: 'journal',
  sql: `
-- The journal's clock.
CREATE FUNCTION subdeck.internal_now() RETURNS timestamptz LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$ SELECT pg_catalog.clock_timestamp() $$;

CREATE TABLE subdeck.journal_order (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  -- The server for which writes are open; NULL: for none, since this one was set back.
  epoch text,
  -- Grows each time that a person opens writes again.
  generation integer NOT NULL DEFAULT 1,
  -- The server that somebody noticed is another one, and when.
  noticed text,
  noticed_at timestamptz
);

-- Which copies of the journal gave their open writes to a server that is not the one that it was.
CREATE TABLE subdeck.hand_ins (
  epoch text NOT NULL,
  member text NOT NULL,
  host text NOT NULL,
  os_user text NOT NULL,
  at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  PRIMARY KEY (epoch, member, host, os_user)
);

CREATE SEQUENCE subdeck.journal_number;

CREATE TABLE subdeck.entries (
  id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-z]{8,12}$'),
  -- As the sender's connection has it.
  account text NOT NULL CHECK (pg_catalog.octet_length(account) <= 2000),
  -- A digest of the id in the one spelling that all its spellings share.
  subject bytea NOT NULL,
  -- A digest of both, the same for accounts that are one (see accounts.ts).
  target bytea NOT NULL,
  -- A digest of what tells a subscription from others whatever the account is called.
  likeness bytea,
  part bytea,
  state text NOT NULL,
  basis text,
  version integer NOT NULL,
  -- Whether a step of it may have reached the vendor.
  may_have_left boolean NOT NULL DEFAULT false,
  member text NOT NULL,
  sender uuid NOT NULL,
  -- Its end is news for the member.
  awaited boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX one_open_write ON subdeck.entries (target) WHERE ${open};
CREATE UNIQUE INDEX one_try_of_a_row ON subdeck.entries (part) WHERE part IS NOT NULL AND (may_have_left OR ${open});
CREATE INDEX entries_by_target ON subdeck.entries (target, id);
CREATE INDEX open_by_likeness ON subdeck.entries (likeness) WHERE ${open};
CREATE INDEX open_by_member ON subdeck.entries (member) WHERE ${open};

CREATE TABLE subdeck.journal_lines (
  number bigint PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('entry', 'mark', 'link')),
  key text NOT NULL,
  version integer NOT NULL,
  connection text,
  target text,
  account text,
  state text,
  body text NOT NULL CHECK (pg_catalog.octet_length(body) <= 1048576),
  request text CHECK (pg_catalog.octet_length(request) <= 65536),
  more text CHECK (pg_catalog.octet_length(more) <= 1048576),
  -- One of each call, which tells a call that is repeated, since its acknowledgement was lost, from another one that says the same.
  token uuid NOT NULL,
  process uuid NOT NULL,
  member text NOT NULL,
  login name NOT NULL DEFAULT session_user,
  at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp()
);
CREATE UNIQUE INDEX one_line_of_a_version ON subdeck.journal_lines (key, version) WHERE kind = 'entry';
CREATE INDEX lines_by_token ON subdeck.journal_lines (token);
CREATE INDEX links_by_number ON subdeck.journal_lines (number) WHERE kind = 'link';

-- The timetable of looks at open entries; losing it costs an early look.
CREATE TABLE subdeck.looks (
  entry text COLLATE "C" PRIMARY KEY REFERENCES subdeck.entries (id),
  due timestamptz,
  attempts integer NOT NULL,
  holder uuid,
  held_until timestamptz
);

CREATE FUNCTION subdeck.internal_forbid_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RAISE EXCEPTION 'lines of the journal are only added' USING ERRCODE = '42501'; END $$;
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON subdeck.journal_lines FOR EACH ROW EXECUTE FUNCTION subdeck.internal_forbid_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON subdeck.journal_lines FOR EACH STATEMENT EXECUTE FUNCTION subdeck.internal_forbid_change();

-- The server, the line of its history, the table itself (a restored dump has another one), and how often writes were opened again. NULL on a standby.
CREATE FUNCTION subdeck.internal_journal_epoch() RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT subdeck.server_epoch() || '/' || (
    SELECT c.oid FROM pg_catalog.pg_class c
    WHERE c.relname = 'journal_lines' AND c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname = 'subdeck')
  ) || '/' || (SELECT o.generation FROM subdeck.journal_order o)
$$;
INSERT INTO subdeck.journal_order DEFAULT VALUES;
UPDATE subdeck.journal_order SET epoch = subdeck.internal_journal_epoch();

-- The member whose process this is, of this login; NULL where it is none, or has left.
CREATE FUNCTION subdeck.internal_member(asking uuid) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT p.member FROM subdeck.processes p JOIN subdeck.members m ON m.name = p.member
  WHERE p.id = asking AND p.login = session_user AND m.left_at IS NULL
$$;

CREATE FUNCTION subdeck.internal_has_lease(asking uuid) RETURNS boolean LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (SELECT FROM subdeck.processes p WHERE p.id = asking AND p.lease_until > pg_catalog.clock_timestamp())
$$;

CREATE FUNCTION subdeck.internal_rank(basis text) RETURNS integer LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT COALESCE(pg_catalog.array_position(ARRAY['lease', 'person', 'evidence', 'answer'], basis), 0) $$;

-- Milliseconds since 2024, as an id of eight digits says them.
CREATE FUNCTION subdeck.internal_id_number(entry text) RETURNS bigint LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT pg_catalog.sum((pg_catalog.strpos('${idDigits}', pg_catalog.substr(entry, 9 - nth, 1)) - 1)::bigint << (5 * (nth - 1)))::bigint
  FROM pg_catalog.generate_series(1, 8) AS nth
$$;

-- Whether later ids still fit behind this one: every id is later than those that are there, so a member must not take the last.
CREATE FUNCTION subdeck.internal_leaves_ids(entry text) RETURNS boolean LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT entry ~ '^[${idDigits}]{8}$' AND subdeck.internal_id_number(entry) <= GREATEST(
    pg_catalog.date_part('epoch', subdeck.internal_now() + interval '10 years' - timestamptz '2024-01-01 00:00:00Z') * 1000,
    -- A clock that was wrong for a while.
    (SELECT subdeck.internal_id_number(pg_catalog.max(e.id)) + 1000 FROM subdeck.entries e)
  )
$$;

-- What every change begins with: durable when it is committed, whatever role and database say; and one at a time. The member, or why not.
CREATE FUNCTION subdeck.internal_begin_change(asking uuid, known_epoch text, OUT member text, OUT refusal text) LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE open_epoch text;
BEGIN
  PERFORM pg_catalog.set_config('synchronous_commit', 'on', true), pg_catalog.set_config('lock_timeout', '2s', true),
    -- That a standby did not confirm the commit is a warning.
    pg_catalog.set_config('client_min_messages', 'warning', true);
  -- What others committed while the lock was waited for has to be seen.
  IF pg_catalog.current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'the journal needs transactions that are read committed' USING ERRCODE = 'SD001';
  END IF;
  member := subdeck.internal_member(asking);
  IF member IS NULL THEN refusal := 'no-member'; RETURN; END IF;
  SELECT o.epoch INTO open_epoch FROM subdeck.journal_order o FOR UPDATE;
  IF open_epoch IS DISTINCT FROM subdeck.internal_journal_epoch() OR known_epoch IS DISTINCT FROM open_epoch THEN
    refusal := 'shut';
  END IF;
END
$$;

-- An intent. One of: begun, open, repeated, overtaken (each naming the entry), late (a newer id is there), shared (naming the other account that
-- shows the subscription), no-lease, no-member, too-many, shut.
CREATE FUNCTION subdeck.begin_entry(
  asking uuid, known_epoch text, call uuid, entry text, of_connection text, of_target text, of_account text, of_subject text, of_likeness text,
  planned_after text, of_part text, with_body text
) RETURNS jsonb LANGUAGE plpgsql ${functionSettings}
AS $$
DECLARE
  begun record;
  subject_digest bytea := pg_catalog.sha256(pg_catalog.convert_to(of_subject, 'UTF8'));
  digest bytea := subdeck.internal_target(of_account, subject_digest);
  likeness_digest bytea := pg_catalog.sha256(pg_catalog.convert_to(of_likeness, 'UTF8'));
  part_digest bytea := pg_catalog.sha256(pg_catalog.convert_to(of_part, 'UTF8'));
  other text;
  next bigint;
BEGIN
  SELECT * INTO begun FROM subdeck.internal_begin_change(asking, known_epoch);
  IF begun.refusal IS NOT NULL THEN RETURN pg_catalog.jsonb_build_object('kind', begun.refusal); END IF;
  -- A commit whose acknowledgement was lost: the id is taken, by the same intent.
  SELECT l.number INTO next FROM subdeck.journal_lines l
  WHERE l.token = call AND l.process = asking AND l.kind = 'entry' AND l.key = entry AND l.version = 0;
  IF FOUND THEN RETURN pg_catalog.jsonb_build_object('kind', 'begun', 'number', next::text); END IF;
  SELECT pg_catalog.max(e.id) INTO other FROM subdeck.entries e;
  IF other COLLATE "C" >= entry OR NOT subdeck.internal_leaves_ids(entry) THEN RETURN pg_catalog.jsonb_build_object('kind', 'late', 'entry', other); END IF;
  IF of_part IS NOT NULL THEN
    SELECT e.id INTO other FROM subdeck.entries e WHERE e.part = part_digest AND (e.may_have_left OR ${open.replace('state', 'e.state')}) ORDER BY e.id LIMIT 1;
    IF FOUND THEN RETURN pg_catalog.jsonb_build_object('kind', 'repeated', 'entry', other); END IF;
  END IF;
  IF planned_after IS NOT NULL THEN
    SELECT e.id INTO other FROM subdeck.entries e WHERE e.target = digest AND e.id > planned_after ORDER BY e.id DESC LIMIT 1;
    IF FOUND THEN RETURN pg_catalog.jsonb_build_object('kind', 'overtaken', 'entry', other); END IF;
  END IF;
  other := subdeck.internal_other_account(of_account, likeness_digest);
  IF other IS NOT NULL THEN RETURN pg_catalog.jsonb_build_object('kind', 'shared', 'account', other); END IF;
  IF NOT subdeck.internal_has_lease(asking) THEN RETURN pg_catalog.jsonb_build_object('kind', 'no-lease'); END IF;
  IF (SELECT pg_catalog.count(*) FROM subdeck.entries e WHERE e.member = begun.member AND ${open.replace('state', 'e.state')}) >= ${mostOpen} THEN
    RETURN pg_catalog.jsonb_build_object('kind', 'too-many');
  END IF;
  INSERT INTO subdeck.entries (id, account, subject, target, likeness, part, state, version, member, sender)
  VALUES (entry, of_account, subject_digest, digest, likeness_digest, part_digest, 'intent', 0, begun.member, asking)
  ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    SELECT e.id INTO other FROM subdeck.entries e WHERE e.target = digest AND ${open.replace('state', 'e.state')};
    RETURN pg_catalog.jsonb_build_object('kind', 'open', 'entry', other);
  END IF;
  next := pg_catalog.nextval('subdeck.journal_number');
  INSERT INTO subdeck.journal_lines (number, kind, key, version, connection, target, account, state, body, token, process, member)
  VALUES (next, 'entry', entry, 0, of_connection, of_target, of_account, 'intent', with_body, call, asking, begun.member);
  RETURN pg_catalog.jsonb_build_object('kind', 'begun', 'number', next::text);
END
$$;

-- A change of an entry that was read at a version. \`how\`: send (its lease runs, and nobody took it over), take (its sender's lease has ended), or keep.
-- One of: changed, behind (it stands otherwise), no-lease, alive, no-member, shut.
CREATE FUNCTION subdeck.change_entry(
  asking uuid, known_epoch text, call uuid, entry text, read_version integer, how text, new_state text, new_basis text,
  with_body text, with_request text, with_more text, has_left boolean,
  look text, look_after double precision, look_attempts integer, is_awaited boolean
) RETURNS jsonb LANGUAGE plpgsql ${functionSettings}
AS $$
DECLARE
  begun record;
  head subdeck.entries;
  last subdeck.journal_lines;
  next bigint;
BEGIN
  SELECT * INTO begun FROM subdeck.internal_begin_change(asking, known_epoch);
  IF begun.refusal IS NOT NULL THEN RETURN pg_catalog.jsonb_build_object('kind', begun.refusal); END IF;
  SELECT * INTO head FROM subdeck.entries e WHERE e.id = entry;
  SELECT * INTO last FROM subdeck.journal_lines l WHERE l.kind = 'entry' AND l.key = entry AND l.version = head.version;
  -- A commit whose acknowledgement was lost.
  SELECT l.number INTO next FROM subdeck.journal_lines l WHERE l.token = call AND l.process = asking AND l.key = entry;
  IF FOUND THEN RETURN pg_catalog.jsonb_build_object('kind', 'changed', 'number', next::text); END IF;
  IF head.version IS DISTINCT FROM read_version THEN RETURN pg_catalog.jsonb_build_object('kind', 'behind'); END IF;
  IF how = 'send' THEN
    IF head.sender <> asking OR head.state NOT IN ('intent', 'sent') THEN RETURN pg_catalog.jsonb_build_object('kind', 'behind'); END IF;
    IF NOT subdeck.internal_has_lease(asking) THEN RETURN pg_catalog.jsonb_build_object('kind', 'no-lease'); END IF;
  ELSIF how = 'take' THEN
    IF head.sender <> asking AND subdeck.internal_has_lease(head.sender) THEN RETURN pg_catalog.jsonb_build_object('kind', 'alive'); END IF;
    head.sender := asking;
  END IF;
  -- An end stays, unless a higher verdict or a person says otherwise; what was left open is never open again.
  IF head.${isOver} AND new_state IS DISTINCT FROM head.state AND (
    NOT new_${isOver} OR (new_basis <> 'person' AND subdeck.internal_rank(new_basis) <= subdeck.internal_rank(head.basis))
  ) THEN RETURN pg_catalog.jsonb_build_object('kind', 'behind'); END IF;
  UPDATE subdeck.entries e SET state = new_state, basis = new_basis, version = read_version + 1, sender = head.sender,
    may_have_left = has_left, awaited = e.awaited OR is_awaited
  WHERE e.id = entry;
  next := pg_catalog.nextval('subdeck.journal_number');
  INSERT INTO subdeck.journal_lines (number, kind, key, version, connection, target, account, state, body, request, more, token, process, member)
  VALUES (next, 'entry', entry, read_version + 1, last.connection, last.target, last.account, new_state, with_body, with_request, with_more,
    call, asking, begun.member);
  IF look = 'set' THEN
    PERFORM subdeck.internal_set_look(entry, look_after, look_attempts);
  ELSIF look = 'remove' THEN
    DELETE FROM subdeck.looks l WHERE l.entry = change_entry.entry;
  END IF;
  RETURN pg_catalog.jsonb_build_object('kind', 'changed', 'number', next::text);
END
$$;

-- Which of these entries this server lacks, or has an earlier version of.
CREATE FUNCTION subdeck.lacking_entries(ids text[], versions integer[]) RETURNS SETOF text LANGUAGE sql VOLATILE ${functionSettings}
AS $$
  SELECT known.id FROM ROWS FROM (pg_catalog.unnest(ids), pg_catalog.unnest(versions)) AS known (id, version)
  WHERE NOT EXISTS (SELECT FROM subdeck.entries e WHERE e.id = known.id AND e.version >= known.version)
$$;

-- What a member has of an entry that this server lacks, or has an earlier version of, since it is not the server that the member knows by
-- that epoch. Whoever hands an open one in has to end it. One of: changed, behind (another open write has its target, another try its row of the
-- plan, or it has its end here), no-member.
CREATE FUNCTION subdeck.hand_in_entry(
  asking uuid, known_epoch text, call uuid, entry text, known_version integer, of_connection text, of_target text, of_account text,
  of_subject text, of_likeness text, of_part text, known_state text, known_basis text, with_body text, with_request text, with_more text,
  has_left boolean
) RETURNS jsonb LANGUAGE plpgsql ${functionSettings}
AS $$
DECLARE
  begun record;
  head subdeck.entries;
  subject_digest bytea := pg_catalog.sha256(pg_catalog.convert_to(of_subject, 'UTF8'));
BEGIN
  SELECT * INTO begun FROM subdeck.internal_begin_change(asking, known_epoch);
  IF begun.member IS NULL THEN RETURN pg_catalog.jsonb_build_object('kind', 'no-member'); END IF;
  SELECT * INTO head FROM subdeck.entries e WHERE e.id = entry;
  -- Writes are open here for whoever knows this server.
  IF begun.refusal IS NULL OR head.version >= known_version THEN RETURN pg_catalog.jsonb_build_object('kind', 'changed'); END IF;
  -- Changes of it still have to count on.
  IF known_version NOT BETWEEN 0 AND 1000000 THEN RETURN pg_catalog.jsonb_build_object('kind', 'behind'); END IF;
  IF head.${isOver} AND known_state <> head.state AND (
    NOT known_${isOver} OR (known_basis IS DISTINCT FROM 'person' AND subdeck.internal_rank(known_basis) <= subdeck.internal_rank(head.basis))
  ) THEN RETURN pg_catalog.jsonb_build_object('kind', 'behind'); END IF;
  UPDATE subdeck.entries e SET state = known_state, basis = known_basis, version = known_version, sender = asking, may_have_left = has_left
  WHERE e.id = entry;
  IF NOT FOUND THEN
    IF NOT subdeck.internal_leaves_ids(entry) THEN RETURN pg_catalog.jsonb_build_object('kind', 'behind'); END IF;
    INSERT INTO subdeck.entries (id, account, subject, target, likeness, part, state, basis, version, may_have_left, member, sender)
    VALUES (entry, of_account, subject_digest, subdeck.internal_target(of_account, subject_digest),
      pg_catalog.sha256(pg_catalog.convert_to(of_likeness, 'UTF8')), pg_catalog.sha256(pg_catalog.convert_to(of_part, 'UTF8')),
      known_state, known_basis, known_version, has_left, begun.member, asking)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RETURN pg_catalog.jsonb_build_object('kind', 'behind'); END IF;
  END IF;
  INSERT INTO subdeck.journal_lines (number, kind, key, version, connection, target, account, state, body, request, more, token, process, member)
  VALUES (pg_catalog.nextval('subdeck.journal_number'), 'entry', entry, known_version, of_connection, of_target, of_account, known_state, with_body,
    with_request, with_more, call, asking, begun.member);
  RETURN pg_catalog.jsonb_build_object('kind', 'changed');
END
$$;

-- A member's copy has a line that this server does not have: it was set back to an earlier state, which its timeline does not show. Nobody
-- writes until a person opens writes again. false: it has the line, or this is no member.
CREATE FUNCTION subdeck.report_set_back(asking uuid, of_number bigint, of_token uuid) RETURNS boolean LANGUAGE plpgsql ${functionSettings}
AS $$
BEGIN
  PERFORM pg_catalog.set_config('synchronous_commit', 'on', true), pg_catalog.set_config('lock_timeout', '2s', true);
  IF subdeck.internal_member(asking) IS NULL THEN RETURN false; END IF;
  PERFORM FROM subdeck.journal_order FOR UPDATE;
  IF EXISTS (SELECT FROM subdeck.journal_lines l WHERE l.number = of_number AND l.token = of_token) THEN RETURN false; END IF;
  UPDATE subdeck.journal_order SET epoch = NULL;
  RETURN true;
END
$$;

CREATE FUNCTION subdeck.internal_notice() RETURNS void LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
  UPDATE subdeck.journal_order o SET noticed = subdeck.internal_journal_epoch(), noticed_at = pg_catalog.clock_timestamp()
  WHERE o.epoch IS DISTINCT FROM subdeck.internal_journal_epoch() AND o.noticed IS DISTINCT FROM subdeck.internal_journal_epoch()
$$;

-- All that a copy has was handed in. false: this is no member.
CREATE FUNCTION subdeck.handed_in(asking uuid) RETURNS boolean LANGUAGE plpgsql ${functionSettings}
AS $$
BEGIN
  PERFORM pg_catalog.set_config('synchronous_commit', 'on', true), pg_catalog.set_config('lock_timeout', '2s', true);
  IF subdeck.internal_member(asking) IS NULL THEN RETURN false; END IF;
  PERFORM subdeck.internal_notice();
  INSERT INTO subdeck.hand_ins (epoch, member, host, os_user)
  SELECT subdeck.internal_journal_epoch(), p.member, p.host, p.os_user FROM subdeck.processes p WHERE p.id = asking
  ON CONFLICT DO NOTHING;
  RETURN true;
END
$$;

-- Whether writes are open here; otherwise how many seconds they stay shut in any case, and which copies of the last day were not handed in.
CREATE FUNCTION subdeck.journal_standing() RETURNS TABLE (is_open boolean, wait_s double precision, lacking text[])
LANGUAGE sql VOLATILE ${functionSettings}
AS $$
  SELECT o.epoch IS NOT DISTINCT FROM subdeck.internal_journal_epoch(),
    CASE WHEN o.noticed = subdeck.internal_journal_epoch()
      THEN GREATEST(0, ${shutFor} - pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - o.noticed_at)) ELSE ${shutFor} END,
    ARRAY(
      SELECT DISTINCT p.member || ' (' || p.os_user || '@' || p.host || ')'
      FROM subdeck.processes p JOIN subdeck.members m ON m.name = p.member
      WHERE m.left_at IS NULL AND p.seen_at > COALESCE(o.noticed_at, pg_catalog.clock_timestamp()) - interval '24 hours' AND NOT EXISTS (
        SELECT FROM subdeck.hand_ins h
        WHERE h.epoch = subdeck.internal_journal_epoch() AND h.member = p.member AND h.host = p.host AND h.os_user = p.os_user
      )
      ORDER BY 1 LIMIT 100
    )
  FROM subdeck.journal_order o
$$;

-- A person opens writes on this server. Rows are copied anew: one that was set back may give their numbers a second time.
CREATE FUNCTION subdeck.internal_accept_server() RETURNS void LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE subdeck.journal_order SET generation = generation + 1;
  UPDATE subdeck.journal_order SET epoch = subdeck.internal_journal_epoch();
  UPDATE subdeck.scopes SET generation = pg_catalog.gen_random_uuid();
END
$$;

-- The next look, so many milliseconds from now; NULL: none.
CREATE FUNCTION subdeck.internal_set_look(of_entry text, after double precision, made integer) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
  INSERT INTO subdeck.looks (entry, due, attempts)
  VALUES (of_entry, subdeck.internal_now() + LEAST(after, 31536000000) * interval '1 millisecond', made)
  ON CONFLICT (entry) DO UPDATE SET due = EXCLUDED.due, attempts = EXCLUDED.attempts, holder = NULL, held_until = NULL
$$;

CREATE FUNCTION subdeck.set_look(asking uuid, of_entry text, after double precision, made integer) RETURNS boolean LANGUAGE plpgsql ${functionSettings}
AS $$
BEGIN
  PERFORM ${withoutStandby}
  IF subdeck.internal_member(asking) IS NULL THEN RETURN false; END IF;
  PERFORM FROM subdeck.entries e WHERE e.id = of_entry AND ${open.replace('state', 'e.state')} FOR UPDATE;
  IF FOUND THEN PERFORM subdeck.internal_set_look(of_entry, after, made);
  ELSE DELETE FROM subdeck.looks l WHERE l.entry = of_entry; END IF;
  RETURN true;
END
$$;

-- Takes one due look for this process, for so many milliseconds, at most 15 minutes.
CREATE FUNCTION subdeck.claim_look(asking uuid, of_entry text, held_for double precision) RETURNS boolean LANGUAGE sql ${functionSettings}
AS $$
  SELECT ${withoutStandby}
  WITH claimed AS (
    UPDATE subdeck.looks l SET holder = asking, held_until = subdeck.internal_now() + LEAST(held_for, 900000) * interval '1 millisecond'
    WHERE l.entry = of_entry AND l.due <= subdeck.internal_now() AND subdeck.internal_member(asking) IS NOT NULL
      AND (l.holder IS NULL OR l.holder = asking OR l.held_until <= subdeck.internal_now() OR NOT subdeck.internal_has_lease(l.holder))
    RETURNING true
  )
  SELECT EXISTS (SELECT FROM claimed)
$$;

-- Ends that a member was not shown yet, each once. \`shown\`: those among them are not news any more; NULL: gives all.
CREATE FUNCTION subdeck.take_news(asking uuid, shown text) RETURNS SETOF text LANGUAGE sql ${functionSettings}
AS $$
  SELECT ${withoutStandby}
  UPDATE subdeck.entries e SET awaited = false
  WHERE e.awaited AND e.${isOver} AND e.member = subdeck.internal_member(asking) AND (shown IS NULL OR e.id = shown)
  RETURNING e.id
$$;

-- Adds the same line to several keys.
CREATE FUNCTION subdeck.add_marks(asking uuid, known_epoch text, call uuid, keys text[], with_body text) RETURNS jsonb
LANGUAGE plpgsql ${functionSettings}
AS $$
DECLARE begun record;
BEGIN
  SELECT * INTO begun FROM subdeck.internal_begin_change(asking, known_epoch);
  IF begun.refusal IS NOT NULL THEN RETURN pg_catalog.jsonb_build_object('kind', begun.refusal); END IF;
  IF NOT EXISTS (SELECT FROM subdeck.journal_lines l WHERE l.token = call AND l.process = asking) THEN
    INSERT INTO subdeck.journal_lines (number, kind, key, version, body, token, process, member)
    SELECT pg_catalog.nextval('subdeck.journal_number'), 'mark', key, 0, with_body, call, asking, begun.member
    FROM pg_catalog.unnest(keys) AS key;
  END IF;
  RETURN pg_catalog.jsonb_build_object('kind', 'changed');
END
$$;

-- Adds a line to each organization, decided from what was read up to a number: \`behind\` where somebody added one since.
CREATE FUNCTION subdeck.add_links(asking uuid, known_epoch text, call uuid, read_up_to bigint, keys text[], bodies text[]) RETURNS jsonb
LANGUAGE plpgsql ${functionSettings}
AS $$
DECLARE begun record;
BEGIN
  SELECT * INTO begun FROM subdeck.internal_begin_change(asking, known_epoch);
  IF begun.refusal IS NOT NULL THEN RETURN pg_catalog.jsonb_build_object('kind', begun.refusal); END IF;
  IF EXISTS (SELECT FROM subdeck.journal_lines l WHERE l.token = call AND l.process = asking) THEN
    RETURN pg_catalog.jsonb_build_object('kind', 'changed');
  END IF;
  IF EXISTS (SELECT FROM subdeck.journal_lines l WHERE l.kind = 'link' AND l.number > read_up_to) THEN
    RETURN pg_catalog.jsonb_build_object('kind', 'behind');
  END IF;
  INSERT INTO subdeck.journal_lines (number, kind, key, version, body, token, process, member)
  SELECT pg_catalog.nextval('subdeck.journal_number'), 'link', line.key, 0, line.body, call, asking, begun.member
  FROM ROWS FROM (pg_catalog.unnest(keys), pg_catalog.unnest(bodies)) AS line (key, body);
  RETURN pg_catalog.jsonb_build_object('kind', 'changed');
END
$$;

-- Lines after a number, as many as an answer holds that comes in time, with the looks at open entries, the clock and the server that says so.
CREATE FUNCTION subdeck.journal_since(after bigint, most integer) RETURNS json LANGUAGE sql VOLATILE ${functionSettings}
AS $$
  SELECT pg_catalog.json_build_object(
    'epoch', subdeck.internal_journal_epoch(),
    'open', (SELECT o.epoch FROM subdeck.journal_order o),
    'now', pg_catalog.date_part('epoch', subdeck.internal_now()) * 1000,
    'last', (SELECT COALESCE(pg_catalog.max(l.number), 0)::text FROM subdeck.journal_lines l),
    'token', (SELECT l.token::text FROM subdeck.journal_lines l WHERE l.number = after),
    'lines', COALESCE((
      SELECT pg_catalog.json_agg(line ORDER BY line.number) FROM (
        SELECT l.number, l.kind, l.key, l.version, l.connection, l.target, l.account, l.state, l.body, l.request, l.more, l.token::text, l.process::text, l.member,
          l.login::text, pg_catalog.date_part('epoch', l.at) * 1000 AS at
        FROM subdeck.journal_lines l WHERE l.number > after AND l.number <= (
          SELECT pg_catalog.max(sized.number) FROM (
            SELECT each.number, pg_catalog.row_number() OVER up_to AS nth, pg_catalog.sum(each.size) OVER up_to AS size
            FROM (
              SELECT n.number, pg_catalog.octet_length(n.body) + COALESCE(pg_catalog.octet_length(n.request), 0)
                + COALESCE(pg_catalog.octet_length(n.more), 0) AS size
              FROM subdeck.journal_lines n WHERE n.number > after ORDER BY n.number LIMIT LEAST(most, 1000)
            ) each
            WINDOW up_to AS (ORDER BY each.number)
          ) sized
          WHERE sized.nth = 1 OR sized.size <= ${bytesAtOnce}
        )
      ) line
    ), '[]'),
    'looks', COALESCE((
      SELECT pg_catalog.json_agg(pg_catalog.json_build_object('entry', l.entry, 'due', pg_catalog.date_part('epoch', l.due) * 1000, 'attempts', l.attempts))
      FROM subdeck.looks l
    ), '[]')
  )
$$;

-- Which of these senders' leases run.
CREATE FUNCTION subdeck.is_being_sent(of_entry text) RETURNS boolean LANGUAGE sql ${functionSettings}
AS $$
  SELECT COALESCE((SELECT subdeck.internal_has_lease(e.sender) FROM subdeck.entries e WHERE e.id = of_entry), false)
$$;
`,
};
