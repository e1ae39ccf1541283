import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { openAddress } from '../../src/system/open-address.ts';
import { makeConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { connections, subscription } from '../state/rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'subdeck-browser-'));
afterAll(() => rmSync(folder, { recursive: true }));

const address = 'https://portal.example/a%22%3B%20b?x=1&y=$(id)';
const secrets = {
  SUBDECK_SECRETS_NORDIC: '{"password":"hunter2"}',
  AWS_SECRET_ACCESS_KEY: 'hunter2',
  API_TOKEN: 'hunter2',
};

/** A browser that records its arguments and its environment. */
function browser(name: string, status = 0) {
  const [command, record] = [join(folder, name), join(folder, `${name}.record`)];
  writeFileSync(command, `#!/bin/sh\n{ printf '%s\\n' "$@"; echo --; env; } > "${record}"\nexit ${status}\n`);
  chmodSync(command, 0o700);
  return { command, recorded: () => readFileSync(record, 'utf8').split('--\n') };
}

async function opened(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = 'linux') {
  const found = await openAddress(address, { env: { PATH: process.env.PATH, ...env }, platform });
  return found.kind === 'opened' ? await found.ended : found.why;
}

test('BROWSER gets the address as one argument, and no secret', async () => {
  const { command, recorded } = browser('plain');
  expect(await opened({ BROWSER: command, LANG: 'C', ...secrets })).toBe(null);
  const [args, environment = ''] = recorded();
  expect(args).toBe(`${address}\n`);
  expect(environment).toContain('LANG=C');
  expect(environment).not.toContain('hunter2');
});

test('BROWSER may have arguments, a place for the address, and several commands', async () => {
  const { command, recorded } = browser('with arguments');
  expect(await opened({ BROWSER: `/no/such:"${command}" --new %s --last` })).toBe(null);
  expect(recorded()[0]).toBe(`--new\n${address}\n--last\n`);
  expect(await opened({ BROWSER: '/no/such' })).toBe('The command /no/such was not found.');
  expect(await opened({ BROWSER: 'none' })).toBe('BROWSER is none.');
  expect(await opened({ BROWSER: browser('failing', 3).command })).toBe('It ended with status 3.');
});

test('without BROWSER, no program starts on a remote terminal or without a display', async () => {
  expect(await opened({ SSH_TTY: '/dev/pts/1', DISPLAY: ':0' })).toBe('This terminal is on a remote machine.');
  expect(await opened({})).toBe('There is no display here.');
});

test.each([
  ['linux', 'xdg-open', { DISPLAY: ':0' }],
  ['darwin', 'open', {}],
  ['win32', 'rundll32.exe', {}],
] as const)('on %s the address goes to %s', async (platform, name, env) => {
  const { recorded } = browser(name);
  expect(await opened({ PATH: `${folder}:${process.env.PATH}`, ...env }, platform)).toBe(null);
  expect(recorded()[0]?.trimEnd().split('\n').at(-1)).toBe(address);
});

test('O opens the portal of the row under the cursor, shows its address and copies it', async () => {
  const [nordic, other] = connections;
  if (nordic === undefined) throw new Error('There is no connection.');
  const list = [
    {
      ...nordic,
      portal: ({ organization, subscription: id }: { organization: string | null; subscription: string | null }) =>
        id === null ? { no: `There is no page of ${organization}.` } : { address: `https://portal.example/${id}` },
    },
    ...(other === undefined ? [] : [other]),
  ];
  const console = makeConsole(makeFixture([subscription({ id: 'sub-1' })], list));
  const { command, recorded } = browser('console');
  const before = process.env.BROWSER;
  process.env.BROWSER = command;
  try {
    console.type('O');
    expect(console.state().status?.text).toBe('There is no page of null.');
    console.type('SO');
    await console.until(({ overlay }) => overlay?.kind === 'notice');
    expect(console.overlay()).toMatchObject({
      text: 'https://portal.example/sub-1 It is opened in the browser; c copies the address.',
    });
    console.type('c');
    await console.until(({ status }) => status?.text.startsWith('The address copied') === true);
    // The console does not wait for the browser.
    await vi.waitFor(() => expect(recorded()[0]).toBe('https://portal.example/sub-1\n'), 20_000);
  } finally {
    if (before === undefined) delete process.env.BROWSER;
    else process.env.BROWSER = before;
    console.stop();
  }
});
