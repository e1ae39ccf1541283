import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { program } from './demo.ts';
import { closeTerminals, openTerminal } from './terminal.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'first-run-'));
});
afterEach(() => {
  closeTerminals();
  rmSync(home, { recursive: true, force: true });
});

function opened(...args: string[]) {
  const env = { SUBDECK_HOME: home, SUBDECK_OFFLINE: '1', SUBDECK_SECRETS_OWN: '{"apiToken":"t"}' };
  return openTerminal({ args: [program, ...args], env, columns: 80, rows: 24 });
}

const settings = () => JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'));

test('without a connection the console says how to add one and opens on it', async () => {
  const terminal = opened();
  await terminal.see('add yours with :connection add');
  await terminal.see('anything');
  terminal.press(':');
  terminal.type('connection add');
  await terminal.see(/▌ connection add/);
  terminal.press('enter');
  await terminal.see('Vendor (number or name):');
  terminal.type('9\r');
  await terminal.see('There is no such vendor.');
  terminal.type('3\r');
  await terminal.see(/Name of the connection .*\[vmware\]:/);
  terminal.type('Own\r');
  await terminal.see('"Own" is not a valid connection name.');
  terminal.type('own\r');
  await terminal.see('orgId:');
  terminal.type('org-1\r');
  await terminal.see('subdeck connection test own tests it');
  expect(settings().connections).toEqual({ own: { vendor: 'vmware', settings: { orgId: 'org-1' } } });
  terminal.press('enter');
  await terminal.see((screen) => screen.includes('Sellers') && screen.includes('offline'));
  expect(terminal.lines().join('\n')).not.toContain('no connection yet');
  terminal.press('q');
  expect(await terminal.exited).toMatchObject({ code: 0 });
});

test('the command asks too, and a cancelled one saves nothing', async () => {
  const terminal = opened('connection', 'add', 'own', '--vendor', 'cloudmore', 'username=u');
  await terminal.see('level, seller or reseller:');
  terminal.type('broker\r');
  await terminal.see('level must be one of seller, reseller.');
  terminal.type('reseller\r');
  await terminal.see('resellerId:');
  terminal.press('ctrl+c');
  expect(await terminal.exited).toMatchObject({ code: 130 });
  expect(settings).toThrow('ENOENT');
});

test('in plain lines the demo reports new events and accepts the same commands', async () => {
  const env = { SUBDECK_HOME: home, SUBDECK_SECRETS_OWN: '{"apiToken":"t"}' };
  const terminal = openTerminal({
    args: [program, 'demo', '--scale', '60', '--screen-reader'],
    env,
    columns: 200,
    rows: 60,
  });
  await terminal.see('demo: made-up data');
  await terminal.see(/Sellers: 1 to 7 of 7|Reading is complete: 7 rows/);
  terminal.type(':connection add own --vendor vmware\r');
  await terminal.see('orgId is missing.');
  terminal.type(':connection add own\r');
  await terminal.see('Vendor (number or name):');
  terminal.type('vmware\r');
  await terminal.see('orgId:');
  terminal.type('org-1\r');
  await terminal.see('Enter opens the console.');
  expect(settings().connections).toEqual({ own: { vendor: 'vmware', settings: { orgId: 'org-1' } } });
  terminal.press('ctrl+c');
  expect(await terminal.exited).toMatchObject({ code: 130 });
});
