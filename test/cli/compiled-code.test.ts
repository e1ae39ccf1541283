import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const source = new URL('../../src/app/compile-cache.ts', import.meta.url).href;
const large = new URL('../../src/commands/table.ts', import.meta.url).href;

function makeHome(hasSettings: boolean): string {
  const home = mkdtempSync(join(tmpdir(), 'subdeck-compiled-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  if (hasSettings) writeFileSync(join(home, 'settings.json'), '{}', { mode: 0o600 });
  return home;
}

/** A program that caches its compiled code and prints its umask at the end. */
function run(home: string): string {
  const program = `process.umask(0); (await import(${JSON.stringify(source)})).keepCompiledCode();
    await import(${JSON.stringify(large)}); process.stdout.write(process.umask().toString(8)); process.exit();`;
  const args = ['--input-type=module', '--eval', program];
  return spawnSync(process.execPath, args, { env: { SUBDECK_HOME: home }, encoding: 'utf8' }).stdout;
}

const modeOf = (path: string) => statSync(path).mode & 0o777;

it('compiled code is cached for this user only, under any umask', () => {
  const home = makeHome(true);
  expect(run(home)).toBe('0');
  const kept = join(home, 'compiled');
  expect(modeOf(kept)).toBe(0o700);
  const entries = readdirSync(kept, { recursive: true, withFileTypes: true });
  expect(entries.filter((entry) => entry.isFile()).length).toBeGreaterThan(0);
  for (const entry of entries) {
    expect(modeOf(join(entry.parentPath, entry.name))).toBe(entry.isDirectory() ? 0o700 : 0o600);
  }
});

it('without settings no file is created', () => {
  const home = makeHome(false);
  expect(run(home)).toBe('0');
  expect(readdirSync(home)).toEqual([]);
});

it('does not use a directory that others can write to', () => {
  const home = makeHome(true);
  const kept = join(home, 'compiled');
  mkdirSync(kept);
  chmodSync(kept, 0o777);
  expect(run(home)).toBe('0');
  expect(readdirSync(kept)).toEqual([]);
  expect(existsSync(join(home, 'settings.json'))).toBe(true);
});
