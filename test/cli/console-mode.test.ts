import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeTerminals, openTerminal } from '../terminal/terminal.ts';

const program = join(import.meta.dirname, '../../bin/subdeck.js');
let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'subdeck-mode-'));
});
afterEach(() => {
  closeTerminals();
  rmSync(home, { recursive: true });
});

test.each([
  [['demo', '--scale', '200'], /demo/],
  [[], /no connection yet/],
])('subdeck %j opens on the sandbox, says so and leaves no files', async (args, banner) => {
  const env = { SUBDECK_HOME: join(home, 'deck'), TMPDIR: home };
  const terminal = openTerminal({ args: [program, ...args], env });
  await terminal.see(banner);
  await terminal.see(/Cloudmore/i);
  expect(readdirSync(home).some((name) => name.startsWith('subdeck-demo-'))).toBe(true);
  terminal.press('q');
  expect((await terminal.exited).code).toBe(0);
  expect(readdirSync(home).filter((name) => name.startsWith('subdeck-demo-'))).toEqual([]);
  expect(existsSync(join(home, 'deck', 'settings.json'))).toBe(false);
});
