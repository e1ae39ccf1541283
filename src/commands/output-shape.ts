/**
 * What a command prints with `--json`: the row of a list, or the object. Every value may also be null, which is unknown or none, and
 * a field may be absent. The schemas of the assistant's tools are derived from it.
 */
export type OutputShape = 'text' | 'number' | 'switch' | 'any' | ListShape | MapShape | FieldsShape;

interface ListShape {
  readonly listOf: OutputShape;
}

/** By names that differ from case to case. */
interface MapShape {
  readonly mapOf: OutputShape;
}

interface FieldsShape {
  readonly fields: Readonly<Record<string, OutputShape>>;
}

export function listOf(shape: OutputShape): ListShape {
  return { listOf: shape };
}

export function mapOf(shape: OutputShape): MapShape {
  return { mapOf: shape };
}

export function object(fields: Readonly<Record<string, OutputShape>>): FieldsShape {
  return { fields };
}

/** Texts of these names. */
export function texts<Name extends string>(...names: readonly Name[]): Readonly<Record<Name, 'text'>> {
  return Object.fromEntries(names.map((name) => [name, 'text'])) as Record<Name, 'text'>;
}

export const named = object(texts('id', 'name'));
