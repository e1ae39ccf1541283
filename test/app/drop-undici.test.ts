import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Whether a process that imports `name`, after running `first`, has loaded undici. */
function loadsUndici(name: string, first: string): boolean {
  const script = `${first}; await import('${name}'); process.stdout.write(String(process.moduleLoadList.some((name) => name.includes('undici/undici'))));`;
  const words = ['--input-type=module', '--eval', script];
  return execFileSync(process.execPath, words, { cwd: import.meta.dirname, encoding: 'utf8' }) === 'true';
}

test.each(['ink', 'got'])('%s starts without undici once its ways to it are removed', (name) => {
  const drop = "(await import('../../src/app/drop-undici.ts')).dropUndici()";
  expect([loadsUndici(name, ''), loadsUndici(name, drop)]).toEqual([true, false]);
});
