import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allowedImports } from '../../lint/allowed-imports.ts';
import { committedRules, deepest, importRules } from '../../lint/generate.ts';

const root = join(import.meta.dirname, '../..');
const folders = Object.keys(allowedImports);
const packages = [...new Set(Object.values(allowedImports).flatMap((rule) => rule.packages))].filter(
  (name) => name !== '**',
);

interface Planted {
  /** `FILE:LINE` */
  readonly place: string;
  readonly source: string;
  readonly allowed: boolean;
}

/** One import for every ordered pair of folders and every pair of folder and package, at each depth: a file for each folder and depth. */
const planted: readonly Planted[] = folders.flatMap((folder) =>
  ['', 'inner/', 'inner/inner/'].flatMap((inner) => {
    const up = '../'.repeat(inner.split('/').length);
    const { imports, typesOnly = [], packages: usable } = allowedImports[folder] ?? { imports: [], packages: [] };
    const free = imports.includes('**');
    const mayImport = (target: string) => free || [...imports, ...typesOnly].includes(target);
    const lines = [
      ...folders
        .filter((other) => other !== folder)
        .map((other) => ({ source: `${up}${other}/planted.ts`, allowed: mayImport(other) })),
      { source: `${up}main.ts`, allowed: free },
      ...(folder === 'api'
        ? []
        : [{ source: `${up}api/contract.ts`, allowed: mayImport('api') || mayImport('api/contract.ts') }]),
      ...packages.map((name) => ({ source: name, allowed: usable.includes('**') || usable.includes(name) })),
      { source: './inner/../../app/planted.ts', allowed: free },
    ];
    return lines.map((line, at) => ({ ...line, place: `src/${folder}/${inner}planted-imports.ts:${at + 1}` }));
  }),
);

/** Other ways to write a forbidden import. */
const forms: readonly (readonly [string, string])[] = [
  ['export-from', "export { planted } from '../app/planted.ts';"],
  ['export-all', "export * from '../app/planted.ts';"],
  ['type-only', "import type { Planted } from '../app/planted.ts';\n\nexport type Fine = Planted;"],
  ['dynamic', "export const planted = () => import('../app/planted.ts');"],
  ['for-effect', "import '../app/planted.ts';"],
];

let copy: string;
let refused: ReadonlySet<string>;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'imports-'));
  for (const name of ['biome.json', 'biome.imports.json']) cpSync(join(root, name), join(copy, name));
  for (const { place, source } of planted) {
    const file = join(copy, place.replace(/:\d+$/, ''));
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, `export { planted as planted${place.replaceAll(/\W/g, '_')} } from '${source}';\n`);
  }
  for (const [form, text] of forms) writeFileSync(join(copy, `src/model/by-${form}.ts`), `${text}\n`);
  refused = refusedIn(copy);
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('the committed rules are those the table generates', () => {
  expect(committedRules()).toEqual(importRules());
});

test('every folder of src is in the table', () => {
  const found = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((each) => each.isDirectory());
  expect(found.map(({ name }) => name).filter((name) => !folders.includes(name))).toEqual([]);
});

test('no folder is deeper than the rules cover', () => {
  const depths = sources().map((file) => file.split('/').length - 2);
  expect(Math.max(...depths)).toBeLessThanOrEqual(deepest);
});

describe.each(folders)('%s', (folder) => {
  const own = planted.filter(({ place }) => place.startsWith(`src/${folder}/`));
  test('allows the imports in the table and no others', () => {
    const wrong = own.filter(({ place, allowed }) => refused.has(place) === allowed);
    expect(wrong.map(({ place, source }) => `${place}: ${source}`)).toEqual([]);
  });
});

test.each(forms)('refuses a forbidden import in the form %s', (form) => {
  expect(refused).toContain(`src/model/by-${form}.ts:1`);
});

test('a folder imported for its types only is not loaded at run time', () => {
  const loaded = Object.entries(allowedImports).flatMap(([folder, { imports, typesOnly = [] }]) =>
    sources()
      .filter((file) => file.startsWith(`src/${folder}/`))
      .flatMap((file) => {
        const text = readFileSync(join(root, file), 'utf8');
        const values = [...text.matchAll(/^(?:import|export) (?!type )[^;]*from '(?:\.\.\/)+([^']+)'/gm)];
        return values
          .map(([, path = '']) => path)
          .filter((path) => !imports.includes(path) && typesOnly.some((target) => path.startsWith(`${target}/`)))
          .map((path) => `${file}: ${path}`);
      }),
  );
  expect(loaded).toEqual([]);
});

function sources(): readonly string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `src/${file}`);
}

/** `FILE:LINE` of each import that the linter refuses. */
function refusedIn(folder: string): ReadonlySet<string> {
  const biome = join(root, 'node_modules/.bin/biome');
  let report: string;
  try {
    const options = ['--vcs-enabled=false', '--only=style/noRestrictedImports', '--reporter=json'];
    report = execFileSync(biome, ['lint', ...options, '--max-diagnostics=none', '.'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    report = (error as { stdout: string }).stdout;
  }
  const { diagnostics } = JSON.parse(report) as {
    diagnostics: { category: string; location: { path: string; start: { line: number } } }[];
  };
  return new Set(
    diagnostics
      .filter(({ category }) => category === 'lint/style/noRestrictedImports')
      .map(({ location: { path, start } }) => `${path}:${start.line}`),
  );
}
