import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type SecretService, startSecretService } from '../secrets/secret-service.ts';
import { needs } from '../setup/needs.ts';
import { closeTerminals, openTerminal, type Terminal } from '../terminal/terminal.ts';

const program = join(import.meta.dirname, '../../bin/subdeck.js');
const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const lines = pem.trim().split('\n');
const asTyped = lines.join('\r');
const nowhere = 'http://127.0.0.1:9';
const unseen = 'nothing is shown';

describe.runIf(needs('gnome-keyring') && needs('libsecret-tools'))('[fault 131] secrets typed at a terminal', () => {
  let home = '';
  let service: SecretService;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'subdeck-typed-'));
    service = await startSecretService('unlocked');
  });
  afterEach(closeTerminals);
  afterAll(async () => {
    await service.stop();
    rmSync(home, { recursive: true });
  });

  const open = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    openTerminal({ args: [program, ...args], env: { ...service.env, SUBDECK_HOME: home, ...env }, columns: 100 });
  const kept = (name: string): Readonly<Record<string, string>> => {
    // The keychain accounts of the home in SUBDECK_HOME (src/secrets/home-keychain.ts).
    const digest = createHash('sha256').update(realpathSync(home)).digest('hex').slice(0, 16);
    const words = ['lookup', 'service', 'subdeck', 'username', `${name}@${digest}`];
    return JSON.parse(execFileSync('secret-tool', words, { env: service.env }).toString());
  };
  const neverShown = (terminal: Terminal) => {
    for (const line of lines.slice(1, -1)) expect(terminal.output()).not.toContain(line);
    expect(terminal.output()).not.toMatch(/BEGIN|END PRIVATE|cl13nt/);
  };
  /** Waits for the prompt of a secret, by its name, without an answer so far. */
  const prompt = (terminal: Terminal, name: string) => terminal.see((screen) => isAsked(screen, name));
  const isAsked = (screen: string, name: string) =>
    screen.lastIndexOf(unseen) > screen.lastIndexOf(`${name}:`) && screen.lastIndexOf(`${name}:`) !== -1;

  test('connection add accepts a key pasted line by line', async () => {
    const line = ['connection', 'add', 'line', '--vendor', 'lineworks', 'clientId=c', `baseUrl=${nowhere}`];
    const terminal = open(line);
    expect(await terminal.see('serviceAccount: ')).toContain('Service Account, which is issued there once');
    terminal.type('s@example.com\r');
    await prompt(terminal, 'clientSecret');
    terminal.type('cl13nt-one\r');
    await prompt(terminal, 'privateKey');
    terminal.type(`${asTyped}\r\r`);
    expect((await terminal.exited).code).toBe(0);
    neverShown(terminal);
    expect(kept('line')).toMatchObject({ clientSecret: 'cl13nt-one', privateKey: pem.trim() });
  });

  test('connection set asks for each secret by name; an empty answer keeps it', async () => {
    const terminal = open(['connection', 'set', 'line']);
    await prompt(terminal, 'clientSecret');
    terminal.press('enter');
    await prompt(terminal, 'privateKey');
    const file = join(home, 'other.pem');
    const other = pem.replace(lines[3] ?? '', lines[4] ?? '');
    writeFileSync(file, other);
    terminal.type('/no/such/file\r');
    await terminal.see('neither a key in PEM format nor the path');
    terminal.type(`${file}\r`);
    await prompt(terminal, 'accessToken');
    terminal.press('enter');
    expect((await terminal.exited).code).toBe(0);
    expect(kept('line')).toMatchObject({ clientSecret: 'cl13nt-one', privateKey: other });
    // Bracketed paste is switched off again.
    expect(terminal.output()).toMatch(/\x1b\[\?2004h.*\x1b\[\?2004l/s);
  });

  test('the console asks the same and accepts a key there too', async () => {
    const terminal = open(['--offline']);
    await terminal.see('line');
    terminal.press(':');
    terminal.type('connection set line');
    await terminal.see('connection set line');
    terminal.press('enter');
    await prompt(terminal, 'clientSecret');
    terminal.type('cl13nt-two\r');
    await prompt(terminal, 'privateKey');
    terminal.type(`\x1b[200~${asTyped}\r\x1b[201~`);
    terminal.press('enter');
    await prompt(terminal, 'accessToken');
    terminal.press('enter');
    await terminal.see('Enter opens the console.');
    terminal.press('ctrl+c');
    await terminal.exited;
    neverShown(terminal);
    expect(kept('line')).toMatchObject({ clientSecret: 'cl13nt-two', privateKey: pem.trim() });
  });

  test('a key pasted where a short secret belongs is discarded and refused', async () => {
    const terminal = open(['connection', 'set', 'line']);
    await prompt(terminal, 'clientSecret');
    terminal.type(`${asTyped}\r`);
    await terminal.see('must be a key in PEM format');
    terminal.press('ctrl+c');
    expect((await terminal.exited).code).toBe(130);
    neverShown(terminal);
  });

  test('names the variable if the environment contains the secrets', async () => {
    const terminal = open(['connection', 'set', 'line'], { SUBDECK_SECRETS_LINE: '{"accessToken":"t"}' });
    await terminal.see('SUBDECK_SECRETS_LINE contains the secrets of line');
    expect((await terminal.exited).code).toBe(2);
    expect(terminal.output()).not.toContain(unseen);
  });
});
