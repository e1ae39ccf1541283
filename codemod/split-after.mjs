/** node split-after.mjs WORKTREE FROM TO NAME…: moves declarations on a tree that has the new layout already. */
import { moveDeclarations } from './lib.mjs';
const [root, from, to, ...names] = process.argv.slice(2);
console.log(moveDeclarations(root, from, names, to) ?? 'done: now biome check --write, npm run check');
