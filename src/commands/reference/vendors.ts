import { askingSentences } from '../../model/setting-source.ts';
import type { SettingDeclaration } from '../../model/settings.ts';
import { operations } from '../../operations/registry.ts';
import { type AbilityMatrix, abilityMatrix, reasonsOf } from '../ability-matrix.ts';
import type { VendorKind } from '../setup.ts';
import type { Part, Topic } from './topic.ts';

/** What each vendor can do and why not, the settings of a connection to it, and how many calls it takes. */
export const vendorsTopic: Topic = {
  word: 'vendors',
  title: 'Vendors',
  summary: 'what Subdeck can do at each vendor, its settings, and how many calls it takes',
  inManual: 'named',
  parts: async ({ vendors, abilities }) => {
    const matrix = abilityMatrix(await abilities());
    return [
      {
        paragraphs: [
          'What Subdeck can do with each vendor. `yes`: it can. `no`: the vendor cannot, for the reason given below. `not yet`: the vendor documents it, but Subdeck does not implement it. If only some connections can, their kind is named. `subdeck vendors` shows the same, `:vendors` does so in the console.',
        ],
        table: {
          heads: ['', ...matrix.vendors.map(({ title }) => title)],
          rows: matrix.rows.map(({ title, cells }) => [title, ...cells.map(({ said }) => said)]),
        },
      },
      {
        title: 'When a change is done',
        paragraphs: [
          'A successful answer alone proves nothing: a change is `done` once the vendor shows it. After each change, and after each lost answer, Subdeck reads the subscription and compares it with the request and with its previous state.',
        ],
        table: { heads: ['What the vendor shows', 'What the change is'], rows: verdicts },
      },
      {
        table: {
          heads: ['Change', 'What is compared'],
          rows: operations.map(({ id, proof }) => [`\`${id}\``, `${proof.by}.`]),
        },
      },
      ...vendors.flatMap((vendor) => ofVendor(vendor, matrix)),
      // What was measured is loaded for this topic alone.
      ...(await import('./call-limits.ts')).callLimitParts(vendors),
    ];
  },
};

const verdicts: readonly (readonly [string, string])[] = [
  ['as asked', 'Done.'],
  [
    'unchanged, or unreadable for now',
    'Accepted (exit 0), and followed as a request; with `--wait` until it shows, or exit 10. If a vendor that reported "done" still shows the old state after five minutes, a person has to settle it: `subdeck journal settle ID` checks again.',
  ],
  ['anything else', 'Unknown (exit 8). Subdeck keeps polling, and `subdeck journal settle ID` checks at once.'],
  [
    'a failure in a successful answer',
    'A body that reports a failure (`{"success": false}`, an `error`) with a successful status: unknown, unless the vendor shows the change anyway.',
  ],
  ['nothing of it, ever', 'It cannot be compared. The write is then done, and the journal says what was not compared.'],
];

function ofVendor({ id, title, declarations }: VendorKind, matrix: AbilityMatrix): readonly Part[] {
  const settings = declarations.filter(({ secret, kind }) => !secret && kind !== 'assumption');
  const secrets = declarations.filter(({ secret }) => secret);
  return [
    { title },
    {
      ...{ level: 'sub', title: 'Why not' },
      table: {
        heads: ['What it cannot', 'Why'],
        rows: reasonsOf(matrix, id).map(({ titles, reason }) => [titles.join(', '), reason]),
      },
    },
    {
      ...{ level: 'sub', title: 'Settings' },
      paragraphs: [`Pass them as \`key=value\` to \`${['subdeck connection add NAME --vendor', id].join(' ')}\`.`],
      table: { heads: ['Setting', 'Default', 'What'], rows: settings.map(settingRow) },
    },
    {
      ...{ level: 'sub', title: 'Secrets' },
      paragraphs: ["Stored in the system's keychain, or passed in `SUBDECK_SECRETS_NAME` as one JSON object."],
      table: {
        heads: ['Secret', 'What'],
        rows: secrets.map((setting) => [`\`${setting.name}\``, askingSentences(setting)]),
      },
    },
  ];
}

function settingRow(setting: SettingDeclaration): readonly string[] {
  const { name, required, choices, when } = setting;
  const more = [
    choices ? `One of ${choices.map((choice) => `\`${choice}\``).join(', ')}.` : '',
    when ? `Only where \`${when.setting}\` is \`${when.is}\`.` : '',
  ].filter(Boolean);
  const usual = setting.default === undefined ? (required ? 'required' : '') : `\`${setting.default}\``;
  return [`\`${name}\``, usual, [askingSentences(setting), ...more].join(' ')];
}
