import type { OutputShape } from '../commands/output-shape.ts';

/** A JSON schema, as much of it as the tools use. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
}

/** Of a value with this shape. `isClosed`: fields that the shape does not name are refused, for tests. */
export function schemaOf(shape: OutputShape, isClosed = false): Schema {
  if (shape === 'any') return {};
  if (shape === 'text') return { type: ['string', 'null'] };
  if (shape === 'number') return { type: ['number', 'null'] };
  if (shape === 'switch') return { type: ['boolean', 'null'] };
  if ('listOf' in shape) return { type: ['array', 'null'], items: schemaOf(shape.listOf, isClosed) };
  if ('mapOf' in shape) return { type: ['object', 'null'], additionalProperties: schemaOf(shape.mapOf, isClosed) };
  const properties = Object.entries(shape.fields).map(([name, of]) => [name, schemaOf(of, isClosed)] as const);
  return {
    type: ['object', 'null'],
    properties: Object.fromEntries(properties),
    ...(isClosed ? { additionalProperties: false } : {}),
  };
}
