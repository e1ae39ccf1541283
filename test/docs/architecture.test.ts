import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const architecture = textOf('docs/architecture.md');

function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Paths in backticks, relative to the root. One with a placeholder is not a file. */
function pathsIn(text: string): readonly string[] {
  const named = /`((?:\.ci|bench|build|dev|docs|lint|src|test)\/[\w./-]*)`/g;
  return [...text.matchAll(named)].map(([, path = '']) => path);
}

test.each(['docs/architecture.md', 'CONTRIBUTING.md'])('every file and folder named in %s exists', (page) => {
  const fromRoot = pathsIn(textOf(page));
  expect(fromRoot.length).toBeGreaterThan(20);
  expect(fromRoot.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('the map lists exactly the folders of src', () => {
  const rows = [...architecture.matchAll(/^\| `(\w+)` \| .* \| `src\/[\w./-]+` \|$/gm)].map(([, folder]) => folder);
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(rows.toSorted()).toEqual(folders.map(({ name }) => name).toSorted());
});

test('every function in a step is in a file named on the same line', () => {
  const lines = architecture.split('\n').filter((line) => /`\w+\(\)`/.test(line));
  expect(lines.length).toBeGreaterThan(20);
  const gone = lines.flatMap((line) => {
    const code = pathsIn(line)
      .filter((path) => /\.tsx?$/.test(path))
      .map(textOf)
      .join('\n');
    const functions = [...line.matchAll(/`(\w+)\(\)`/g)].map(([, name = '']) => name);
    return functions.filter((name) => !new RegExp(`\\b${name}\\b`).test(code)).map((name) => `${name} in: ${line}`);
  });
  expect(gone).toEqual([]);
});

test('every script named in CONTRIBUTING.md is in package.json', () => {
  const { scripts } = JSON.parse(textOf('package.json'));
  const named = [...textOf('CONTRIBUTING.md').matchAll(/\bnpm (?:run ([\w:]+)|(start|test)\b)/g)];
  expect(named.length).toBeGreaterThan(8);
  expect(named.map(([, run, short]) => run ?? short ?? '').filter((name) => !(name in scripts))).toEqual([]);
});
