import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The sources of the bundle, in a checkout. */
const sources = ['src', 'build', 'build.js', 'package.json'];

/** Whether a source was changed, added or removed since the bundle was built; true without a bundle. */
export function isStale(root) {
  const built = changedAt(join(root, 'dist/main.js'));
  return built === null || sources.some((name) => isNewer(join(root, name), built));
}

/** A directory is as new as the last file added to or removed from it. */
function isNewer(path, built) {
  const found = statSync(path);
  if (found.mtimeMs > built) return true;
  return found.isDirectory() && readdirSync(path).some((name) => isNewer(join(path, name), built));
}

function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
