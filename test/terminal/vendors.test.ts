import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { closeTerminals, openTerminal } from './terminal.ts';

const homes: string[] = [];
afterEach(() => {
  closeTerminals();
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

test('the help scrolls to its end, and `:vendors` shows the ability matrix', async () => {
  const home = mkdtempSync(join(tmpdir(), 'vendors-'));
  homes.push(home);
  const program = join(import.meta.dirname, '../../bin/subdeck.js');
  const terminal = openTerminal({
    args: [program, 'demo', '--scale', '60'],
    env: { SUBDECK_HOME: home },
    columns: 120,
    rows: 24,
  });
  await terminal.see('anything');
  terminal.press('?');
  await terminal.see('On this screen');
  terminal.press('end');
  await terminal.see(/:vendors\s+what each vendor can do, and why it cannot do the rest/);
  terminal.press('escape');
  await terminal.see((screen) => !screen.includes('╭ Keys'));
  terminal.resize(120, 60);
  terminal.type(':');
  terminal.type('vendors');
  await terminal.see((screen) => screen.includes('what each vendor can do'));
  terminal.press('enter');
  const screen = await terminal.see('Why not at Cloudmore');
  expect(screen).toMatch(/LINEWORKS\s+CLOUDCOCKPIT/);
  expect(screen).toMatch(/upgrade to another offer\s+no\s+no\s+no\s+no\s+not yet/);
});
