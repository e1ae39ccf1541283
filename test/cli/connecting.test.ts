import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SecretService, startSecretService } from '../secrets/secret-service.ts';
import { needs } from '../setup/needs.ts';
import { runBuilt, runHere } from './run-program.ts';

const secret = 'c4n4ry-p4ss';
let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'subdeck-connecting-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const say = (stdin: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runBuilt(args, { PATH: process.env.PATH ?? '', HOME: home, SUBDECK_HOME: home, ...env }, stdin);

/** For refusals that come before any keychain access: this process may have a real keychain. */
const sayHere = (stdin: string, args: readonly string[]) => runHere(args, { HOME: home, SUBDECK_HOME: home }, stdin);

const add = ['connection', 'add', 'navi', '--vendor', 'vmware', 'orgId=org-1'];
const settings = () => JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'));

test('saves a connection without asking', async () => {
  const { code, stdout } = await say('', [...add, 'baseUrl=https://no-such-host.invalid', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    name: 'navi',
    vendor: 'vmware',
    settings: { orgId: 'org-1', baseUrl: 'https://no-such-host.invalid' },
    secrets: 'missing',
  });
  expect(settings().connections.navi).toEqual({
    vendor: 'vmware',
    settings: { orgId: 'org-1', baseUrl: 'https://no-such-host.invalid' },
  });
});

describe('refuses a bad connection completely', () => {
  test.each<[readonly string[], string]>([
    [['connection', 'add', 'Navi', '--vendor', 'vmware', 'orgId=1'], 'is not a valid connection name'],
    [['connection', 'add', 'navi', '--vendor', 'acme'], 'There is no vendor "acme". Use one of cloudmore, interworks'],
    [['connection', 'add', 'navi', 'orgId=1'], '--vendor is missing. Use one of cloudmore, interworks'],
    [['connection', 'add', 'navi', '--vendor', 'vmware'], 'also needs orgId=…'],
    [['connection', 'add', 'navi', '--vendor', 'vmware', 'orgId=1', 'org=2'], 'org is not a setting of this vendor'],
    [['connection', 'add', 'navi', '--vendor', 'vmware', 'orgId=1', 'apiToken=x'], 'apiToken is a secret'],
    [['connection', 'add', 'navi', '--vendor', 'vmware', 'orgId=1', 'baseUrl=http://example.com'], 'https://'],
    [['connection', 'add', 'navi', '--vendor', 'vmware', 'orgId=1', 'title=A\u202eB'], 'The setting title contains'],
    [['connection', 'add', 'navi', '--vendor', 'cloudmore', 'level=boss'], 'level must be one of seller, reseller'],
  ])('%j', async (line, message) => {
    const { code, stderr } = await sayHere('', line);
    expect(code, stderr).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync(join(home, 'settings.json'))).toBe(false);
  });

  test.each(['', 'not json', '[]', '{"apiTokn":"x"}', '{"apiToken":1}', '{"apiToken":""}', '{}'])(
    'secrets %j',
    async (stdin) => {
      const { code } = await sayHere(stdin, [...add, '--secrets-stdin']);
      expect(code).toBe(2);
      expect(existsSync(join(home, 'settings.json'))).toBe(false);
    },
  );
});

test('exits 2 for a name that is taken or would share a variable', async () => {
  await say('', ['connection', 'add', 'my-box', '--vendor', 'vmware', 'orgId=1']);
  expect((await say('', ['connection', 'add', 'my-box', '--vendor', 'vmware', 'orgId=2'])).code).toBe(2);
  const twin = await say('', ['connection', 'add', 'my_box', '--vendor', 'vmware', 'orgId=2']);
  expect(twin.code).toBe(2);
  expect(twin.stderr).toContain('SUBDECK_SECRETS_MY_BOX');
  expect(settings().connections).toEqual({ 'my-box': { vendor: 'vmware', settings: { orgId: '1' } } });
});

test('[fault 1] without a keychain it saves the settings, names the variable and exits 9', async () => {
  const { code, stdout, stderr } = await say(`{"apiToken":"${secret}"}`, [...add, '--secrets-stdin', '--json']);
  expect(code).toBe(9);
  expect(stderr).toContain('SUBDECK_SECRETS_NAVI');
  expect(JSON.parse(stdout)).toMatchObject({ name: 'navi', secrets: 'missing' });
  expect(stdout + stderr).not.toContain(secret);
  for (const name of readdirSync(home)) expect(readFileSync(join(home, name), 'utf8')).not.toContain(secret);
});

test('with an access token only the settings that choose the data are required', async () => {
  const env = { SUBDECK_SECRETS_CM: '{"accessToken":"t"}' };
  const line = ['connection', 'add', 'cm', '--vendor', 'cloudmore', 'level=seller', 'sellerId=s'];
  expect((await say('', line)).code).toBe(2);
  expect((await say('', line, env)).code).toBe(0);
  const { stdout } = await say('', ['connection', 'list', '--json'], env);
  expect(JSON.parse(stdout)).toMatchObject([{ name: 'cm', secrets: 'environment' }]);
});

test('changes single settings; an empty value removes one', async () => {
  await say('', [...add, 'title=Old']);
  const { code } = await say('', ['connection', 'set', 'navi', 'orgId=org-2', 'title=']);
  expect(code).toBe(0);
  expect(settings().connections.navi.settings).toEqual({ orgId: 'org-2' });
  expect((await say('', ['connection', 'set', 'nope', 'orgId=1'])).code).toBe(3);
});

describe.runIf(needs('gnome-keyring'))('with a real keychain', () => {
  let service: SecretService;
  beforeEach(async () => {
    service = await startSecretService('unlocked');
  });
  afterEach(() => service.stop());

  test('keeps secrets there and nowhere else, and removes them with the connection', async () => {
    const env = { ...service.env, HOME: home };
    const added = await say(`{"apiToken":"${secret}"}`, [...add, '--secrets-stdin', '--json'], env);
    expect(added.code, added.stderr).toBe(0);
    expect(JSON.parse(added.stdout)).toMatchObject({ secrets: 'keychain' });
    for (const name of readdirSync(home)) expect(readFileSync(join(home, name), 'utf8')).not.toContain(secret);
    const wins = await say('', ['connection', 'list', '--json'], { ...env, SUBDECK_SECRETS_NAVI: '{"apiToken":"e"}' });
    expect(JSON.parse(wins.stdout)).toMatchObject([{ secrets: 'environment' }]);
    const removed = await say('', ['connection', 'remove', 'navi'], env);
    expect(removed.code, removed.stderr).toBe(0);
    await say('', add, env);
    const list = await say('', ['connection', 'list', '--json'], env);
    expect(JSON.parse(list.stdout)).toMatchObject([{ name: 'navi', secrets: 'missing' }]);
  });

  test('[fault 3] exits 4 and says that the keychain is locked', async () => {
    const env = { ...service.env, HOME: home };
    await say(`{"apiToken":"${secret}"}`, [...add, 'baseUrl=http://127.0.0.1:9', '--secrets-stdin'], env);
    await service.lock();
    const { code, stderr } = await say('', ['sync'], env);
    expect(code).toBe(4);
    expect(stderr).toContain('The keychain is locked.');
  });
});
