import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import own from '../../package.json' with { type: 'json' };
import { program, runBuilt, runHere } from './run-program.ts';

let home = '';
let log = '';
let hook = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'subdeck-process-'));
  log = join(home, 'loaded.txt');
  hook = join(home, 'hook.mjs');
  writeFileSync(
    hook,
    `import { registerHooks } from 'node:module';
     import { appendFileSync } from 'node:fs';
     registerHooks({ load(url, context, next) { appendFileSync(${JSON.stringify(log)}, url + '\\n'); return next(url, context); } });`,
  );
});
afterAll(() => rmSync(home, { recursive: true }));

const environment = () => ({ PATH: process.env.PATH ?? '', SUBDECK_HOME: join(home, 'deck') });

/** The bundle's files that a run loaded, with their content. */
async function loadedBy(...args: readonly string[]): Promise<string> {
  writeFileSync(log, '');
  await runBuilt(args, { ...environment(), NODE_OPTIONS: `--import ${hook}` });
  const files = readFileSync(log, 'utf8')
    .split('\n')
    .filter((url) => url.startsWith('file:') && url.includes('/dist/'));
  expect(files.length).toBeGreaterThan(0);
  return files.map((url) => readFileSync(new URL(url), 'utf8')).join('\n');
}

/** The given packages that occur in the loaded files; the bundle keeps each file's path as a comment. */
const packages = ['react', 'ink', 'hono', 'got'] as const;
const packagesIn = (code: string) => packages.filter((name) => code.includes(`// node_modules/${name}/`));

describe('modules loaded by a command', () => {
  test.each([
    [['--version']],
    [['help']],
    [['subscription', 'list']],
    [['connection', 'list', '--json']],
    [['doctor']],
  ])('%j loads no Ink, React, sandbox or HTTP client', async (args) => {
    expect(packagesIn(await loadedBy(...args))).toEqual([]);
  });

  test('opening a vendor loads the HTTP client and nothing more', async () => {
    expect(packagesIn(await loadedBy('vendors'))).toEqual(['got']);
  });
});

test('[fault 44] without a terminal the console says what to run instead', async () => {
  for (const args of [[], ['demo']]) {
    const { code, stdout, stderr } = await runBuilt(args, environment());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^subdeck: The console needs a terminal\. .*subdeck help.*\n$/);
  }
});

test('a bad settings file is named, and help still works', async () => {
  const deck = join(home, 'broken');
  const env = { ...environment(), SUBDECK_HOME: deck };
  await runHere(['connection', 'add', 'a', '--vendor', 'vmware', 'orgId=1'], env);
  writeFileSync(join(deck, 'settings.json'), '{\n  "freshFor": -1\n}');
  const { code, stderr } = await runHere(['subscription', 'list'], env);
  expect(code).toBe(2);
  expect(stderr).toContain('settings.json:2:3: freshFor must be a number of seconds, 0 or more.');
  expect((await runHere(['help'], env)).code).toBe(0);
  const doctor = await runBuilt(['doctor', '--json'], { ...env, HTTPS_PROXY: 'socks5://proxy.example:1080' });
  expect(doctor.code).toBe(9);
  const { ok, checks } = JSON.parse(doctor.stdout);
  expect(ok).toBe(false);
  expect(checks).toContainEqual({ name: 'subdeck', state: 'good', detail: own.version, next: null });
  const detail = 'HTTPS_PROXY has a proxy of the type socks5, so no calls can be made.';
  expect(checks).toContainEqual(expect.objectContaining({ name: 'network', state: 'bad', detail }));
});

/** Pipes the command into another one in a shell; returns the command's own exit code. */
async function shell(words: string, after: string, env: Readonly<Record<string, string>> = {}) {
  const line = `"${process.execPath}" "${program}" ${words} ${after}; exit \${PIPESTATUS[0]}`;
  const child = spawn('bash', ['-c', line], {
    env: { ...environment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { stdout, stderr, code };
}

test('[fault 96, 106] a closed pipe ends the program quietly and not as a success', async () => {
  // `sleep 0` exits at once without reading: the command writes to a closed pipe.
  expect(await shell('help', '| sleep 0')).toEqual({ stdout: '', stderr: '', code: 1 });
  expect(await shell('vendors --json', '| sleep 0')).toMatchObject({ stderr: '', code: 1 });
});

test.runIf(process.platform === 'linux').each(['vendors', 'vendors --json', 'help', '--version', 'completion bash'])(
  '[fault 106] %s into a full disk says what happened',
  async (words) => {
    const { stderr, code } = await shell(words, '> /dev/full');
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('The output could not be written: the disk is full (ENOSPC).');
  },
);

test.runIf(process.getuid?.() === 0)(
  '[fault 107] a user without HOME and passwd entry must set SUBDECK_HOME, and is told so',
  async () => {
    const foreign = join(home, 'foreign');
    const as = `setpriv --reuid 54321 --regid 54321 --clear-groups env -u HOME`;
    const run = async (words: string, env: string) => {
      const child = spawn('bash', ['-c', `cd /; exec ${as} ${env} "${process.execPath}" "${program}" ${words}`], {
        env: { PATH: process.env.PATH ?? '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
      return { stdout, stderr, code };
    };
    const none = await run('subscription list', 'A=b');
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toMatch(/^subdeck: There is no home directory.*SUBDECK_HOME.*\n$/);
    expect(await run('subscription list --help', 'A=b')).toMatchObject({ code: 0, stderr: '' });
    mkdirSync(foreign);
    chownSync(foreign, 54321, 54321);
    chmodSync(home, 0o755);
    const added = await run('connection add a --vendor vmware orgId=1', `SUBDECK_HOME=${foreign}`);
    expect(added.stderr + added.stdout).not.toContain('failed unexpectedly');
    expect(added.code).toBe(0);
    expect(readFileSync(join(foreign, 'settings.json'), 'utf8')).toContain('"vmware"');
  },
);

test.each(['NODE_DEBUG', 'NODE_DEBUG_NATIVE'])(
  '[fault 113] refuses to start with %s, which would print secrets',
  async (name) => {
    const secrets = JSON.stringify({ accessToken: 'canary-of-the-test-4711' });
    const settings = ['baseUrl=http://127.0.0.1:9', 'level=seller', 'sellerId=s', 'username=u'];
    await runHere(['connection', 'add', 'debugged', '--vendor', 'cloudmore', ...settings], environment());
    const env = { [name]: 'http,https,net,tls,stream', SUBDECK_SECRETS_DEBUGGED: secrets };
    const { code, stdout, stderr } = await runBuilt(['connection', 'test', 'debugged'], {
      ...environment(),
      ...env,
    });
    expect(code).toBe(2);
    expect(stderr).toContain(`subdeck: ${name} is set, so Node would print tokens and secrets`);
    expect(stdout + stderr).not.toContain('canary-of-the-test-4711');
  },
);

test('[fault 114] shows an address with look-alike letters in its ASCII form', async () => {
  const lookalike = 'https://\u0430pi.cloudmore.com/v1';
  const settings = [`baseUrl=${lookalike}`, 'level=seller', 'sellerId=s', 'username=u'];
  const shown = [];
  for (const words of [
    ['connection', 'add', 'alike', '--vendor', 'cloudmore', ...settings],
    ['connection', 'show', 'alike'],
    ['connection', 'show', 'alike', '--json'],
    ['connection', 'list'],
  ]) {
    shown.push(await runHere(words, environment()));
  }
  for (const { stdout } of shown) {
    expect(stdout).toContain('https://xn--pi-6kc.cloudmore.com/v1');
    expect(stdout).not.toContain('\u0430');
  }
});

test('the sandbox prints its address first and exits 0 on SIGTERM', async () => {
  const child = spawn(process.execPath, [program, 'sandbox', '--scale=20'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { ready, connections } = JSON.parse(line);
  expect(ready).toBe(true);
  const address = new URL('/_sandbox/requests', connections[0].settings.baseUrl);
  expect((await fetch(address)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});
