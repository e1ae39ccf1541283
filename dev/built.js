import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isStale } from './is-stale.js';

/** Ends this process where the packages are not installed; `then`: what to run after that. */
export function demandInstalled(root, then) {
  if (existsSync(join(root, 'node_modules'))) return;
  process.stderr.write(`subdeck: nothing is installed in this checkout yet. Run npm ci, then ${then}.\n`);
  process.exit(1);
}

/** Builds where a source is newer than the bundle; ends this process where that fails. */
export function buildIfStale(root) {
  if (!isStale(root)) return;
  process.stderr.write('subdeck: building, since a source is newer than the bundle.\n');
  // Standard output belongs to the program.
  const { status } = spawnSync(process.execPath, ['build.js'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  process.stderr.write('subdeck: the build failed, so nothing was started.\n');
  process.exit(1);
}
