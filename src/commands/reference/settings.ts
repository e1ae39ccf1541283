import { type JsonSchema, settingsSchema } from '../../config/json-schema.ts';
import type { SettingDeclaration } from '../../model/settings.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Part, Topic } from './topic.ts';

/** Every setting, from the schema that `settings.json` is checked with, and what the vendors declare. */
export const settingsTopic: Topic = {
  word: 'settings',
  title: 'Settings',
  summary: 'freshFor and every other setting',
  inManual: 'whole',
  parts({ vendors }) {
    const { properties } = settingsSchema(new Map(vendors.map(({ id, declarations }) => [id, declarations])));
    return [
      {
        paragraphs: [
          '`settings.json` is in the directory that `SUBDECK_HOME` names; without it on Linux in `~/.config/subdeck`, on macOS in `~/Library/Application Support/subdeck`, on Windows in `%APPDATA%\\subdeck`. `subdeck doctor` shows where. No file, or no key in it: the default. What is wrong is said with its line and column, and then nothing is changed.',
          'Whenever Subdeck saves settings, it writes their JSON schema beside them, as `settings.schema.json`, which `$schema` names: editors complete and check the file with it, without a network.',
        ],
        example: [
          '{',
          '  "$schema": "./settings.schema.json",',
          '  "freshFor": 600,',
          '  "readOnly": true,',
          '  "keys": {"sort": "ctrl+s"},',
          '  "connections": {',
          `    "nordic": {"vendor": "${vendors[0]?.id}", "settings": {"title": "Nordic"}}`,
          '  }',
          '}',
        ],
      },
      {
        title: 'Of Subdeck',
        table: { heads: ['Setting', 'Values', 'What it does'], rows: rowsOf(properties, '') },
      },
      {
        title: 'Of every connection',
        paragraphs: [
          'Below `connections.NAME.settings`; `subdeck connection set NAME key=value` changes them. A name is small letters, digits, `-` and `_`. Secrets are not settings: they are in the keychain.',
        ],
        table: { heads: ['Setting', 'What it does'], rows: sharedBy(vendors).map(declaredRow) },
      },
      ...vendors.map(
        ({ id, title, declarations }): Part => ({
          title: `Of a connection to ${title}`,
          paragraphs: [
            `\`subdeck help connection add ${shellWord(id)}\` also says where the vendor shows each, and names the secrets.`,
          ],
          table: {
            heads: ['Setting', 'What it does'],
            rows: declarations.filter((one) => isAsked(one) && !isShared(one, vendors)).map(declaredRow),
          },
        }),
      ),
      {
        paragraphs: [
          'Beside these, `assume.ID=ALTERNATIVE` chooses another reading of what a vendor’s documents leave open; `subdeck connection probe NAME` and `subdeck help assumptions` list them.',
        ],
      },
    ];
  },
};

/** An object's own settings have rows of their own, by their paths. */
function rowsOf(properties: Readonly<Record<string, JsonSchema>>, prefix: string): readonly (readonly string[])[] {
  return Object.entries(properties).flatMap(([name, schema]) => [
    [`\`${prefix}${name}\``, valuesOf(schema), meaningOf(schema)],
    ...rowsOf(schema.properties ?? {}, `${prefix}${name}.`),
  ]);
}

function valuesOf({ enum: choices, type, minimum }: JsonSchema): string {
  if (choices !== undefined) return choices.map((choice) => `\`${JSON.stringify(choice)}\``).join(' ');
  const said = [type ?? []].flat().map((one) => typeWords[one] ?? one);
  return `${said.join(' or ')}${minimum === undefined ? '' : `, at least ${minimum}`}`;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: '`true` `false`',
  integer: 'whole number',
  null: '`null`',
};

function meaningOf({ description = '', default: usual }: JsonSchema): string {
  return usual === undefined ? description : `${description} Default: \`${JSON.stringify(usual)}\`.`;
}

type Declaring = { readonly declarations: readonly SettingDeclaration[] };

/** A choice of an assumption is nobody's to type, and a secret is no setting. */
function isAsked({ secret, kind }: SettingDeclaration): boolean {
  return !secret && kind !== 'assumption';
}

function isShared({ name, help }: SettingDeclaration, vendors: readonly Declaring[]): boolean {
  return vendors.every(({ declarations }) => declarations.some((one) => one.name === name && one.help === help));
}

function sharedBy(vendors: readonly Declaring[]): readonly SettingDeclaration[] {
  return (vendors[0]?.declarations ?? []).filter((one) => isAsked(one) && isShared(one, vendors));
}

function declaredRow({ name, help, choices, default: usual, when, required }: SettingDeclaration): readonly string[] {
  const more = [
    choices === undefined ? null : `One of ${choices.map((choice) => `\`${choice}\``).join(', ')}.`,
    usual === undefined ? null : `Default: \`${usual}\`.`,
    when === undefined ? null : `Only with \`${when.setting}=${when.is}\`.`,
    required && usual === undefined ? 'Required.' : null,
  ];
  return [`\`${name}\``, [help, ...more.filter((part) => part !== null)].join(' ')];
}
