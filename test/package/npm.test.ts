import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pack } from '../../build/release/artefacts.ts';
import { needs, notRun } from '../setup/needs.ts';
import { closeTerminals } from '../terminal/terminal.ts';
import { useEveryDay } from './everyday-use.ts';
import { newestNode, otherNode } from './nodes.ts';

const system = '/usr/local/bin:/usr/bin:/bin';
const platform = `${process.platform}-${process.arch}`;
if (platform !== 'linux-x64') notRun('Linux on x64');

let directory: string;
let tarball: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'subdeck-npm-'));
  tarball = join(directory, await pack(directory));
});
afterAll(() => {
  closeTerminals();
  rmSync(directory, { recursive: true, force: true });
});

/** Installs as a stranger does: an empty home without npm's cache. */
function install(nodes: string, prefix: string) {
  const home = mkdtempSync(join(directory, 'home-'));
  const words = ['install', '--global', '--prefix', prefix, '--no-update-notifier', tarball];
  const env = { ...process.env, HOME: home, npm_config_cache: join(home, 'cache'), PATH: `${nodes}:${system}` };
  return spawnSync('npm', words, { encoding: 'utf8', env });
}

test('publint finds nothing to say about the package', () => {
  const { status, stdout } = spawnSync('npm', ['run', 'lint:package', '--silent', '--', tarball], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('All good!') });
});

describe.runIf(platform === 'linux-x64' && needs('gnome-keyring')).each([
  ['the first Node that is promised', () => otherNode('first')],
  ['the newest Node', () => newestNode],
])('on %s', (_, nodeOf) => {
  let nodes: string;
  let prefix: string;
  beforeAll(() => {
    nodes = nodeOf();
    prefix = mkdtempSync(join(directory, 'prefix-'));
  });

  test('npm installs at most 8 MB without a warning, licenses included', () => {
    const { status, stderr } = install(nodes, prefix);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const installed = join(prefix, 'lib/node_modules');
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' }).map((name) =>
      statSync(join(installed, name)),
    );
    const bytes = files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
    expect(bytes).toBeLessThanOrEqual(8_000_000);
    expect(readFileSync(join(installed, 'subdeck/dist/THIRD-PARTY-LICENSES'), 'utf8')).toContain('\nreact ');
  });

  test('runs the console, workers and the keychain', () =>
    useEveryDay(join(prefix, 'bin/subdeck'), `${nodes}:${system}`));

  test('where Node 20 comes first on the PATH it says one sentence and exits 2', () => {
    const env = { PATH: `${otherNode('too-old')}:${system}` };
    const { status, stdout, stderr } = spawnSync(join(prefix, 'bin/subdeck'), ['help'], { encoding: 'utf8', env });
    expect({ status, stdout, stderr }).toEqual({
      ...{ status: 2, stdout: '' },
      stderr: expect.stringMatching(/^subdeck: this is Node 20\.[\d.]+, and Subdeck needs Node 24 or later\..*\n$/),
    });
  });
});
