import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { faultRows } from './fault-rows.ts';
import { code, mark, page, table, text } from './markdown.ts';
import { titlesIn } from './test-titles.ts';

const root = join(import.meta.dirname, '../..');

/** `faults.md`: what can go wrong, and the tests for it, which have `[fault 27]` or `[fault 27, 28]` in their titles. */
export function faultsPage(): string {
  const tests = testsByFault();
  return page([
    '# Faults',
    mark,
    'What vendors, networks, terminals, disks and other programs may do to Subdeck, and the tests for each fault.',
    'The results of the stress tests, with counts and seeds, are in `test/torture`: `results.md`, `results-team.md` and `results-hostile.md`.',
    ...Object.entries(faultRows).flatMap(([title, rows]) => [
      '',
      `## ${title}`,
      '',
      ...table(
        ['', 'Fault', 'State'],
        rows.map(({ number, what, leftOut }) => [
          String(number),
          text(what),
          stateOf(tests.get(number) ?? [], leftOut),
        ]),
      ),
    ]),
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

function stateOf(tests: readonly Named[], leftOut: string | undefined): string {
  const held = tests.map(({ file, name }) => `${code(file)}: ${text(name)}`).join('<br>');
  return (
    [leftOut === undefined ? '' : `*left out*: ${text(leftOut)}`, held].filter(Boolean).join('<br>') || '**no test**'
  );
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
