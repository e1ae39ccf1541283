import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { faultRows } from '../../src/commands/reference/fault-rows.ts';
import { titlesIn } from './test-titles.ts';

const root = join(import.meta.dirname, '../..');

/** The tests of each fault, by its number: those with `[fault 27]` or `[fault 27, 28]` in their titles. The program has this list, without the tests. */
export function faultTests(): Readonly<Record<string, readonly string[]>> {
  const numbers = [...testsByFault()].sort(([one], [other]) => one - other);
  return Object.fromEntries(
    numbers.map(([number, tests]) => [number, tests.map(({ file, name }) => `\`${file}\`: ${name}`)]),
  );
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
