import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the bundle is made from, in a checkout. */
const sources = ['src', 'build', 'build.js', 'package.json'];

/** Whether something that the bundle is made from changed, came or went since it was built; true where there is none. */
export function isStale(root) {
  const built = changedAt(join(root, 'dist/main.js'));
  return built === null || sources.some((name) => isNewer(join(root, name), built));
}

/** A directory is as new as the last file that came or went in it. */
function isNewer(path, built) {
  const found = statSync(path);
  if (found.mtimeMs > built) return true;
  return found.isDirectory() && readdirSync(path).some((name) => isNewer(join(path, name), built));
}

function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
