/** node run.mjs WORKTREE [--fast]: the whole layout change as commits on the worktree's HEAD. --fast leaves out the checks between. */
import { execSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { declarations, git, isText, write, moveDeclarations, moveFiles, read, renameStage, tracked } from './lib.mjs';
import { joins, newPath, splits, stages } from './map.mjs';
import { rules } from './renames.mjs';
import { textStage } from './text-stage.mjs';
import { checkMutants, updateMutants } from './mutants.mjs';
import { documents, hooks } from './hooks.mjs';

const root = path.resolve(process.argv[2]);
const fast = process.argv.includes('--fast') || process.argv.includes('--trial');
let trial = process.argv.includes('--trial');
const began = Date.now();
const note = (...a) => console.log(`[${((Date.now() - began) / 1000).toFixed(0)} s]`, ...a);
const run = (c) => {
  const r = spawnSync('bash', ['-c', c], { cwd: root, encoding: 'utf8' });
  return { ok: r.status === 0, out: r.stdout + r.stderr };
};
let failed = 0;
function commit(title, body, { check = !fast } = {}) {
  if (!trial) run('npx biome check --write . --max-diagnostics=0');
  const lost = checkMutants(root);
  for (const l of lost) note('MUTANT', l);
  if (check) {
    const r = run('npx biome check . --max-diagnostics=20 && npx tsc --noEmit');
    if (!r.ok) { failed += 1; note('CHECK FAILED after', title, '\n', r.out.slice(0, 6000)); }
  }
  git(root, 'add', '-A');
  if (git(root, 'status', '--porcelain') === '') return note('nothing for', title);
  execSync('git commit -q --no-verify -F -', { cwd: root, input: body ? `${title}\n\n${body}\n` : `${title}\n` });
  note('committed', title);
}
if (git(root, 'status', '--porcelain') !== '') throw new Error('the worktree is not clean');

for (const [from, names, to] of splits) {
  const r = moveDeclarations(root, from, names, to);
  if (r) note('SPLIT', r);
}
commit('Give the types of the cache\'s two sides files of their own', 'What only the writing side needs no longer stands in the file of the reading side.');

const seenFiles = new Set(readFileSync(new URL('./known-files.txt', import.meta.url), 'utf8').split('\n'));
const known = new Set();
const composite = new Map();
const newFiles = tracked(root).filter((f) => /^(src|test)\//.test(f) && !seenFiles.has(f));
for (const [i, st] of stages.entries()) {
  const files = tracked(root);
  const moves = new Map(files.map((f) => [f, newPath(st.rules, f)]).filter(([a, b]) => a !== b));
  const exact = new Set(st.rules.map(([a]) => a));
  for (const [a, b] of moves) if (!exact.has(a) && !seenFiles.has(a)) known.add(`${a} → ${b}`);
  const stale = st.rules.filter(([a]) => !a.endsWith('/') && !files.includes(a) && !/sandbox|duplicates|lasting/.test(a)).map(([a]) => a);
  if (stale.length) note('no such file any more:', stale.join(', '));
  for (const [a, b] of moves) composite.set(a, b);
  const targets = new Set();
  for (const b of moves.values()) { if (targets.has(b) || (files.includes(b) && !moves.has(b))) note('TWO FILES AT', b); targets.add(b); }
  hooks[i]?.(root, 'before');
  moveFiles(root, moves);
  hooks.every(root);
  commit(st.title, st.body);
}
for (const [from, to] of joins) {
  if (!tracked(root).includes(from)) { note('JOIN no file', from); continue; }
  const names = declarations(from, read(root, from));
  const r = moveDeclarations(root, from, names, to);
  if (r) note('JOIN', r);
  for (const f of tracked(root)) if (isText(f) && read(root, f).includes(from)) write(root, f, read(root, f).split(from).join(to));
}
commit('Join small files that always travel together', '');
note('files that are new since the map was made (look at where they are now):\n  ' + newFiles.join('\n  '));
note('of those, moved by folder rule alone:\n  ' + [...known].join('\n  '));

const r = renameStage(root, rules, { verify: !process.argv.includes('--no-verify') });
note(`${r.count} identifiers renamed`);
for (const p of r.problems) note('RENAME', p);
updateMutants(root, r.old);
commit('Name things by their standard terms', 'Write requests, caches, column snapshots, scopes, effects, updates and page writers: what an engineer of this field would\nsearch for, instead of private metaphors. Identifiers only; every reference still resolves to the declaration it did before.');

const basenames = new Map();
for (const [a, b] of composite) {
  const [x, y] = [path.posix.basename(a), path.posix.basename(b)];
  if (x !== y) basenames.set(x, basenames.has(x) && basenames.get(x) !== y ? null : y);
}
const still = new Set(tracked(root).map((f) => path.posix.basename(f)));
for (const [x, y] of basenames) if (y === null || still.has(x)) basenames.delete(x);
trial = false;
const n = textStage(root, r.names, basenames);
documents(root);
run('npm run docs');
note(`${n} comments and titles`);
commit('Comments, titles and documents follow the names', '');
run('find src test docs bench -type d -empty -delete');
note('done;', failed, 'checks failed');
