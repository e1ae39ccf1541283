/** A row of SQLite's `sqlite_schema`: a table, an index, a view or a trigger. */
export type SchemaObject = Readonly<Record<string, unknown>>;

/** SQLite's own counts of rows, which any tool may have made; they decide nothing. */
const counts = ['CREATE TABLE sqlite_stat1(tbl,idx,stat)', 'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)'];

/**
 * What a file holds that Subdeck did not make, or made otherwise, and what it lacks. Reading a view or writing past a trigger
 * runs a program of somebody else. `ours` may hold several definitions of one name.
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

/** A column that was added later stands in the same text, with other blanks. */
function definition({ type, name, tbl_name, sql }: SchemaObject): string {
  return JSON.stringify([type, name, tbl_name, typeof sql === 'string' ? sql.replaceAll(/[ \n]/g, '') : sql]);
}
