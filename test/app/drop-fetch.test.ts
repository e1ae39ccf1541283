import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Whether a process that imports Ink, after running `first`, has loaded undici. */
function loadsUndici(first: string): boolean {
  const script = `${first}; await import('ink'); process.stdout.write(String(process.moduleLoadList.some((name) => name.includes('undici/undici'))));`;
  const words = ['--input-type=module', '--eval', script];
  return execFileSync(process.execPath, words, { cwd: import.meta.dirname, encoding: 'utf8' }) === 'true';
}

test('Ink starts without undici once the global fetch is removed', () => {
  const dropFetch = "(await import('../../src/app/drop-fetch.ts')).dropFetch()";
  expect([loadsUndici(''), loadsUndici(dropFetch)]).toEqual([true, false]);
});
