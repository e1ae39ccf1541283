import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowedImports, type FolderRule, restrictedModules } from './allowed-imports.ts';

/** The deepest folder level below `src` with rules; a test fails when the sources go deeper. */
export const deepest = 3;

const everything = '**';
/** Path spellings that leave a folder and return, which patterns of plain paths would miss. */
const detours = [
  './..',
  './**/../**',
  ...Array.from({ length: deepest + 1 }, (_, index) => '../'.repeat(index)).flatMap((up) => [
    `${up}*/**/../**`,
    `!${up}../**`,
  ]),
];

/** The linter's rules for one folder, one override for each depth, since patterns match the path as written. */
function overridesOf(folder: string, { imports, typesOnly = [], packages }: FolderRule): readonly object[] {
  if (imports.includes(everything)) return [];
  const targets = [...imports, ...typesOnly];
  return Array.from({ length: deepest }, (_, index) => {
    const between = '*/'.repeat(index);
    const up = '../'.repeat(index + 1);
    const allowed = targets.map((target) => `!${up}${target}${target.endsWith('.ts') ? '' : '/**'}`);
    return override(
      [`src/${folder}/${between}*.ts`, `src/${folder}/${between}*.tsx`],
      [
        { group: [`${up}**`, ...allowed], message: `${folder} may import ${listed(targets)} and itself.` },
        { group: detours, message: 'Write the shortest path.' },
        {
          group: [
            '*',
            '*/**',
            '!./**',
            '!../**',
            '!node:*',
            '!node:*/**',
            ...restrictedModules,
            ...packages.flatMap((name) => [`!${name}`, `!${name}/**`]),
          ],
          message: `${folder} may use ${listed(packages)}.`,
        },
      ],
    );
  });
}

function override(includes: readonly string[], patterns: readonly object[]): object {
  const noRestrictedImports = { level: 'error', options: { patterns } };
  return { includes, linter: { rules: { style: { noRestrictedImports } } } };
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}

/** The content of `biome.imports.json`. */
export function importRules(): unknown {
  const overrides = Object.entries(allowedImports).flatMap(([folder, rule]) => overridesOf(folder, rule));
  return { overrides };
}

const rulesFile = join(import.meta.dirname, '../biome.imports.json');

/** The committed content, which may be formatted differently. */
export function committedRules(): unknown {
  return JSON.parse(readFileSync(rulesFile, 'utf8'));
}

if (import.meta.main) {
  writeFileSync(rulesFile, `${JSON.stringify(importRules(), null, 2)}\n`);
}
