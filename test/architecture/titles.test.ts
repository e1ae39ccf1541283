import { expect, test } from 'vitest';
import { isNode, lineOf, nodesOf, type SourceFile, type SyntaxNode, sourceFiles } from './syntax.ts';

const longest = 80;

/** The titles of a file's tests and suites that are too long, without the fault numbers before them. */
function longTitles(file: SourceFile): readonly string[] {
  return nodesOf(file).flatMap((node) => {
    const title = titleOf(node)?.replace(/^\[fault [\d, ]+\] /, '') ?? '';
    return title.length > longest ? [`${file.file}:${lineOf(file, node)}: ${title}`] : [];
  });
}

function titleOf(node: SyntaxNode): string | null {
  if (node.type !== 'CallExpression' || !Array.isArray(node.arguments)) return null;
  if (!['describe', 'it', 'test'].includes(calledName(node.callee))) return null;
  const [first]: unknown[] = node.arguments;
  if (!isNode(first)) return null;
  if (first.type === 'Literal' && typeof first.value === 'string') return first.value;
  if (first.type !== 'TemplateLiteral' || !Array.isArray(first.quasis)) return null;
  return first.quasis.map((part) => part.value.cooked).join('…');
}

/** Also `test` of `test.each(rows)`. */
function calledName(callee: unknown): string {
  if (!isNode(callee)) return '';
  if (callee.type === 'Identifier') return String(callee.name);
  return calledName(callee.type === 'MemberExpression' ? callee.object : callee.callee);
}

test('no test title is longer than 80 characters', () => {
  expect(sourceFiles('test', /\.test\.tsx?$/).flatMap(longTitles)).toEqual([]);
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
