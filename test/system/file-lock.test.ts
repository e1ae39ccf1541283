import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/app/clock.ts';
import { fileLock } from '../../src/system/file-lock.ts';
import { fastClock } from '../fault-server/clocks.ts';

let path = '';
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'subdeck-lock-')), 'state', 'nordic.lock');
});
afterEach(() => rmSync(join(path, '../..'), { recursive: true }));

/** Another process that takes the lock and keeps it. */
async function owner() {
  const take = `
    import { fileLock } from ${JSON.stringify(join(import.meta.dirname, '../../src/system/file-lock.ts'))};
    import { systemClock } from ${JSON.stringify(join(import.meta.dirname, '../../src/app/clock.ts'))};
    await fileLock(${JSON.stringify(path)}, systemClock).take(1000);
    process.stdout.write('taken');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', take], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

test('one process holds it at a time; releasing it removes the file', async () => {
  const lock = fileLock(path, systemClock);
  const first = await lock.take(0);
  expect(await lock.take(0)).toBeNull();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  first?.();
  expect(existsSync(path)).toBe(false);
  const second = await lock.take(0);
  expect(second).not.toBeNull();
  second?.();
});

test('[fault 91] one waiting process takes over the lock of a killed one at once', async () => {
  const child = await owner();
  const lock = fileLock(path, systemClock);
  expect(await lock.take(0)).toBeNull();
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
  const all = await Promise.all([lock.take(0), lock.take(0), lock.take(0)]);
  expect(all.filter((release) => release !== null)).toHaveLength(1);
});

test('[fault 91] never takes the lock of a live or stopped process', async () => {
  const child = await owner();
  child.kill('SIGSTOP');
  expect(await fileLock(path, systemClock).take(200)).toBeNull();
  child.kill('SIGKILL');
});

test('a lock file without an owner belongs to its creator for a while', async () => {
  const lock = fileLock(path, systemClock);
  (await lock.take(0))?.();
  writeFileSync(path, '');
  // A clock that was set ahead makes a new file look old.
  utimesSync(path, 0, 0);
  expect(await lock.take(0)).toBeNull();
  expect(await fileLock(path, fastClock()).take(4000)).toBeNull();
  expect(await fileLock(path, fastClock()).take(10_000)).not.toBeNull();
});

test('continues without a lock if none can be created', async () => {
  await fileLock(path, systemClock).take(0);
  expect(await fileLock(join(path, 'below', 'a', 'file'), systemClock).take(0)).toBeNull();
});
