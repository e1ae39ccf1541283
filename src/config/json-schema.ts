import { csvSeparators } from '../model/csv-separator.ts';
import { usualGuard } from '../model/guard.ts';
import { refreshSettings, type SettingDeclaration } from '../model/settings.ts';
import type { VendorId } from '../model/vendor.ts';

/** The JSON Schema of `settings.json` for editors. The program checks more than the schema. */
export function settingsSchema(declarations: ReadonlyMap<VendorId, readonly SettingDeclaration[]>): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Settings of Subdeck',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      freshFor: {
        type: 'number',
        minimum: 0,
        default: 300,
        description: 'Age in seconds after which a list is read again.',
      },
      refresh: {
        enum: [...refreshSettings],
        default: 'auto',
        description: 'Refresh stale data on screen automatically.',
      },
      readOnly: { type: 'boolean', default: false, description: 'Refuse every write.' },
      offline: { type: 'boolean', default: false, description: 'Use the cache only; make no network calls.' },
      armMinutes: {
        type: ['number', 'null'],
        minimum: 0,
        default: null,
        description: 'Minutes that write mode stays armed. Null: always.',
      },
      guard: {
        type: 'object',
        additionalProperties: false,
        description: 'A quantity that changes by more than this factor, and by at least so many seats, is typed again.',
        properties: {
          factor: { type: 'number', minimum: 1, default: usualGuard.factor },
          seats: { type: 'integer', minimum: 0, default: usualGuard.seats },
        },
      },
      keys: {
        type: 'object',
        additionalProperties: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
        description: 'Your own keys for commands of the console.',
      },
      theme: {
        type: 'object',
        properties: {
          contrast: { enum: ['normal', 'high'] },
          marks: { enum: ['unicode', 'ascii'], description: 'Default: what the locale can display.' },
          ambiguous: {
            enum: ['narrow', 'wide'],
            default: 'narrow',
            description:
              'Wide: the terminal draws characters such as … ● ▌ → two cells wide. Marks and borders are ASCII then.',
          },
          spinner: { type: 'boolean' },
          mouse: {
            type: 'boolean',
            default: true,
            description: 'Use the mouse in the console. False: leave it to the terminal.',
          },
          screenReader: { type: 'boolean', default: false, description: 'Plain lines for screen readers.' },
          background: { enum: ['dark', 'light'], description: 'Default: what the terminal reports.' },
        },
      },
      csv: {
        type: 'object',
        properties: {
          separator: { enum: [...csvSeparators], description: 'Separator of --excel. Default: that of the locale.' },
        },
      },
      team: {
        type: 'object',
        additionalProperties: false,
        required: ['url', 'as'],
        description: "The team's store; subdeck team join sets it.",
        properties: {
          url: { type: 'string', description: 'postgres://user@host:port/database?sslmode=…, without a password.' },
          as: { type: 'string', description: "The member's name." },
        },
      },
      connections: {
        type: 'object',
        propertyNames: { pattern: '^[a-z0-9][a-z0-9_-]*$' },
        additionalProperties: {
          oneOf: [...declarations].map(([vendor, declared]) => connectionSchema(vendor, declared)),
        },
      },
    },
  };
}

function connectionSchema(vendor: VendorId, declared: readonly SettingDeclaration[]): object {
  const properties = declared
    .filter(({ secret }) => !secret)
    .map(({ name, help, choices, range, default: fallback }) => [
      name,
      {
        ...(range ? { type: ['integer', 'string'], minimum: range.least, maximum: range.most } : { type: 'string' }),
        description: help,
        ...(choices ? { enum: choices } : {}),
        ...(fallback === undefined ? {} : { default: fallback }),
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
