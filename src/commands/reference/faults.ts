import { type FaultRow, faultRows } from './fault-rows.ts';
import type { Part, Topic } from './topic.ts';

/** What may go wrong, by number. The tests of each are on the page alone: the program does not have them. */
export const faultsTopic: Topic = {
  word: 'faults',
  title: 'Faults',
  summary: 'what may go wrong, and what is done about it',
  inManual: 'named',
  parts: () => faultParts('Left out', ({ leftOut = '' }) => leftOut),
};

/** The catalogue with one more column. */
export function faultParts(head: string, stateOf: (row: FaultRow) => string): readonly Part[] {
  return [
    {
      paragraphs: [
        'What vendors, networks, terminals, disks and other programs may do to Subdeck. Each has tests, or a reason why it is left out; docs/reference/faults.md names the tests of each.',
      ],
    },
    ...Object.entries(faultRows).map(([title, rows]) => ({
      title,
      table: {
        heads: ['', 'Fault', head],
        rows: rows.map((row) => [String(row.number), row.what, stateOf(row)]),
      },
    })),
  ];
}
