/** The roles of a store, in one database cluster; logins are granted the second or the third. */
export const roles = { owner: 'subdeck_owner', member: 'subdeck_member', viewer: 'subdeck_viewer' } as const;

/**
 * Rights on everything that the schema's parts created. Members change rows through functions alone; viewers read. Functions that only
 * other functions call, and triggers, are granted to nobody.
 */
export const rights = `
REVOKE ALL ON SCHEMA subdeck FROM PUBLIC;
GRANT USAGE ON SCHEMA subdeck TO ${roles.member}, ${roles.viewer};
REVOKE ALL ON ALL TABLES IN SCHEMA subdeck FROM PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA subdeck TO ${roles.member}, ${roles.viewer};
REVOKE ALL ON ALL SEQUENCES IN SCHEMA subdeck FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA subdeck FROM PUBLIC;
GRANT EXECUTE ON FUNCTION subdeck.server_epoch(), subdeck.journal_since(bigint, integer), subdeck.journal_standing() TO ${roles.viewer};
DO $rights$
DECLARE each pg_catalog.regprocedure;
BEGIN
  FOR each IN
    SELECT p.oid FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'subdeck'::pg_catalog.regnamespace
      AND p.prorettype <> 'pg_catalog.trigger'::pg_catalog.regtype AND p.proname NOT LIKE 'internal\\_%'
  LOOP
    EXECUTE pg_catalog.format('GRANT EXECUTE ON FUNCTION %s TO ${roles.member}', each);
  END LOOP;
END
$rights$;
`;
