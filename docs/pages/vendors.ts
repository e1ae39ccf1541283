import { vendors } from '../../src/api/registry.ts';
import { type AbilityMatrix, abilityMatrix, reasonsOf } from '../../src/commands/ability-matrix.ts';
import type { SettingDeclaration } from '../../src/model/settings.ts';
import { connectionsOf } from '../../src/world/connections.ts';
import { systemClock } from '../../src/world/system-clock.ts';
import { code, mark, page, table, text } from './markdown.ts';

/** `vendors.md`: what each vendor can do and why not, and what a connection to it takes. */
export async function vendorsPage(): Promise<string> {
  const matrix = abilityMatrix(await noConnections.abilityMatrix());
  return page([
    '# Vendors',
    mark,
    'What Subdeck can do with each vendor. *yes*: it can. *no*: the vendor cannot, and below stands why. *not yet*: the vendor',
    'documents it, and Subdeck does not do it so far. Where only some connections can, their kind is named.',
    '`subdeck vendors` shows the same, `:vendors` does so in the console.',
    '',
    ...table(
      ['', ...matrix.vendors.map(({ title }) => title)],
      matrix.rows.map(({ title, cells }) => [text(title), ...cells.map(({ said }) => text(said))]),
    ),
    ...matrix.vendors.flatMap((vendor) => aboutVendor(matrix, vendor)),
  ]);
}

const noConnections = connectionsOf({
  settings: () => {
    throw new Error('The matrix needs no connection.');
  },
  secretsOf: async () => ({}),
  offline: () => null,
  writesDenied: () => null,
  clock: systemClock,
  listeners: {},
});

function aboutVendor(matrix: AbilityMatrix, { id, title }: AbilityMatrix['vendors'][number]): readonly string[] {
  const { settings } = vendors[id];
  return [
    '',
    `## ${title}`,
    '### Why not',
    ...reasonsOf(matrix, id).map(({ titles, reason }) => `- ${text(titles.join(', '))}: ${text(reason)}`),
    '',
    '### Settings',
    `Given as ${code('key=value')} to ${code(`subdeck connection add NAME --vendor ${id}`)}.`,
    '',
    ...table(['Setting', 'What', 'Default'], settings.filter(({ secret }) => !secret).map(settingRow)),
    '',
    '### Secrets',
    `Kept in the system's keychain, or handed over in ${code('SUBDECK_SECRETS_NAME')} as one JSON object.`,
    '',
    ...table(
      ['Secret', 'What'],
      settings.filter(({ secret }) => secret).map(({ name, help }) => [code(name), text(help)]),
    ),
  ];
}

function settingRow(setting: SettingDeclaration): readonly string[] {
  const { name, help, required, choices, when } = setting;
  const more = [
    choices ? `One of ${choices.map(code).join(', ')}.` : '',
    when ? `Only where ${code(when.setting)} is ${code(when.is)}.` : '',
  ].filter(Boolean);
  const fallback = setting.default === undefined ? (required ? '*required*' : '') : code(setting.default);
  return [code(name), [text(help), ...more].join(' '), fallback];
}
