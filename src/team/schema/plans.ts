import { functionSettings, type SchemaPart, withoutStandby } from './part.ts';

/** A plan counts as open for so long after the last sign of the member that has it on screen, in seconds. */
export const planSeconds = 30;
/** Of one process; more rows of a plan are not told. */
const mostSubjects = 500;

/** Plans that members have on screen: a hint for the others that ends by itself, and holds nobody back. */
export const plans: SchemaPart = {
  name: 'plans',
  sql: `
CREATE TABLE subdeck.open_plans (
  process uuid NOT NULL,
  key bytea NOT NULL,
  subject text NOT NULL CHECK (pg_catalog.octet_length(subject) <= 16384),
  member text NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (process, key)
);

-- What is in the plan on a member's screen, in place of what was: accounts and ids as JSON. Nothing: it has none. false: no member.
CREATE FUNCTION subdeck.show_plan(asking uuid, subjects text[]) RETURNS boolean LANGUAGE plpgsql ${functionSettings}
AS $$
DECLARE
  by_member text := subdeck.internal_member(asking);
  present timestamptz := pg_catalog.clock_timestamp();
BEGIN
  PERFORM ${withoutStandby}
  IF by_member IS NULL THEN RETURN false; END IF;
  -- Those of members that were not closed in order go as well.
  DELETE FROM subdeck.open_plans p WHERE p.process = asking OR p.until < present - interval '1 hour';
  INSERT INTO subdeck.open_plans (process, key, subject, member, until)
  SELECT asking, pg_catalog.sha256(pg_catalog.convert_to(s.subject, 'UTF8')), s.subject, by_member,
    present + interval '${planSeconds} seconds'
  FROM pg_catalog.unnest(subjects) WITH ORDINALITY AS s (subject, nth) WHERE s.nth <= ${mostSubjects}
  ON CONFLICT DO NOTHING;
  RETURN true;
END
$$;
`,
};
