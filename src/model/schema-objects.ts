/** A row of SQLite's `sqlite_schema`: a table, an index, a view or a trigger. */
export type SchemaObject = Readonly<Record<string, unknown>>;

/** SQLite's statistics tables, which any tool may have created; they affect no results. */
const counts = ['CREATE TABLE sqlite_stat1(tbl,idx,stat)', 'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)'];

/**
 * The differences between a file's schema and Subdeck's. A foreign view or trigger would run foreign code on reads or
 * writes. `ours` may contain several definitions of one name.
 */
export function schemaDifferences(
  found: readonly SchemaObject[],
  ours: readonly SchemaObject[],
): readonly SchemaObject[] {
  const [known, names] = [new Set(ours.map(definition)), new Set(found.map(({ name }) => name))];
  return [
    ...found.filter((object) => !known.has(definition(object)) && !counts.includes(String(object.sql))),
    ...ours.filter(({ name }) => !names.has(name)),
  ];
}

/** A column added later is in the same text, with different white space. */
function definition({ type, name, tbl_name, sql }: SchemaObject): string {
  return JSON.stringify([type, name, tbl_name, typeof sql === 'string' ? sql.replaceAll(/[ \n]/g, '') : sql]);
}
