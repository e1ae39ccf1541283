import type { Words } from '../../src/commands/command.ts';
import { type Schema, schemaOf } from '../../src/commands/json-schema.ts';
import { object } from '../../src/commands/output-shape.ts';
import { faultLineShape } from '../../src/commands/row-shapes.ts';
import { commands } from '../../src/commands/table.ts';

/** The JSON schema of each command's stdout with `--json`, and that of an error line on stderr, by file name in `reference/json`. */
export function outputSchemas(): Readonly<Record<string, object>> {
  return Object.fromEntries([
    ...commands.flatMap(({ id, words }) =>
      words === undefined ? [] : [[schemaFile(id), titled(`subdeck ${id} --json`, outputSchema(words, false))]],
    ),
    ['error.schema.json', titled('an error on stderr with --json', whole(schemaOf(faultLineShape, open)))],
  ]);
}

/** `subscription list` is described in `subscription-list.schema.json`. */
function schemaFile(id: string): string {
  return `${id.replaceAll(' ', '-')}.schema.json`;
}

const open = { isClosed: false, isComplete: true };

/** Of all that a command prints. `isClosed`: with no other field, for tests. */
export function outputSchema({ kind, output, outputAbout }: Words, isClosed: boolean): Schema {
  const strictness = { isClosed, isComplete: true };
  const of = whole(schemaOf(output, strictness));
  if (kind !== 'list') return of;
  const rows: Schema = { type: 'array', items: of };
  if (outputAbout === undefined) return rows;
  const about = whole(schemaOf(object(outputAbout.fields, outputAbout.sometimes), strictness));
  return {
    ...about,
    properties: { ...about.properties, rows },
    required: [...(about.required ?? []), 'rows'],
  };
}

/** What is printed is never null itself. */
function whole(schema: Schema): Schema {
  if (schema.anyOf !== undefined) return { ...schema, anyOf: schema.anyOf.map(whole) };
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null');
  const [first] = types;
  return first === undefined ? schema : { ...schema, type: types.length === 1 ? first : types };
}

function titled(title: string, schema: Schema): object {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...schema };
}
