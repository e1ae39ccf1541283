import { functionSettings, type SchemaPart } from './part.ts';

const open = `e.state NOT IN ('done', 'refused', 'settled-applied', 'settled-not-applied')`;

/**
 * Which accounts are one. An account's key comes from settings, so one account has two where a gateway, another host name or another spelling of
 * its tenant leads to it, and neither key's guard sees the other's writes. What the vendor says of its subscriptions shows it: a
 * subscription that two accounts show takes no writes until a member says whether they are one.
 */
export const accounts: SchemaPart = {
  name: 'accounts',
  sql: `
CREATE TABLE subdeck.compared_accounts (
  digest bytea PRIMARY KEY,
  one text NOT NULL CHECK (pg_catalog.octet_length(one) <= 2000),
  other text NOT NULL CHECK (pg_catalog.octet_length(other) <= 2000),
  is_same boolean NOT NULL,
  member text NOT NULL,
  login name NOT NULL DEFAULT session_user,
  at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp()
);

-- The same text for accounts that are one.
CREATE FUNCTION subdeck.internal_account(of_account text) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
  WITH RECURSIVE same (account) AS (
    SELECT of_account
    UNION
    SELECT CASE WHEN c.one = s.account THEN c.other ELSE c.one END
    FROM same s JOIN subdeck.compared_accounts c ON c.is_same AND s.account IN (c.one, c.other)
  )
  SELECT pg_catalog.min(s.account COLLATE "C") FROM same s
$$;

CREATE FUNCTION subdeck.internal_target(of_account text, of_subject bytea) RETURNS bytea LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT pg_catalog.sha256(pg_catalog.sha256(pg_catalog.convert_to(subdeck.internal_account(of_account), 'UTF8')) || of_subject)
$$;

-- Another account that shows the same subscription, or has an open write on it, and of which nobody said whether it is the same; NULL: none.
CREATE FUNCTION subdeck.internal_other_account(of_account text, of_likeness bytea) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT f.account FROM (
    SELECT e.account FROM subdeck.entries e WHERE e.likeness = of_likeness AND ${open}
    UNION
    SELECT s.account FROM subdeck.published p JOIN subdeck.scopes s ON s.id = p.scope WHERE p.likeness = of_likeness AND p.body IS NOT NULL
  ) f
  WHERE f.account <> of_account AND subdeck.internal_account(f.account) <> subdeck.internal_account(of_account) AND NOT EXISTS (
    SELECT FROM subdeck.compared_accounts c WHERE NOT c.is_same
      AND (subdeck.internal_account(c.one), subdeck.internal_account(c.other)) IN (
        (subdeck.internal_account(of_account), subdeck.internal_account(f.account)),
        (subdeck.internal_account(f.account), subdeck.internal_account(of_account))
      )
  )
  ORDER BY f.account COLLATE "C" LIMIT 1
$$;

-- A member says whether two accounts are one. One of: settled, unknown (the store has nothing of one of them), open (both have an open write on one
-- subscription), no-member.
CREATE FUNCTION subdeck.compare_accounts(asking uuid, first_account text, second_account text, are_same boolean) RETURNS text
LANGUAGE plpgsql ${functionSettings}
AS $$
DECLARE
  by_member text := subdeck.internal_member(asking);
  lower_one text := LEAST(first_account COLLATE "C", second_account COLLATE "C");
  higher_one text := GREATEST(first_account COLLATE "C", second_account COLLATE "C");
BEGIN
  PERFORM pg_catalog.set_config('synchronous_commit', 'on', true), pg_catalog.set_config('lock_timeout', '2s', true);
  IF by_member IS NULL THEN RETURN 'no-member'; END IF;
  IF lower_one = higher_one OR EXISTS (
    SELECT FROM pg_catalog.unnest(ARRAY[lower_one, higher_one]) AS a (account)
    WHERE NOT EXISTS (SELECT FROM subdeck.scopes s WHERE s.account = a.account)
      AND NOT EXISTS (SELECT FROM subdeck.connections c WHERE c.account = a.account)
      AND NOT EXISTS (SELECT FROM subdeck.entries e WHERE e.account = a.account)
  ) THEN RETURN 'unknown'; END IF;
  -- No intent begins meanwhile.
  PERFORM FROM subdeck.journal_order FOR UPDATE;
  INSERT INTO subdeck.compared_accounts AS c (digest, one, other, is_same, member)
  VALUES (pg_catalog.sha256(pg_catalog.convert_to(lower_one || E'\\n' || higher_one, 'UTF8')), lower_one, higher_one, are_same, by_member)
  ON CONFLICT (digest) DO UPDATE SET is_same = EXCLUDED.is_same, member = EXCLUDED.member, login = session_user, at = EXCLUDED.at;
  UPDATE subdeck.entries e SET target = pg_catalog.sha256(a.digest || e.subject)
  FROM (
    SELECT d.account, pg_catalog.sha256(pg_catalog.convert_to(subdeck.internal_account(d.account), 'UTF8')) AS digest
    FROM (SELECT DISTINCT x.account FROM subdeck.entries x) d
  ) a
  WHERE a.account = e.account AND e.target <> pg_catalog.sha256(a.digest || e.subject);
  RETURN 'settled';
EXCEPTION WHEN unique_violation THEN RETURN 'open';
END
$$;
`,
};
