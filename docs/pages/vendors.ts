import { vendors as registered } from '../../src/api/registry.ts';
import { type Vendors, vendorIn } from '../../src/api/vendor-kind.ts';
import { systemClock } from '../../src/app/clock.ts';
import { connectionsOf } from '../../src/app/connections.ts';
import { type AbilityMatrix, abilityMatrix, reasonsOf } from '../../src/commands/ability-matrix.ts';
import { askingSentences } from '../../src/model/setting-source.ts';
import type { SettingDeclaration } from '../../src/model/settings.ts';
import { operations } from '../../src/operations/registry.ts';
import { code, mark, page, table, text } from './markdown.ts';

/** `vendors.md`: what each vendor can do and why not, and what a connection to it takes. */
export async function vendorsPage(vendors: Vendors = registered): Promise<string> {
  const matrix = abilityMatrix(await noConnections(vendors).abilityMatrix());
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
    ...whatProvesChanges,
    ...matrix.vendors.flatMap((vendor) => aboutVendor(matrix, vendor, vendorIn(vendors, vendor.id).settings)),
  ]);
}

const whatProvesChanges: readonly string[] = [
  '',
  '## When a change is done',
  'A good answer alone proves nothing: a change is *done* once the vendor shows it. After each change, and after each lost answer,',
  'Subdeck reads what the vendor shows and compares it with what was asked for and with what was there before.',
  '',
  '- As asked: done.',
  '- As before, or not to be read just now: accepted (exit 0), and followed as a request; with `--wait` until it shows, or exit 10. A vendor that said',
  '  "done" and still shows what was there before after five minutes leaves it to a person: `subdeck journal settle ID` looks again.',
  '- Anything else: unknown (exit 8). It is looked at further, and `subdeck journal settle ID` does so at once.',
  '- A body that reports a failure (`{"success": false}`, an `error`) with a good status: unknown, unless the vendor shows the change all the same.',
  '- What a vendor never shows cannot be compared. Then it is done, and the journal says what was left out.',
  '',
  ...table(
    ['Change', 'What is compared'],
    operations.map(({ id, proof }) => [code(id), text(`${proof.by}.`)]),
  ),
];

const noConnections = (vendors: Vendors) =>
  connectionsOf({
    vendors,
    settings: () => {
      throw new Error('The matrix needs no connection.');
    },
    secretsOf: async () => ({}),
    secretsIn: () => 'keychain',
    offline: () => null,
    writesDenied: () => null,
    clock: systemClock,
    listeners: {},
  });

function aboutVendor(
  matrix: AbilityMatrix,
  { id, title }: AbilityMatrix['vendors'][number],
  settings: readonly SettingDeclaration[],
): readonly string[] {
  return [
    '',
    `## ${title}`,
    '### Why not',
    ...reasonsOf(matrix, id).map(({ titles, reason }) => `- ${text(titles.join(', '))}: ${text(reason)}`),
    '',
    '### Settings',
    `Given as ${code('key=value')} to ${code(`subdeck connection add NAME --vendor ${id}`)}.`,
    '',
    ...table(
      ['Setting', 'What', 'Default'],
      settings.filter(({ secret, kind }) => !secret && kind !== 'assumption').map(settingRow),
    ),
    '',
    '### Secrets',
    `Kept in the system's keychain, or handed over in ${code('SUBDECK_SECRETS_NAME')} as one JSON object.`,
    '',
    ...table(
      ['Secret', 'What'],
      settings.filter(({ secret }) => secret).map((setting) => [code(setting.name), text(askingSentences(setting))]),
    ),
  ];
}

function settingRow(setting: SettingDeclaration): readonly string[] {
  const { name, required, choices, when } = setting;
  const more = [
    choices ? `One of ${choices.map(code).join(', ')}.` : '',
    when ? `Only where ${code(when.setting)} is ${code(when.is)}.` : '',
  ].filter(Boolean);
  const fallback = setting.default === undefined ? (required ? '*required*' : '') : code(setting.default);
  return [code(name), [text(askingSentences(setting)), ...more].join(' '), fallback];
}
