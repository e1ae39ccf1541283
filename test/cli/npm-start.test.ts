import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import own from '../../package.json' with { type: 'json' };
import { type OwnCheckout, ownCheckout } from '../setup/own-checkout.ts';

describe('npm start', () => {
  let checkout: OwnCheckout;
  beforeAll(() => {
    checkout = ownCheckout();
    utimesSync(bundle(), new Date(), new Date());
  });
  afterAll(() => checkout.remove());

  const bundle = () => join(checkout.path, 'dist/main.js');
  const versionFile = () => join(checkout.path, 'src/version.ts');

  function start() {
    const { status, stdout, stderr } = spawnSync('npm', ['start', '--silent', '--', '--version'], {
      cwd: checkout.path,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  test('runs the existing bundle if no source is newer', () => {
    const before = statSync(bundle()).ino;
    expect(start()).toEqual({ status: 0, stdout: `${own.version}\n`, stderr: '' });
    expect(statSync(bundle()).ino).toBe(before);
  });

  test('rebuilds once a source is newer and leaves stdout to the program', () => {
    writeFileSync(versionFile(), readFileSync(versionFile(), 'utf8').replace('own.version', '"changed"'));
    expect(start()).toMatchObject({ status: 0, stdout: 'changed\n', stderr: expect.stringContaining('building') });
    expect(start()).toEqual({ status: 0, stdout: 'changed\n', stderr: '' });
  });

  test('starts nothing and says so if the build fails', () => {
    appendFileSync(versionFile(), 'const = ;\n');
    const { status, stdout, stderr } = start();
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('the build failed, so nothing was started');
  });
});

describe('a bundle is stale', () => {
  const [before, built, after] = [1_000, 2_000, 3_000];
  const folders = ['src', 'src/inner', 'build', 'dist'];
  const files = ['src/main.ts', 'src/inner/deep.ts', 'build/bundle.js', 'build.js', 'package.json'];
  let isStale: (root: string) => boolean;
  let root: string;
  beforeAll(async () => {
    ({ isStale } = await import(join(import.meta.dirname, '../../dev/is-stale.js')));
  });
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'subdeck-stale-'));
    for (const name of folders) mkdirSync(join(root, name));
    for (const name of [...files, 'dist/main.js']) writeFileSync(join(root, name), '');
    for (const name of [...files, ...folders]) touch(name, before);
    touch('dist/main.js', built);
    return () => rmSync(root, { recursive: true, force: true });
  });

  function touch(name: string, seconds: number): void {
    utimesSync(join(root, name), seconds, seconds);
  }

  test('not if everything is older', () => {
    expect(isStale(root)).toBe(false);
  });

  test.each(files)('if %s is newer', (file) => {
    touch(file, after);
    expect(isStale(root)).toBe(true);
  });

  test('if a source is missing', () => {
    rmSync(join(root, 'src/inner/deep.ts'));
    expect(isStale(root)).toBe(true);
  });

  test('if there is no bundle', () => {
    rmSync(join(root, 'dist'), { recursive: true });
    expect(isStale(root)).toBe(true);
  });
});
