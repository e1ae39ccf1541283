/**
 * What a command prints with `--json`: the row of a list, or the object. Every value may also be null, which is unknown or none.
 * The JSON schemas of docs/reference and those of the assistant's tools are derived from it.
 */
export type OutputShape = 'text' | 'number' | 'switch' | 'any' | ListShape | MapShape | FieldsShape | EitherShape;

interface ListShape {
  readonly listOf: OutputShape;
}

/** By names that differ from case to case. */
interface MapShape {
  readonly mapOf: OutputShape;
}

export interface FieldsShape {
  readonly fields: Readonly<Record<string, OutputShape>>;
  /** Fields that are absent where they say nothing. */
  readonly sometimes: Readonly<Record<string, OutputShape>>;
}

/** One of these, by what was asked for. */
interface EitherShape {
  readonly either: readonly OutputShape[];
}

export function listOf(shape: OutputShape): ListShape {
  return { listOf: shape };
}

export function mapOf(shape: OutputShape): MapShape {
  return { mapOf: shape };
}

export function object(
  fields: Readonly<Record<string, OutputShape>>,
  sometimes: Readonly<Record<string, OutputShape>> = {},
): FieldsShape {
  return { fields, sometimes };
}

export function either(...shapes: readonly OutputShape[]): EitherShape {
  return { either: shapes };
}

/** Texts of these names. */
export function texts<Name extends string>(...names: readonly Name[]): Readonly<Record<Name, 'text'>> {
  return Object.fromEntries(names.map((name) => [name, 'text'])) as Record<Name, 'text'>;
}

export const named = object(texts('id', 'name'));
