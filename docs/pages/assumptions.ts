import { assumeSetting, type Evidence, evidences } from '../../src/api/assumption.ts';
import { vendors as registered } from '../../src/api/registry.ts';
import type { VendorKind, Vendors } from '../../src/api/vendor-kind.ts';
import { code, mark, page, table, text } from './markdown.ts';

/** `reference/assumptions.md`: the adapters' assumptions about each vendor, and how to choose another reading. */
export function assumptionsPage(vendors: Vendors = registered): string {
  return page([
    '# Assumptions',
    mark,
    "The vendors' documents leave much open, and no live service was called while Subdeck was written. Its assumptions are",
    'listed here with their evidence. `subdeck connection probe NAME` checks what reads can check.',
    '',
    'If Subdeck supports several readings, a setting of the connection chooses one:',
    '`subdeck connection set NAME assume.ID=ALTERNATIVE`; an empty value restores the first. The sandbox supports most of them:',
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
  seen: 'a published client or answer of somebody else shows it',
  likely: 'it follows from related evidence',
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
