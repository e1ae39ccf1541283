import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/app/clock.ts';
import { elapsed, type Instant } from '../../src/model/instant.ts';

const file = join(import.meta.dirname, '../../src/app/clock.ts');
const ask = `import { systemClock } from ${JSON.stringify(file)}; process.stdout.write(JSON.stringify(systemClock.instant()));`;

test('two processes on one computer use the same clock', () => {
  const before = systemClock.instant();
  const other: Instant = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module-typescript', '-e', ask]).toString(),
  );
  const [there, back] = [elapsed(before, other), elapsed(other, systemClock.instant())];
  expect(there).toBeGreaterThan(0);
  expect(back).toBeGreaterThanOrEqual(0);
});

test.runIf(process.platform === 'linux')('on Linux it is the boot clock of the kernel', () => {
  const { boot } = systemClock.instant();
  expect(boot.id).toBe(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const seconds = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
  expect(Math.abs(seconds * 1000 - boot.ms)).toBeLessThan(1000);
});
