import { assumeSetting, type Evidence, evidences } from '../../src/api/assumption.ts';
import { vendors as registered } from '../../src/api/registry.ts';
import type { VendorKind, Vendors } from '../../src/api/vendor-kind.ts';
import { code, mark, page, table, text } from './markdown.ts';

/** `reference/assumptions.md`: what the adapters take for granted of each vendor, and how to choose another reading. */
export function assumptionsPage(vendors: Vendors = registered): string {
  return page([
    '# Assumptions',
    mark,
    "The vendors' documents leave much open, and none of the live services was called while Subdeck was written. What it takes for granted",
    'stands here, with what it rests on. `subdeck connection probe NAME` checks what reading alone can check.',
    '',
    'Where Subdeck knows several readings, a setting of the connection chooses one:',
    '`subdeck connection set NAME assume.ID=ALTERNATIVE`; an empty value goes back to the first. The sandbox plays most of them:',
    '`subdeck sandbox --variant ID=ALTERNATIVE`.',
    '',
    ...table(
      ['Evidence', 'What it means'],
      evidences.map((evidence) => [text(evidence), text(meanings[evidence])]),
    ),
    ...[...vendors.values()].flatMap(ofVendor),
  ]);
}

const meanings: Readonly<Record<Evidence, string>> = {
  stated: "the vendor's own pages say it",
  seen: 'somebody else published a client or an answer that shows it',
  likely: 'it follows from what is stated or seen nearby',
  none: 'nothing was found: a guess',
  contradicted: 'sources differ',
};

function ofVendor({ title, assumptions }: VendorKind): readonly string[] {
  return [
    '',
    `## ${title}`,
    ...Object.entries(assumptions).flatMap(([name, { says, evidence, source, alternatives = {} }]) => [
      '',
      `### ${name}`,
      text(says),
      '',
      `Evidence: ${evidence}. ${text(source)}`,
      '',
      ...Object.entries(alternatives).map(([alternative, means], at) => {
        const usual = at === 0 ? ' (unless set)' : '';
        return `- ${code(`${assumeSetting(name)}=${alternative}`)}${usual}: ${text(means)}.`;
      }),
    ]),
  ];
}
