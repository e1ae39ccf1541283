import type { OutputShape } from './output-shape.ts';

/** A JSON schema, as much of it as outputs and the tools of assistants use. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
}

interface Strictness {
  /** Fields that the shape does not name are refused: for tests, since a later version may add some. */
  readonly isClosed: boolean;
  /** Fields must be there. */
  readonly isComplete: boolean;
}

/** Of a value with this shape. */
export function schemaOf(shape: OutputShape, strictness: Strictness): Schema {
  const of = (inner: OutputShape) => schemaOf(inner, strictness);
  if (shape === 'any') return {};
  if (shape === 'text') return { type: ['string', 'null'] };
  if (shape === 'number') return { type: ['number', 'null'] };
  if (shape === 'switch') return { type: ['boolean', 'null'] };
  if ('listOf' in shape) return { type: ['array', 'null'], items: of(shape.listOf) };
  if ('mapOf' in shape) return { type: ['object', 'null'], additionalProperties: of(shape.mapOf) };
  if ('either' in shape) return { anyOf: shape.either.map(of) };
  const { fields, sometimes } = shape;
  const properties = Object.entries({ ...fields, ...sometimes }).map(([name, inner]) => [name, of(inner)] as const);
  return {
    type: ['object', 'null'],
    properties: Object.fromEntries(properties),
    ...(strictness.isComplete ? { required: Object.keys(fields) } : {}),
    ...(strictness.isClosed ? { additionalProperties: false } : {}),
  };
}
