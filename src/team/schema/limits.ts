import { functionSettings, type SchemaPart, withoutStandby } from './part.ts';

/** No word of a member slows the others down for longer, in seconds. */
const longest = 900;

/**
 * The calls of each account in the vendor's present window, by operation, and pauses that vendors asked for. Everything is changed by one
 * statement each and measured by the server's clock; what a member says is clamped.
 */
export const limits: SchemaPart = {
  name: 'limits',
  sql: `
CREATE TABLE subdeck.budgets (
  account text NOT NULL CHECK (pg_catalog.octet_length(account) <= 2000),
  operation text NOT NULL CHECK (pg_catalog.octet_length(operation) <= 200),
  used integer NOT NULL,
  calls integer NOT NULL,
  window_ends timestamptz NOT NULL,
  PRIMARY KEY (account, operation)
) WITH (fillfactor = 50);

CREATE TABLE subdeck.pauses (
  account text PRIMARY KEY CHECK (pg_catalog.octet_length(account) <= 2000),
  until timestamptz NOT NULL,
  process uuid NOT NULL
) WITH (fillfactor = 50);

-- Counts a call, unless the vendor asked for a pause or the window is used up: then how long to wait, in milliseconds. No row: no member.
CREATE FUNCTION subdeck.take_call(asking uuid, of_account text, of_operation text, allowed integer, of_calls integer, of_seconds integer)
RETURNS TABLE (pause_ms double precision, wait_ms double precision, used integer) LANGUAGE plpgsql ${functionSettings}
AS $$
DECLARE
  present timestamptz := pg_catalog.clock_timestamp();
  lasts interval := LEAST(GREATEST(of_seconds, 1), ${longest}) * interval '1 second';
  paused timestamptz;
  bucket subdeck.budgets;
BEGIN
  PERFORM ${withoutStandby}
  IF subdeck.internal_member(asking) IS NULL THEN RETURN; END IF;
  SELECT p.until INTO paused FROM subdeck.pauses p WHERE p.account = of_account AND p.until > present;
  IF paused IS NOT NULL THEN
    RETURN QUERY SELECT pg_catalog.date_part('epoch', paused - present) * 1000, 0::double precision, 0;
    RETURN;
  END IF;
  IF allowed IS NULL THEN
    RETURN QUERY SELECT 0::double precision, 0::double precision, 0;
    RETURN;
  END IF;
  INSERT INTO subdeck.budgets AS b (account, operation, used, calls, window_ends)
  VALUES (of_account, of_operation, 1, of_calls, present + lasts)
  ON CONFLICT (account, operation) DO UPDATE SET
    used = CASE WHEN b.window_ends <= present THEN 1 ELSE b.used + 1 END,
    window_ends = CASE WHEN b.window_ends <= present THEN EXCLUDED.window_ends ELSE b.window_ends END,
    calls = EXCLUDED.calls
    WHERE b.window_ends <= present OR b.used < allowed
  RETURNING b.* INTO bucket;
  IF FOUND THEN
    RETURN QUERY SELECT 0::double precision, 0::double precision, bucket.used;
    RETURN;
  END IF;
  SELECT b.* INTO bucket FROM subdeck.budgets b WHERE b.account = of_account AND b.operation = of_operation;
  RETURN QUERY SELECT 0::double precision,
    GREATEST(1, pg_catalog.date_part('epoch', bucket.window_ends - pg_catalog.clock_timestamp()) * 1000), bucket.used;
END
$$;

-- What the vendor's own answer said of a window: it is never longer than ${longest} s, and nobody's word gives calls back.
CREATE FUNCTION subdeck.calls_used(asking uuid, of_account text, of_operation text, in_use integer, of_calls integer, ends_in_ms double precision)
RETURNS void LANGUAGE plpgsql ${functionSettings}
AS $$
DECLARE
  present timestamptz := pg_catalog.clock_timestamp();
  ends timestamptz := present + LEAST(GREATEST(ends_in_ms, 0), ${longest} * 1000) * interval '1 millisecond';
BEGIN
  PERFORM ${withoutStandby}
  IF subdeck.internal_member(asking) IS NULL THEN RETURN; END IF;
  INSERT INTO subdeck.budgets AS b (account, operation, used, calls, window_ends)
  VALUES (of_account, of_operation, LEAST(GREATEST(in_use, 0), of_calls), of_calls, ends)
  ON CONFLICT (account, operation) DO UPDATE SET
    used = CASE WHEN b.window_ends <= present THEN EXCLUDED.used ELSE GREATEST(b.used, EXCLUDED.used) END,
    window_ends = EXCLUDED.window_ends,
    calls = EXCLUDED.calls;
END
$$;

-- The vendor asked for a pause, of ${longest} s at most; a shorter one does not end a longer one.
CREATE FUNCTION subdeck.pause_calls(asking uuid, of_account text, for_ms double precision) RETURNS void LANGUAGE sql ${functionSettings}
AS $$
  SELECT ${withoutStandby}
  INSERT INTO subdeck.pauses AS p (account, until, process)
  SELECT of_account, pg_catalog.clock_timestamp() + LEAST(GREATEST(for_ms, 0), ${longest} * 1000) * interval '1 millisecond', asking
  WHERE subdeck.internal_member(asking) IS NOT NULL
  ON CONFLICT (account) DO UPDATE SET until = EXCLUDED.until, process = EXCLUDED.process
  WHERE p.until < EXCLUDED.until
$$;
`,
};
