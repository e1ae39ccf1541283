import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { faultRows } from './fault-rows.ts';
import { code, mark, page, table, text } from './markdown.ts';

const root = join(import.meta.dirname, '../..');

/** `faults.md`: what can go wrong, and the tests for it, which have `[fault 27]` or `[fault 27, 28]` in their titles. */
export function faultsPage(): string {
  const tests = testsByFault();
  return page([
    '# Faults',
    mark,
    'What vendors, networks, terminals, disks and other programs may do to Subdeck, and the tests for each fault.',
    'The results of the stress tests, with counts and seeds, are in `test/torture/results.md` and `test/torture/results-hostile.md`.',
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

/** A title in any quotes that begins with the numbers. */
const named = /(['"`])\[fault ([\d, ]+)\] (.*?)(?<!\\)\1/g;

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
    .filter((entry) => entry.isFile() && /\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of files) {
    for (const [, , numbers = '', name = ''] of readFileSync(path, 'utf8').matchAll(named)) {
      for (const number of numbers.split(',').map(Number)) {
        found.set(number, [...(found.get(number) ?? []), { file: relative(root, path), name }]);
      }
    }
  }
  return found;
}
