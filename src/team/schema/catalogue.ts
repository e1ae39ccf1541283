import { roles } from './rights.ts';

/** A list of rights in an order of its own, and in full: a restored database may have another one, or none where they are the usual ones. */
const rightsIn = (acl: string) =>
  `COALESCE((SELECT pg_catalog.string_agg(i::text, ',' ORDER BY i::text COLLATE "C") FROM pg_catalog.unnest(${acl}) i), '')`;

/** Everything in the schema, one row each with who owns it and how it is defined; with names that no search path changes. */
const objects = `
SELECT 'schema' AS kind, n.nspname::text AS name, n.nspowner AS owner, ${rightsIn("COALESCE(n.nspacl, pg_catalog.acldefault('n', n.nspowner))")} AS definition
FROM pg_catalog.pg_namespace n WHERE n.nspname = 'subdeck'
UNION ALL
SELECT 'relation ' || c.relkind::text, c.relname::text, c.relowner,
  pg_catalog.concat_ws(' ', c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, ${rightsIn("COALESCE(c.relacl, pg_catalog.acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::\"char\", c.relowner))")}, c.reloptions) || COALESCE((
    SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
      a.attidentity, a.attgenerated, ${rightsIn('a.attacl')}, pg_catalog.pg_get_expr(d.adbin, d.adrelid)), ', ' ORDER BY a.attnum)
    FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  ), '') || COALESCE((SELECT pg_catalog.pg_get_indexdef(i.indexrelid) FROM pg_catalog.pg_index i WHERE i.indexrelid = c.oid), '')
    || CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) ELSE '' END
FROM pg_catalog.pg_class c WHERE c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'subdeck')
UNION ALL
SELECT 'constraint', c.relname || ' ' || k.conname, c.relowner, pg_catalog.pg_get_constraintdef(k.oid)
FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
WHERE c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'subdeck')
UNION ALL
SELECT 'trigger', c.relname || ' ' || t.tgname, c.relowner, pg_catalog.concat_ws(' ', pg_catalog.pg_get_triggerdef(t.oid), t.tgenabled)
FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'subdeck')
UNION ALL
SELECT 'rule', c.relname || ' ' || r.rulename, c.relowner, pg_catalog.pg_get_ruledef(r.oid)
FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
WHERE c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'subdeck')
UNION ALL
SELECT 'policy', c.relname || ' ' || y.polname, c.relowner,
  pg_catalog.concat_ws(' ', y.polcmd, y.polpermissive, pg_catalog.pg_get_expr(y.polqual, y.polrelid), pg_catalog.pg_get_expr(y.polwithcheck, y.polrelid))
FROM pg_catalog.pg_policy y JOIN pg_catalog.pg_class c ON c.oid = y.polrelid
WHERE c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'subdeck')
UNION ALL
SELECT 'function', p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')', p.proowner,
  pg_catalog.concat_ws(' ', p.prokind, pg_catalog.pg_get_function_result(p.oid), p.prosecdef, p.provolatile, p.proparallel, p.proconfig,
    ${rightsIn("COALESCE(p.proacl, pg_catalog.acldefault('f', p.proowner))")}, (SELECT l.lanname FROM pg_catalog.pg_language l WHERE l.oid = p.prolang), p.prosrc)
FROM pg_catalog.pg_proc p WHERE p.pronamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'subdeck')
UNION ALL
SELECT 'type ' || t.typtype::text, t.typname::text, t.typowner, ''
FROM pg_catalog.pg_type t WHERE t.typnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'subdeck')
UNION ALL
SELECT 'operator', o.oprname::text || ' ' || o.oid::text, o.oprowner, ''
FROM pg_catalog.pg_operator o WHERE o.oprnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'subdeck')
`;

/** A digest of all that the schema consists of, as an expression. Depends on no object id, so a restored store has the same. */
export const catalogueDigest = `(
  SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.string_agg(
    pg_catalog.concat_ws(E'\\t', o.kind, o.name, pg_catalog.pg_get_userbyid(o.owner), o.definition), E'\\n'
    ORDER BY o.kind COLLATE "C", o.name COLLATE "C"), 'UTF8')), 'hex')
  FROM (${objects}) o
)`;

/** What in the schema belongs to somebody else than its owner, at most five. */
export const foreignObjects = `
SELECT o.kind, o.name, pg_catalog.pg_get_userbyid(o.owner) AS owner
FROM (${objects}) o WHERE pg_catalog.pg_get_userbyid(o.owner) <> '${roles.owner}'
ORDER BY o.kind, o.name LIMIT 5`;
