import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Den, openDen } from '../hostile/den.ts';
import { openHostileVendor } from '../hostile/hostile-vendor.ts';
import { startSecretService } from '../secrets/secret-service.ts';
import { needs } from '../setup/needs.ts';

const program = join(import.meta.dirname, '../../bin/subdeck.js');
const canary = 'canary-7f3a9c\u001b]52;c;eA==\u0007';
let den: Den;
beforeEach(async () => {
  den = await openDen({ secrets: { password: canary, clientSecret: canary } });
  den.vendor.rows = [1, 2, 3].map((at) => ({
    id: `${at}`,
    name: 'Mail',
    account: 'Acme',
    product: 'Box',
    status: 'Active',
  }));
});
afterEach(() => den.close());

/** The program with a module of the test's own loaded first. */
function start(args: readonly string[], module: string, options = '') {
  const hook = join(den.home, 'hook.mjs');
  writeFileSync(hook, module);
  const env = { ...den.env, NODE_OPTIONS: `--import ${hook} ${options}` };
  return spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

function everyFile(): readonly string[] {
  return readdirSync(den.home, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && entry.name !== 'hook.mjs' ? [join(entry.parentPath, entry.name)] : [],
  );
}

test.each([
  ['is thrown', `setTimeout(() => { throw new Error(${JSON.stringify(canary)}); }, 300);`],
  [
    'is rejected',
    `setTimeout(() => { Promise.reject(Object.assign(new TypeError(${JSON.stringify(canary)}), { body: 'x' })); }, 300);`,
  ],
])(
  '[fault 97] an error that %s and that nobody expected is told by its kind and place, never by its words',
  async (_, module) => {
    den.vendor.spoil = () => true;
    const child = start(['sync', '--verbose'], module);
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^subdeck: Something in Subdeck itself went wrong \((?:Type)?Error at .*hook\.mjs:\d+:\d+\)\. Please report it, with .*crash\.txt\.\n$/,
    );
    const report = join(den.home, 'deck', 'logs', 'crash.txt');
    expect(statSync(report).mode & 0o777).toBe(0o600);
    for (const path of everyFile()) expect(readFileSync(path, 'utf8')).not.toContain('canary');
  },
);

test('[fault 11] a report that Node writes by itself holds no environment, and no secret', async () => {
  den.vendor.spoil = () => true;
  const where = `--report-on-signal --report-signal=SIGUSR2 --report-directory=${den.home} --report-filename=report.json`;
  const child = start(
    ['sync'],
    `setTimeout(() => process.kill(process.pid, 'SIGUSR2'), 400); setTimeout(() => process.exit(0), 1500);`,
    where,
  );
  await once(child, 'exit');
  const report = readFileSync(join(den.home, 'report.json'), 'utf8');
  expect(JSON.parse(report).environmentVariables).toBeUndefined();
  expect(report).not.toContain('canary');
});

test('[fault 88] under umask 000 every file is for this user only, and so is every directory', async () => {
  const plan = join(den.home, 'deck', 'plan.json');
  const table = join(den.home, 'table.csv');
  writeFileSync(table, 'ref,quantity\nnordic/1,3\n', { mode: 0o600 });
  const lines = [
    'connection set nordic title=Nordic',
    'sync',
    'subscription list --json',
    `plan create ${plan} --from ${table}`,
    'subscription set-quantity nordic/1 3 --yes',
    'journal list',
  ];
  for (const line of lines) {
    const child = spawn('sh', ['-c', `umask 000; exec "${process.execPath}" "${program}" ${line}`], {
      env: den.env,
      stdio: 'ignore',
    });
    await once(child, 'exit');
  }
  const deck = join(den.home, 'deck');
  const wide: string[] = [];
  for (const entry of readdirSync(deck, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const allowed = entry.isDirectory() ? 0o700 : 0o600;
    if ((statSync(path).mode & 0o777) !== allowed)
      wide.push(`${entry.name} ${(statSync(path).mode & 0o777).toString(8)}`);
  }
  expect(wide).toEqual([]);
  expect(readdirSync(deck)).toEqual(expect.arrayContaining(['cache.db', 'settings.json', 'settings.schema.json']));
});

test('[fault 92] a cache that somebody changed is not asked where the vendor is', async () => {
  await den.words('sync');
  const cache = new DatabaseSync(join(den.home, 'deck', 'cache.db'));
  cache.exec(`UPDATE subscription SET noun = replace(noun, '"quantity":1', '"quantity":99')`);
  cache.close();
  den.vendor.rows = den.vendor.rows.map((row) => ({ ...row, name: 'Fresh' }));
  const { stdout, stderr } = await den.words('subscription', 'show', 'nordic/2', '--live', '--json');
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ quantity: 1, name: 'Fresh' });
});

test('[fault 89] two consoles and four command lines at once on one cache and journal', async () => {
  const consoles = [den.terminal([]), den.terminal([])];
  await Promise.all(consoles.map((console) => console.see(/SELLER/i)));
  const all = await Promise.all([
    den.words('sync'),
    den.words('subscription', 'list', '--json'),
    den.words('journal', 'list'),
    den.words('sync'),
  ]);
  expect(all.map(({ code, stderr }) => [code, stderr])).toEqual(all.map(() => [0, '']));
  for (const console of consoles) {
    console.press('S');
    await console.see(/STATUS/i);
    console.press('q');
    expect(await console.exited).toMatchObject({ code: 0 });
  }
  expect(JSON.parse((await den.words('doctor', '--json')).stdout).checks).toContainEqual(
    expect.objectContaining({ name: 'cache', state: 'good' }),
  );
});

test.runIf(needs('gnome-keyring'))(
  '[fault 25] secrets of the keychain do not follow an address that was edited',
  async () => {
    const service = await startSecretService('unlocked');
    const evil = await openHostileVendor('stolen');
    let reached = 0;
    evil.spoil = () => {
      reached += 1;
      return false;
    };
    try {
      const { SUBDECK_SECRETS_NORDIC: secrets, ...bare } = den.env;
      const env = { ...bare, ...service.env };
      const run = async (args: readonly string[], stdin = '') => {
        const child = spawn(process.execPath, [program, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
        child.stdin.on('error', () => undefined);
        child.stdin.end(stdin);
        const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
        return { stderr, code };
      };
      const well = async (args: readonly string[], stdin = '') => {
        const { stderr, code } = await run(args, stdin);
        expect(code, stderr).toBe(0);
      };
      await well(['connection', 'set', 'nordic', '--secrets-stdin'], secrets);
      await well(['connection', 'test', 'nordic']);
      const settings = join(den.home, 'deck', 'settings.json');
      writeFileSync(settings, readFileSync(settings, 'utf8').replaceAll(den.vendor.origin, evil.origin));
      const { code, stderr } = await run(['connection', 'test', 'nordic']);
      expect(code).toBe(4);
      expect(stderr).toContain(`were given for ${den.vendor.origin}, and its settings send them to ${evil.origin}`);
      expect(reached).toBe(0);
      await well(['connection', 'set', 'nordic', '--secrets-stdin'], secrets);
      await well(['connection', 'test', 'nordic']);
      expect(reached).toBeGreaterThan(0);
    } finally {
      await evil.stop();
      await service.stop();
    }
  },
);
