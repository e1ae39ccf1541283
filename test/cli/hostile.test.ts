import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type HostileFixture, openHostileFixture } from '../hostile/fixture.ts';
import { openHostileVendor } from '../hostile/hostile-vendor.ts';
import { forbiddenIn } from '../hostile/payloads.ts';
import { startSecretService } from '../secrets/secret-service.ts';
import { needs } from '../setup/needs.ts';
import { keyboard } from '../stories/keyboard.ts';
import { closeTerminals } from '../terminal/terminal.ts';

const program = join(import.meta.dirname, '../../bin/subdeck.js');
const canary = 'canary-7f3a9c\u001b]52;c;eA==\u0007';
let fixture: HostileFixture;
beforeEach(async () => {
  fixture = await openHostileFixture({ secrets: { password: canary, clientSecret: canary } });
  fixture.vendor.rows = [1, 2, 3].map((at) => ({
    id: `${at}`,
    name: 'Mail',
    account: 'Acme',
    product: 'Box',
    status: 'Active',
  }));
});
afterEach(async () => {
  closeTerminals();
  await fixture.close();
});

/** The program, with a test module loaded first. */
function start(args: readonly string[], module: string, options = '') {
  const hook = join(fixture.home, 'hook.mjs');
  writeFileSync(hook, module);
  const env = { ...fixture.env, NODE_OPTIONS: `--import ${hook} ${options}` };
  return spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/**
 * From now on the vendor never answers. Resolves at its first request: the program is then in the middle of its work.
 */
function silence(): Promise<void> {
  return new Promise((resolve) => {
    fixture.vendor.spoil = () => {
      resolve();
      return true;
    };
  });
}

function everyFile(): readonly string[] {
  return readdirSync(fixture.home, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && entry.name !== 'hook.mjs' ? [join(entry.parentPath, entry.name)] : [],
  );
}

/** The thread that stored the pages of a sync may lock the cache for a moment after its end. */
function openWhenFree(path: string): DatabaseSync {
  return new DatabaseSync(path, { timeout: 30_000 });
}

test.each([
  ['is thrown', `throw new Error(${JSON.stringify(canary)});`],
  ['is rejected', `Promise.reject(Object.assign(new TypeError(${JSON.stringify(canary)}), { body: 'x' }));`],
])('[fault 97] an unexpected error that %s is reported by kind and place, without its text', async (_, fault) => {
  const asked = silence();
  const child = start(['sync', '--verbose'], `process.once('SIGUSR2', () => { ${fault} });`);
  void asked.then(() => child.kill('SIGUSR2'));
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(
    /^subdeck: Subdeck failed unexpectedly \((?:Type)?Error at .*hook\.mjs:\d+:\d+\)\. Please report it and attach .*crash\.txt\.\n$/,
  );
  const report = join(fixture.home, 'deck', 'logs', 'crash.txt');
  expect(statSync(report).mode & 0o777).toBe(0o600);
  for (const path of everyFile()) expect(readFileSync(path, 'utf8')).not.toContain('canary');
});

test('[fault 11] a Node diagnostic report contains no environment and no secret', async () => {
  const asked = silence();
  const where = `--report-on-signal --report-signal=SIGUSR2 --report-directory=${fixture.home} --report-filename=report.json`;
  const file = join(fixture.home, 'report.json');
  const child = start(
    ['sync'],
    `import { existsSync } from 'node:fs';
     setInterval(() => { if (existsSync(${JSON.stringify(file)})) process.exit(0); }, 10);`,
    where,
  );
  void asked.then(() => child.kill('SIGUSR2'));
  await once(child, 'exit');
  const report = readFileSync(file, 'utf8');
  expect(JSON.parse(report).environmentVariables).toBeUndefined();
  expect(report).not.toContain('canary');
});

test('[fault 88] under umask 000 every file and directory is private', async () => {
  const deck = join(fixture.home, 'deck');
  const table = join(fixture.home, 'table.csv');
  writeFileSync(table, 'ref,quantity\nnordic/3,1\n', { mode: 0o600 });
  const usual = process.umask(0);
  onTestFinished(() => void process.umask(usual));
  await fixture.words('connection', 'set', 'nordic', 'title=Nordic');
  await fixture.words('sync');
  await fixture.words('plan', 'create', join(deck, 'plan.json'), '--from', table);
  await fixture.words('subscription', 'set-quantity', 'nordic/3', '1', '--yes', '--confirm=1');
  const console = fixture.terminal([]);
  await console.see(/SELLER/i);
  console.press('S');
  await console.see(/Subscriptions 3/);
  console.press('s');
  await console.see('Sort by');
  console.press('enter');
  await console.see((screen) => !screen.includes('Sort by'));
  console.press('c');
  await console.see('Export 3 all as CSV');
  await keyboard(console).standOn('Export 3 all as CSV…');
  console.press('enter');
  await console.see('Export to which new file?');
  console.press('enter');
  await console.see('written to');
  console.press('q');
  await console.exited;
  const wide: string[] = [];
  for (const entry of readdirSync(deck, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const allowed = entry.isDirectory() ? 0o700 : 0o600;
    if ((statSync(path).mode & 0o777) !== allowed)
      wide.push(`${entry.name} ${(statSync(path).mode & 0o777).toString(8)}`);
  }
  expect(wide).toEqual([]);
  const made = ['cache.db', 'journal.db', 'plan.json', 'settings.json', 'settings.schema.json', 'remembered.json'];
  expect(readdirSync(deck)).toEqual(expect.arrayContaining([...made, expect.stringMatching(/^subscriptions-.*csv$/)]));
});

test('[fault 92] a tampered cache changes no decision: a write uses what the vendor says', async () => {
  await fixture.words('sync');
  const cache = openWhenFree(join(fixture.home, 'deck', 'cache.db'));
  cache.exec(`UPDATE subscription SET encoded_row = replace(encoded_row, 'false,false,2,', 'false,false,99,')`);
  cache.close();
  fixture.vendor.rows = fixture.vendor.rows.map((row) => ({ ...row, name: 'Fresh' }));
  expect(JSON.parse((await fixture.words('subscription', 'list', '--offline', '--json')).stdout)).toContainEqual(
    expect.objectContaining({ id: '3', quantity: 99 }),
  );
  const bodies: string[] = [];
  fixture.vendor.spoil = ({ method, url, body }) => {
    if (method !== 'GET' && !url.endsWith('/token')) bodies.push(`${url} ${body}`);
    return false;
  };
  const asked = ['subscription', 'set-quantity', 'nordic/3', '50', '--dry-run', '--json'];
  const [plan] = JSON.parse((await fixture.words(...asked)).stdout).plan;
  // From 99 this would lower the quantity; the vendor has 2, so it raises it.
  expect(plan).toMatchObject({ before: { quantity: 2 }, after: { quantity: 50 } });
  expect(plan.sentence).toMatch(/^Order 48 more, from 2 to 50: Fresh/);
  const { stdout } = await fixture.words(
    'subscription',
    'set-quantity',
    'nordic/3',
    '1',
    '--yes',
    '--confirm=1',
    '--json',
  );
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'accepted', request: { from: 2, to: 1 } });
  expect(bodies).toEqual([expect.stringMatching(/^\/api\/subscriptions\/3\/quantity .*\b1\b/)]);
});

test('[fault 31, 92] escape sequences in the cache file reach no terminal', async () => {
  await fixture.words('sync');
  const cache = openWhenFree(join(fixture.home, 'deck', 'cache.db'));
  const hostile = String.raw`Mail\u001b]52;c;eA==\u0007\u202e\u009b31m`;
  cache.prepare(`UPDATE subscription SET encoded_row = replace(encoded_row, 'Mail', ?)`).run(hostile);
  cache.close();
  for (const flag of ['--json', '--csv', '--ndjson', '--no-color']) {
    const { stdout } = await fixture.words('subscription', 'list', '--offline', flag);
    expect(stdout).toContain('52;c;eA==');
    expect(forbiddenIn(stdout, '\r\n')).toBeNull();
  }
  const console = fixture.terminal(['--offline']);
  await console.see(/SELLER/i);
  console.press('S');
  await console.see('52;c;eA==');
  console.press('enter');
  await console.see('Overview');
  console.press('q');
  await console.exited;
  expect(console.output()).not.toMatch(/\u001b\]52|\u202e|\u009b/);
});

test('[fault 31] hostile views, columns and words in remembered.json reach no terminal', async () => {
  await fixture.words('sync');
  const hostile = 'Mine\u001b]52;c;eA==\u0007\u202e\u009b31m\n';
  const sort = [
    { field: hostile, descending: true },
    { field: 'constructor', descending: false },
  ];
  const pin = { level: 'seller', connection: 'nordic', id: hostile };
  const view = {
    trail: [{ pin, name: hostile, implied: false }],
    filter: `name:"${hostile}"`,
    columns: [hostile],
    sort,
  };
  const remembered = {
    looks: { seller: { columns: ['__proto__', hostile], sort }, subscriptions: { columns: [hostile], sort } },
    views: [{ ...view, name: hostile }],
    recent: [`subscription list ${hostile}`],
  };
  writeFileSync(join(fixture.home, 'deck', 'remembered.json'), JSON.stringify(remembered), { mode: 0o600 });
  const console = fixture.terminal(['--offline']);
  await console.see(/SELLER/i);
  console.press('v');
  await console.see('52;c;eA==');
  console.press('enter');
  await console.see((screen) => !screen.includes('╭'));
  console.press(':');
  await console.see('Anything');
  await keyboard(console).escape('Anything');
  console.press('q');
  expect(await console.exited).toMatchObject({ code: 0 });
  expect(console.output()).not.toMatch(/\u001b\]52|\u202e|\u009b/);
});

/** When a sync is killed whose rows are on five pages: before the first answer, and with each answer on its way. */
const kills = [
  { when: 'asked', page: 1 },
  { when: 'answered', page: 1 },
  { when: 'answered', page: 2 },
  { when: 'answered', page: 3 },
] as const;

test('[fault 58] a sync killed at any page keeps every row and marks none as gone', async () => {
  fixture.vendor.rows = Array.from({ length: 500 }, (_, at) => ({
    ...{ id: `${at}`, name: `Mail ${at}`, account: 'Acme', product: 'Box', status: 'Active' },
  }));
  const refs = async () => {
    const { stdout } = await fixture.words('subscription', 'list', '--offline', '--json');
    return JSON.parse(stdout).map(({ ref }: { readonly ref: string }) => ref);
  };
  expect(await fixture.words('sync')).toMatchObject({ code: 0 });
  const whole = await refs();
  expect(whole).toHaveLength(500);
  for (const { when, page } of kills) {
    const child = spawn(process.execPath, [program, 'sync'], { env: fixture.env, stdio: 'ignore' });
    const gone = once(child, 'exit');
    fixture.vendor.spoil = ({ url }, response) => {
      if (!url.startsWith('/api/subscriptions') || !new RegExp(`[?&]page=${page}\\b`).test(url)) return false;
      if (when === 'answered') response.on('finish', () => setImmediate(() => child.kill('SIGKILL')));
      else child.kill('SIGKILL');
      return when === 'asked';
    };
    expect(await gone).toEqual([null, 'SIGKILL']);
    fixture.vendor.spoil = null;
    expect(await refs()).toEqual(whole);
    expect(await fixture.words('sync')).toMatchObject({ code: 0 });
  }
  expect(await refs()).toEqual(whole);
  const changes = await fixture.words('subscription', 'changes', '--since', '12h', '--offline', '--json');
  expect(changes).toMatchObject({ code: 0, stdout: '[]\n', stderr: '' });
});

test('[fault 89] two consoles and four commands share one cache and journal at once', async () => {
  const consoles = [fixture.terminal([]), fixture.terminal([])];
  await Promise.all(consoles.map((console) => console.see(/SELLER/i)));
  const all = await Promise.all([
    fixture.start('', 'sync'),
    fixture.start('', 'subscription', 'list', '--json'),
    fixture.start('', 'journal', 'list'),
    fixture.start('', 'sync'),
  ]);
  expect(all.map(({ code, stderr }) => [code, stderr])).toEqual(all.map(() => [0, '']));
  for (const console of consoles) {
    console.press('S');
    await console.see(/STATUS/i);
    console.press('q');
    expect(await console.exited).toMatchObject({ code: 0 });
  }
  expect(JSON.parse((await fixture.words('doctor', '--json')).stdout).checks).toContainEqual(
    expect.objectContaining({ name: 'cache', state: 'good' }),
  );
});

const nobody = 65_534;

/** Needs root to act as another user; test/query/open-cache.test.ts covers a read-only directory for others. */
test.runIf(process.getuid?.() === 0)(
  '[fault 87] stores and sends nothing in a home owned by another user',
  async () => {
    const home = mkdtempSync(join(tmpdir(), 'foreign-'));
    onTestFinished(() => rmSync(home, { recursive: true }));
    chmodSync(home, 0o755);
    const [settings, others] = [join(home, 'own', 'subdeck'), join(home, 'others')];
    for (const directory of [settings, join(others, 'subdeck')]) mkdirSync(directory, { recursive: true });
    cpSync(join(fixture.home, 'deck', 'settings.json'), join(settings, 'settings.json'));
    for (const path of [settings, join(settings, 'settings.json')]) chownSync(path, nobody, nobody);
    chownSync(join(others, 'subdeck'), 1234, 1234);
    chmodSync(join(others, 'subdeck'), 0o755);
    const { SUBDECK_HOME: _, ...bare } = fixture.env;
    const start = async (places: Readonly<Record<string, string>>, args: readonly string[]) => {
      const child = spawn(process.execPath, [program, ...args], {
        env: { ...bare, ...places },
        uid: nobody,
        gid: nobody,
      });
      const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
      return { stdout, stderr, code };
    };
    const places = { XDG_CONFIG_HOME: join(home, 'own'), XDG_CACHE_HOME: others, XDG_STATE_HOME: others, HOME: home };
    const run = (...args: readonly string[]) => start(places, args);
    const listed = await run('subscription', 'list', '--json');
    expect(listed.stderr).toBe('');
    expect(JSON.parse(listed.stdout)).toHaveLength(3);
    expect((await run('subscription', 'list')).stderr).toContain('its directory belongs to another user');
    let sent = 0;
    fixture.vendor.spoil = ({ method, url }) => {
      if (method !== 'GET' && !url.endsWith('/token')) sent += 1;
      return false;
    };
    const refused = await run('subscription', 'set-quantity', 'nordic/3', '1', '--yes', '--confirm=1');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('its directory belongs to another user');
    expect(sent).toBe(0);
    expect(readdirSync(join(others, 'subdeck'))).toEqual([]);
    // Settings from other users could redirect the secrets of the environment.
    chmodSync(settings, 0o777);
    const unread = await run('subscription', 'list');
    expect(unread.code).toBe(2);
    expect(unread.stderr).toContain(`other users can write to its directory (${settings})`);
  },
);

test('[fault 25] environment secrets are not sent to an edited address', async () => {
  const evil = await openHostileVendor('stolen');
  let reached = 0;
  evil.spoil = () => {
    reached += 1;
    return false;
  };
  try {
    expect((await fixture.words('connection', 'test', 'nordic')).code).toBe(0);
    const settings = join(fixture.home, 'deck', 'settings.json');
    writeFileSync(settings, readFileSync(settings, 'utf8').replaceAll(fixture.vendor.origin, evil.origin));
    const { code, stderr } = await fixture.words('connection', 'test', 'nordic');
    expect(code).toBe(4);
    expect(stderr).toContain(
      `were given for ${fixture.vendor.origin}, but its settings would send them to ${evil.origin}`,
    );
    expect(reached).toBe(0);
    await fixture.words('connection', 'set', 'nordic', `baseUrl=${evil.origin}`);
    await fixture.words('connection', 'test', 'nordic');
    expect(reached).toBeGreaterThan(0);
  } finally {
    await evil.stop();
  }
});

test.runIf(needs('gnome-keyring'))('[fault 25] keychain secrets are not sent to an edited address', async () => {
  const service = await startSecretService('unlocked');
  const evil = await openHostileVendor('stolen');
  let reached = 0;
  evil.spoil = () => {
    reached += 1;
    return false;
  };
  try {
    const { SUBDECK_SECRETS_NORDIC: secrets, ...bare } = fixture.env;
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
    const settings = join(fixture.home, 'deck', 'settings.json');
    writeFileSync(settings, readFileSync(settings, 'utf8').replaceAll(fixture.vendor.origin, evil.origin));
    const { code, stderr } = await run(['connection', 'test', 'nordic']);
    expect(code).toBe(4);
    expect(stderr).toContain(
      `were given for ${fixture.vendor.origin}, but its settings would send them to ${evil.origin}`,
    );
    expect(reached).toBe(0);
    await well(['connection', 'set', 'nordic', '--secrets-stdin'], secrets);
    await well(['connection', 'test', 'nordic']);
    expect(reached).toBeGreaterThan(0);
  } finally {
    await evil.stop();
    await service.stop();
  }
});
