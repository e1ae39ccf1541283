import { vendors as registered } from '../../src/api/registry.ts';
import { type Vendors, vendorIn } from '../../src/api/vendor-kind.ts';
import { systemClock } from '../../src/app/clock.ts';
import { connectionsOf } from '../../src/app/connections.ts';
import { type AbilityMatrix, abilityMatrix, reasonsOf } from '../../src/commands/ability-matrix.ts';
import { askingSentences } from '../../src/model/setting-source.ts';
import type { SettingDeclaration } from '../../src/model/settings.ts';
import { operations } from '../../src/operations/registry.ts';
import { callLimitLines } from './call-limits.ts';
import { code, mark, page, table, text } from './markdown.ts';

/** `vendors.md`: what each vendor can do and why not, the settings of a connection to it, and how many calls it takes. */
export async function vendorsPage(vendors: Vendors = registered): Promise<string> {
  const matrix = abilityMatrix(await noConnections(vendors).abilityMatrix());
  return page([
    '# Vendors',
    mark,
    'What Subdeck can do with each vendor. *yes*: it can. *no*: the vendor cannot, for the reason given below. *not yet*: the vendor',
    'documents it, but Subdeck does not implement it. If only some connections can, their kind is named.',
    '`subdeck vendors` shows the same, `:vendors` does so in the console.',
    '',
    ...table(
      ['', ...matrix.vendors.map(({ title }) => title)],
      matrix.rows.map(({ title, cells }) => [text(title), ...cells.map(({ said }) => text(said))]),
    ),
    ...whatProvesChanges,
    ...matrix.vendors.flatMap((vendor) => aboutVendor(matrix, vendor, vendorIn(vendors, vendor.id).settings)),
    ...(await callLimitLines(vendors)),
  ]);
}

const whatProvesChanges: readonly string[] = [
  '',
  '## When a change is done',
  'A successful answer alone proves nothing: a change is *done* once the vendor shows it. After each change, and after each lost answer,',
  'Subdeck reads the subscription and compares it with the request and with its previous state.',
  '',
  '- As asked: done.',
  '- Unchanged, or unreadable for now: accepted (exit 0), and followed as a request; with `--wait` until it shows, or exit 10. If a vendor that reported',
  '  "done" still shows the old state after five minutes, a person has to settle it: `subdeck journal settle ID` checks again.',
  '- Anything else: unknown (exit 8). Subdeck keeps polling, and `subdeck journal settle ID` checks at once.',
  '- A body that reports a failure (`{"success": false}`, an `error`) with a successful status: unknown, unless the vendor shows the change anyway.',
  '- What a vendor never shows cannot be compared. The write is then done, and the journal says what was not compared.',
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
    `Pass them as ${code('key=value')} to ${code(`subdeck connection add NAME --vendor ${id}`)}.`,
    '',
    ...table(
      ['Setting', 'What', 'Default'],
      settings.filter(({ secret, kind }) => !secret && kind !== 'assumption').map(settingRow),
    ),
    '',
    '### Secrets',
    `Stored in the system's keychain, or passed in ${code('SUBDECK_SECRETS_NAME')} as one JSON object.`,
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
