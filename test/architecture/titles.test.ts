import { expect, test } from 'vitest';
import { titlesIn } from '../../docs/pages/test-titles.ts';
import { type SourceFile, sourceFiles } from './syntax.ts';

const longest = 80;

/** The titles of a file's tests and suites that are too long, without the numbers of faults and rules before them. */
function longTitles({ file, source }: SourceFile): readonly string[] {
  return titlesIn(source, file).flatMap(({ titles, line }) => {
    const title = titles.at(-1)?.replace(/^\[(?:fault|rules?) [\d, ]+\] /, '') ?? '';
    return title.length > longest ? [`${file}:${line}: ${title}`] : [];
  });
}

test('no test title is longer than 80 characters', () => {
  expect(sourceFiles('test').flatMap(longTitles)).toEqual([]);
});

test('finds a title of 81 characters in any form of test', () => {
  const [long, fine, tag] = ['x'.repeat(81), 'x'.repeat(80), '[fault 1, 2]'];
  const source = [
    `test('${long}', () => {});`,
    `describe.each(rows)('${long}', () => {`,
    `  it.skipIf(true).each([1])(`,
    `    \`${tag} ${long}\`,`,
    `    () => {},`,
    `  );`,
    `  test('${tag} ${fine}', () => {});`,
    `});`,
  ].join('\n');
  expect(longTitles({ file: 'a.test.ts', source }).map((each) => each.slice(0, 12))).toEqual([
    'a.test.ts:1:',
    'a.test.ts:2:',
    'a.test.ts:3:',
  ]);
});
