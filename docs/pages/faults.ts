import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type FaultRow, faultRows } from '../../src/commands/reference/fault-rows.ts';
import { faultParts, faultsTopic } from '../../src/commands/reference/faults.ts';
import { titlesIn } from './test-titles.ts';
import { topicPage } from './topic.ts';

const root = join(import.meta.dirname, '../..');

/** `faults.md`: the topic, with the tests for each, which have `[fault 27]` or `[fault 27, 28]` in their titles. */
export async function faultsPage(): Promise<string> {
  const tests = testsByFault();
  const stateOf = ({ number, leftOut }: FaultRow) => statesOf(tests.get(number) ?? [], leftOut).join('\n');
  return topicPage(faultsTopic, [
    {
      paragraphs: [
        'The results of the stress tests, with counts and seeds, are in `test/torture`: `results.md`, `results-team.md` and `results-hostile.md`.',
      ],
    },
    ...faultParts('State', stateOf),
  ]);
}

/** The numbers without a test and without a reason for leaving them out. */
export function unheldFaults(): readonly number[] {
  const tests = testsByFault();
  const rows = Object.values(faultRows).flat();
  return rows.flatMap(({ number, leftOut }) => (leftOut === undefined && !tests.has(number) ? [number] : []));
}

/** The fault numbers before a title. */
const tag = /^\[fault ([\d, ]+)\] /;

interface Named {
  readonly file: string;
  readonly name: string;
}

function statesOf(tests: readonly Named[], leftOut: string | undefined): readonly string[] {
  const held = tests.map(({ file, name }) => `\`${file}\`: ${name}`);
  const states = [...(leftOut === undefined ? [] : [`*left out*: ${leftOut}`]), ...held];
  return states.length > 0 ? states : ['**no test**'];
}

function testsByFault(): ReadonlyMap<number, readonly Named[]> {
  const found = new Map<number, Named[]>();
  const files = readdirSync(join(root, 'test'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of files) {
    const source = readFileSync(path, 'utf8');
    if (!source.includes('[fault ')) continue;
    const file = relative(root, path);
    for (const { titles } of titlesIn(source, file)) {
      const [, numbers = ''] = tag.exec(titles.at(-1) ?? '') ?? [];
      const name = titles
        .map((title) => title.replace(tag, ''))
        .filter((title) => !/^(?:%\w|\$\w+)$/.test(title))
        .join(' > ');
      for (const number of numbers.split(',').filter(Boolean).map(Number)) {
        found.set(number, [...(found.get(number) ?? []), { file, name }]);
      }
    }
  }
  return found;
}
