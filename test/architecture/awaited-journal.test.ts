import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calls } from '../fault-server/late-journal.ts';

const root = join(import.meta.dirname, '../..');
const file = 'src/writes/planted.ts';
const names = Object.keys(calls);
const firstCall = 4;

let copy: string;
let refused: readonly number[];

/** A function for each writing call of the journal, three lines each; the call is on the second. */
function planted(wait: '' | 'await '): string {
  const functions = names.map((name) => {
    const given = `given: Parameters<Journal['${name}']>`;
    return `export async function ${name}Of(journal: Journal, ${given}): Promise<void> {\n  ${wait}journal.${name}(...given);\n}\n`;
  });
  return `import type { Journal } from '../journal/journal.ts';\n\n${functions.join('')}`;
}

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'awaited-'));
  for (const part of ['biome.json', 'biome.imports.json', 'src/model', 'src/journal/journal.ts'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  mkdirSync(join(copy, 'src/writes'));
  refused = refusedIn(planted(''));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

test.each(names)('the linter refuses a call of %s without await', (name) => {
  expect(refused).toContain(firstCall + 3 * names.indexOf(name));
});

test('the linter accepts awaited calls of the journal', () => {
  expect(refusedIn(planted('await '))).toEqual([]);
});

/** The lines in which the linter reports a promise without await. */
function refusedIn(text: string): readonly number[] {
  writeFileSync(join(copy, file), text);
  const args = ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none', file];
  let report = '';
  try {
    report = execFileSync(join(root, 'node_modules/.bin/biome'), args, { cwd: copy, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    report = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
  }
  return [...report.matchAll(/noFloatingPromises[^\n]*?line=(\d+)/g)].map(([, line]) => Number(line));
}
