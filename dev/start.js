// `npm start`: builds if a source is newer than the bundle, then runs the program in this process.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isStale } from './is-stale.js';

const root = join(import.meta.dirname, '..');

if (!existsSync(join(root, 'node_modules'))) {
  process.stderr.write('subdeck: nothing is installed in this checkout yet. Run npm ci, then npm start.\n');
  process.exit(1);
}
if (isStale(root)) {
  process.stderr.write('subdeck: building, since a source is newer than the bundle.\n');
  // Standard output belongs to the program.
  const { status } = spawnSync(process.execPath, ['build.js'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.stderr.write('subdeck: the build failed, so nothing was started.\n');
    process.exit(1);
  }
}
await import('../bin/subdeck.js');
