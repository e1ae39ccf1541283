import type { SettingDeclaration } from '../model/settings.ts';
import type { VendorId } from '../model/vendor.ts';
import { fileShape } from './shape.ts';

/** A JSON schema, as much of it as the settings use. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: { readonly pattern: string };
  readonly additionalProperties?: boolean | JsonSchema;
}

/**
 * The JSON schema of `settings.json`: for editors, and the source of `subdeck help settings`. Derived from what the file is
 * checked with, and from the vendors' declarations. The program checks more than a schema can say.
 */
export function settingsSchema(declarations: ReadonlyMap<VendorId, readonly SettingDeclaration[]>) {
  const { properties = {}, ...file } = schemaOf(fileShape([...declarations.keys()]) as unknown as Shape);
  const connections: JsonSchema = {
    ...properties.connections,
    propertyNames: { pattern: '^[a-z0-9][a-z0-9_-]*$' },
    additionalProperties: {
      oneOf: [...declarations].map(([vendor, declared]) => connectionSchema(vendor, declared)),
    },
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Settings of Subdeck',
    ...file,
    properties: { ...properties, connections },
  } satisfies JsonSchema & { readonly $schema: string; readonly title: string };
}

/** A valibot schema, by the properties that its kinds have. */
interface Shape {
  readonly type: string;
  readonly pipe?: readonly Action[];
  readonly wrapped?: Shape;
  readonly default?: unknown;
  readonly entries?: Readonly<Record<string, Shape>>;
  /** Of a list of words, or of a choice of schemas. */
  readonly options?: readonly unknown[];
  readonly item?: Shape;
  readonly value?: Shape;
}

interface Action {
  readonly type: string;
  readonly requirement?: unknown;
  readonly description?: string;
}

function schemaOf(shape: Shape): JsonSchema {
  const schema = { ...bareSchema(shape) };
  for (const { type, requirement, description } of shape.pipe ?? []) {
    if (type === 'min_value' && typeof requirement === 'number') Object.assign(schema, { minimum: requirement });
    if (type === 'safe_integer') Object.assign(schema, { type: 'integer' });
    if (description !== undefined) Object.assign(schema, { description });
  }
  return schema;
}

/** Throws for a kind of schema that no setting has had so far. */
function bareSchema(shape: Shape): JsonSchema {
  const { type, wrapped, options = [], item, value, entries = {} } = shape;
  switch (type) {
    case 'string':
    case 'number':
    case 'boolean':
      return { type };
    case 'picklist':
      return { enum: options };
    case 'union':
      return { anyOf: (options as readonly Shape[]).map(schemaOf) };
    case 'array':
      return { type, ...(item === undefined ? {} : { items: schemaOf(item) }) };
    case 'record':
      return { type: 'object', ...(value === undefined ? {} : { additionalProperties: schemaOf(value) }) };
    case 'loose_object':
    case 'strict_object': {
      const required = Object.keys(entries).filter((name) => entries[name]?.type !== 'optional');
      return {
        type: 'object',
        properties: Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, schemaOf(entry)])),
        ...(required.length > 0 ? { required } : {}),
        ...(type === 'strict_object' ? { additionalProperties: false } : {}),
      };
    }
    case 'nullable': {
      const inner = wrapped === undefined ? {} : schemaOf(wrapped);
      return { ...inner, type: [inner.type ?? [], 'null'].flat() };
    }
    case 'optional':
      return { ...(wrapped === undefined ? {} : schemaOf(wrapped)), ...defaultOf(shape) };
    default:
      throw new Error(`No JSON schema is known for ${type}.`);
  }
}

/** Of an object whose parts have defaults of their own, none is said. */
function defaultOf({ default: usual }: Shape): JsonSchema {
  return usual === undefined || (typeof usual === 'object' && usual !== null) ? {} : { default: usual };
}

function connectionSchema(vendor: VendorId, declared: readonly SettingDeclaration[]): JsonSchema {
  const properties = declared
    .filter(({ secret }) => !secret)
    .map(({ name, help, choices, range, default: usual }): [string, JsonSchema] => [
      name,
      {
        ...(range ? { type: ['integer', 'string'], minimum: range.least, maximum: range.most } : { type: 'string' }),
        description: help,
        ...(choices ? { enum: choices } : {}),
        ...(usual === undefined ? {} : { default: usual }),
      },
    ]);
  return {
    type: 'object',
    required: ['vendor'],
    properties: {
      vendor: { const: vendor },
      settings: { type: 'object', additionalProperties: false, properties: Object.fromEntries(properties) },
    },
  };
}
