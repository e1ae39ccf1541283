import { type FaultRow, faultRows } from './fault-rows.ts';
import testsByFault from './fault-tests.json' with { type: 'json' };
import type { Part } from './topic.ts';

/** The catalogue of faults. */
export function faultParts(): readonly Part[] {
  return [
    {
      paragraphs: [
        'What vendors, networks, terminals, disks and other programs may do to Subdeck. Each has tests, or a reason why it is left out. The paths are those of the sources.',
        'The results of the stress tests, with counts and seeds, are in `test/torture`: `results.md`, `results-team.md` and `results-hostile.md`.',
      ],
    },
    ...Object.entries(faultRows).map(([title, rows]) => ({
      title,
      table: {
        heads: ['', 'Fault', 'Tests'],
        rows: rows.map((row) => [String(row.number), row.what, testLines(row).join('\n')]),
      },
    })),
  ];
}

const tests: Readonly<Record<string, readonly string[]>> = testsByFault;

function testLines({ number, leftOut }: FaultRow): readonly string[] {
  const lines = [...(leftOut === undefined ? [] : [`left out: ${leftOut}`]), ...(tests[number] ?? [])];
  return lines.length > 0 ? lines : ['no test'];
}
