import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { needs } from '../setup/needs.ts';
import { hostileTargets } from './hostile-targets.ts';
import type { Mutant, Outcome, Target } from './target.ts';
import { targets as writeTargets } from './targets.ts';
import { teamTargets } from './team-targets.ts';

/**
 * The stress tests: `npm run torture [-- TARGET …]`; `team`, `hostile` and `writes` name all of a kind. Each target first has to detect its mutants, then runs in full. `TORTURE=0.1`
 * runs a tenth; `TORTURE_<NAME>=N` sets N for one target; `TORTURE_SEED` another seed. Writes the results after each target.
 */
const checkout = join(import.meta.dirname, '../..');
const share = Number(process.env.TORTURE ?? 1);
const seed = Number(process.env.TORTURE_SEED ?? 1);
/** Each list of targets has its own results file. */
const tables = [
  { name: 'writes', table: join(import.meta.dirname, 'results.md'), own: writeTargets },
  { name: 'team', table: join(import.meta.dirname, 'results-team.md'), own: teamTargets },
  { name: 'hostile', table: join(import.meta.dirname, 'results-hostile.md'), own: hostileTargets },
];
const targets = tables.flatMap(({ own }) => own);
const chosen = process.argv.slice(2).flatMap((given) => {
  const all = tables.find(({ name }) => name === given)?.own ?? targets.filter(({ name }) => name === given);
  if (all.length === 0) throw new Error(`There is no target "${given}".`);
  return all;
});

interface Result {
  readonly target: Target;
  readonly n: number;
  readonly outcome: Outcome;
  readonly mutants: readonly { readonly name: string; readonly tries: number; readonly faults: number }[];
  readonly seconds: number;
}

function one(root: string, target: Target, n: number, withSeed: number): Outcome {
  const args = [join(root, 'test/torture/one.ts'), target.name, String(n), String(withSeed)];
  const output = execFileSync(process.execPath, args, {
    cwd: root,
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.toString());
}

/** Breaks a copy of the program and returns how many faults the target finds in it. */
function faultsOf(mutant: Mutant, target: Target): number {
  const root = mkdtempSync(join(tmpdir(), 'mutant-'));
  try {
    for (const part of readdirSync(checkout).filter((name) => name !== '.git' && name !== 'node_modules')) {
      cpSync(join(checkout, part), join(root, part), { recursive: true });
    }
    symlinkSync(join(checkout, 'node_modules'), join(root, 'node_modules'));
    for (const { file, find, replace } of mutant.patches) {
      const path = join(root, file);
      const text = readFileSync(path, 'utf8');
      const patched = text.replace(find, replace);
      if (patched === text) throw new Error(`The mutant "${mutant.name}" finds nothing to break in ${file}.`);
      writeFileSync(path, patched);
    }
    if (target.needsProgram === true) execFileSync(process.execPath, ['build.js'], { cwd: root, stdio: 'inherit' });
    return one(root, target, mutant.tries, seed).faults.length;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function countOf(target: Target): number {
  const own = process.env[`TORTURE_${target.name.toUpperCase().replace(/[^A-Z]+/g, '_')}`];
  return own === undefined ? Math.max(1, Math.round(target.full * share)) : Number(own);
}

function run(target: Target): Result {
  const began = performance.now();
  const mutants = target.mutants.map((mutant) => {
    const faults = faultsOf(mutant, target);
    process.stderr.write(`${target.name}: mutant "${mutant.name}": ${faults} faults\n`);
    return { name: mutant.name, tries: mutant.tries, faults };
  });
  const n = countOf(target);
  if (target.needsProgram === true) execFileSync(process.execPath, ['build.js'], { cwd: checkout, stdio: 'inherit' });
  const outcome = one(checkout, target, n, seed);
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stderr.write(`${target.name}: ${outcome.faults.length} faults in ${outcome.n} tries, ${seconds} s\n`);
  for (const fault of outcome.faults.slice(0, 20)) process.stderr.write(`  ${fault}\n`);
  return { target, n: outcome.n, outcome, mutants, seconds };
}

/** Rows of earlier runs are kept, so that one target can be run alone. */
function write(result: Result): void {
  for (const { table, own } of tables) {
    if (!own.includes(result.target)) continue;
    const old = rowsOf(table);
    old.set(result.target.name, rowOf(result));
    const rows = own.flatMap(({ name }) => old.get(name) ?? []);
    writeFileSync(table, `${head()}\n${rows.join('\n')}\n\n${tail(table, own)}\n`);
  }
}

function rowOf({ target, n, outcome, mutants, seconds }: Result): string {
  const today = new Date().toISOString().slice(0, 10);
  const full = Math.min(target.full, outcome.of ?? target.full);
  const missed = mutants.filter(({ faults }) => faults === 0);
  const held = outcome.faults.length === 0 && missed.length === 0;
  const noticed = mutants.map(({ name, tries, faults }) => `${name}: ${faults} in ${tries}`).join('; ');
  const cells = [
    target.name,
    target.promise,
    n < full ? `${n} of ${full}` : String(n),
    String(seed),
    `**${outcome.faults.length}**`,
    held ? 'held' : missed.length > 0 ? 'checker blind' : 'broken',
    noticed,
    outcome.facts.join('; '),
    `${seconds} s`,
    today,
    versions(),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`;
}

function versions(): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: checkout }).toString().trim();
  return `${commit}, Node ${process.versions.node}, SQLite ${process.versions.sqlite ?? '?'}, ${process.platform} ${release()}`;
}

function rowsOf(path: string): Map<string, string> {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    const rows = lines.filter((line) => targets.some(({ name }) => line.startsWith(`| ${name} |`)));
    return new Map(rows.map((row) => [row.split(' | ')[0]?.slice(2) ?? '', row]));
  } catch {
    return new Map();
  }
}

function head(): string {
  const names = [
    'target',
    'promise',
    'N',
    'seed',
    'faults',
    'result',
    'mutants: faults in tries',
    'counted',
    'took',
    'date',
    'versions',
  ];
  return [
    '# Torture results',
    '',
    'Made by `npm run torture`; `npm test` tries a two-hundredth of each, of a team a fiftieth. Every target first had to find faults in its mutants.',
    '',
    `| ${names.join(' | ')} |`,
    `|${names.map(() => ' --- ').join('|')}|`,
  ].join('\n');
}

function tail(table: string, own: readonly Target[]): string {
  return [
    'No fault in N tries bounds the rate only: with 95 % confidence it is below 3 / N.',
    '',
    `Again: \`TORTURE_SEED=${seed} npm run torture\`; one target: \`npm run torture -- "${own[0]?.name}"\` (${relative(checkout, table)} keeps the other rows).`,
  ].join('\n');
}

let broken = false;
for (const target of chosen.length === 0 ? targets : chosen) {
  if (target.needs !== undefined && !needs(target.needs)) continue;
  const result = run(target);
  write(result);
  broken ||= result.outcome.faults.length > 0 || result.mutants.some(({ faults }) => faults === 0);
}
process.exit(broken ? 1 : 0);
