import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** Imports that the import rules must refuse, planted one a file in a copy of its rules. */
const refused = [
  ['src/screens/planted.tsx', '../api/registry.ts'],
  ['src/screens/parts/planted.tsx', '../../query/open-cache.ts'],
  ['src/screens/planted2.tsx', 'got'],
  ['src/cli/planted.ts', '../screens/frame.tsx'],
  ['src/cli/planted2.ts', 'ink'],
  ['src/cli/planted3.ts', '../state/console-store.ts'],
  ['src/commands/planted.ts', '../api/registry.ts'],
  ['src/commands/planted2.ts', 'react'],
  ['src/writes/planted.ts', '../api/http/write-client.ts'],
  ['src/store/planted.ts', '../api/registry.ts'],
  ['src/journal/planted.ts', '../query/open-cache.ts'],
  ['src/api/planted.ts', '../query/cache-reader.ts'],
  ['src/api/cloudmore/planted.ts', 'node:sqlite'],
  ['src/model/planted.ts', '../api/contract.ts'],
  ['src/sandbox/planted.ts', '../api/contract.ts'],
  ['src/sandbox/cloudmore/planted.ts', '../../api/cloudmore/wire.ts'],
  ['src/state/planted.ts', '../screens/frame.tsx'],
  ['src/commands/planted3.ts', '../app/open-app.ts'],
  ['src/today/planted.ts', '../writes/receipt.ts'],
  ['src/today/planted2.ts', '../query/open-cache.ts'],
  ['src/writes/planted2.ts', '../today/today.ts'],
] as const;

const allowed = [
  ['src/screens/fine.tsx', '../api/contract.ts'],
  ['src/store/fine.ts', '../api/contract.ts'],
  ['src/api/cloudmore/fine.ts', '../text.ts'],
  ['src/store/fine2.ts', 'node:sqlite'],
  ['src/screens/fine2.tsx', 'ink'],
  ['src/today/fine.ts', '../query/cache-reader.ts'],
  ['src/commands/fine.ts', '../today/today.ts'],
] as const;

let directory: string;
let found: Map<string, string[]>;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'imports-'));
  cpSync('biome.json', join(directory, 'biome.json'));
  for (const [file, source] of [...refused, ...allowed]) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), `import { planted } from '${source}';\n\nexport const fine = planted;\n`);
  }
  found = lint(directory);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test.each(refused)('%s may not import %s', (file) => {
  expect(found.get(file)).toEqual(['lint/style/noRestrictedImports']);
});

test.each(allowed)('%s may import %s', (file) => {
  expect(found.get(file)).toBeUndefined();
});

/** Each file's diagnostics, by rule. */
function lint(folder: string): Map<string, string[]> {
  const biome = join(import.meta.dirname, '../../node_modules/.bin/biome');
  let report: string;
  try {
    report = execFileSync(biome, ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    report = (error as { stdout: string }).stdout;
  }
  const byFile = new Map<string, string[]>();
  const { diagnostics } = JSON.parse(report) as {
    diagnostics: { category: string; location: { path: string | { file: string } } }[];
  };
  for (const { category, location } of diagnostics) {
    const file = typeof location.path === 'string' ? location.path : location.path.file;
    byFile.set(file, [...(byFile.get(file) ?? []), category]);
  }
  return byFile;
}
