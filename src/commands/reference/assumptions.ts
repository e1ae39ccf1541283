import { assumeSetting, type Evidence, evidences } from '../../api/assumption.ts';
import type { VendorKind } from '../setup.ts';
import type { Part, Topic } from './topic.ts';

/** The adapters' assumptions about each vendor, and how to choose another reading. */
export const assumptionsTopic: Topic = {
  word: 'assumptions',
  title: 'Assumptions',
  summary: 'what vendors’ documents leave open, and how to choose another reading',
  inManual: 'named',
  parts: ({ vendors }) => [
    {
      paragraphs: [
        "The vendors' documents leave much open, and no live service was called while Subdeck was written. Its assumptions are listed here with their evidence. `subdeck connection probe NAME` checks what reads can check.",
        'If Subdeck supports several readings, a setting of the connection chooses one: `subdeck connection set NAME assume.ID=ALTERNATIVE`; an empty value restores the first. The sandbox supports most of them: `subdeck sandbox --variant ID=ALTERNATIVE`.',
      ],
      table: {
        heads: ['Evidence', 'What it means'],
        rows: evidences.map((evidence) => [evidence, meanings[evidence]]),
      },
    },
    ...vendors.flatMap(ofVendor),
  ],
};

const meanings: Readonly<Record<Evidence, string>> = {
  stated: "the vendor's own pages say it",
  seen: 'a published client or answer of somebody else shows it',
  likely: 'it follows from related evidence',
  none: 'nothing was found: a guess',
  contradicted: 'sources differ',
};

function ofVendor({ title, assumptions }: VendorKind): readonly Part[] {
  return [
    { title },
    ...Object.entries(assumptions).map(([name, { says, evidence, source, alternatives = {} }]): Part => {
      const readings = Object.entries(alternatives).map(([alternative, means], at) => [
        `\`${assumeSetting(name)}=${alternative}\``,
        `${means}${at === 0 ? ' (unless set)' : ''}`,
      ]);
      return {
        ...{ level: 'sub', title: name, paragraphs: [says, `Evidence: ${evidence}. ${source}`] },
        ...(readings.length > 0 && { table: { heads: ['Setting', 'Reading'], rows: readings } }),
      };
    }),
  ];
}
