import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { givenBack, isTakenOver, modesOf, openQuiet } from './demo.ts';
import { closeTerminals } from './terminal.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'subdeck-terminal-'));
});
afterEach(() => {
  closeTerminals();
  rmSync(home, { recursive: true, force: true });
});

describe('the terminal is restored', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGQUIT', 131],
    ['SIGABRT', 134],
  ])('[fault 93] after %s, with the right exit code', async (signal, code) => {
    const terminal = await openQuiet(home);
    await terminal.see(() => isTakenOver(terminal.output()));
    terminal.kill(signal);
    expect(await terminal.exited).toMatchObject({ code, signal: 0 });
    expect(modesOf(terminal.output())).toMatchObject(givenBack);
  });

  it('after q', async () => {
    const terminal = await openQuiet(home);
    terminal.press('q');
    expect(await terminal.exited).toMatchObject({ code: 0 });
    expect(modesOf(terminal.output())).toMatchObject(givenBack);
  });

  it('[fault 97] after an internal error, whose report names the place and nothing else', async () => {
    const canary = 'canary-8c1f-secret';
    const bomb = join(home, 'bomb.mjs');
    writeFileSync(
      bomb,
      `process.on('SIGUSR2', () => { throw new TypeError('${canary}\\n    at ${canary} (/x/${canary}.js:1:1)', { cause: new Error('${canary}') }); });`,
    );
    const env = { SUBDECK_SECRETS_NORDIC: JSON.stringify({ accessToken: canary }), CANARY: canary };
    const terminal = await openQuiet(home, { node: ['--import', bomb], env });
    terminal.kill('SIGUSR2');
    expect(await terminal.exited).toMatchObject({ code: 1, signal: 0 });
    expect(modesOf(terminal.output())).toMatchObject(givenBack);
    const report = join(home, 'logs', 'crash.txt');
    expect(terminal.output()).toContain('Subdeck failed unexpectedly (TypeError');
    expect(readFileSync(report, 'utf8')).toMatch(/^TypeError\n {2}at .+:\d+:\d+$/m);
    expect(readFileSync(report, 'utf8') + terminal.output()).not.toContain(canary);
    expect(statSync(report).mode & 0o777).toBe(0o600);
  });
});

describe('the terminal', () => {
  it('[fault 93] ends the program within two seconds when it is closed', async () => {
    const terminal = await openQuiet(home);
    const started = performance.now();
    terminal.hangUp();
    await gone(terminal.pid);
    expect(performance.now() - started).toBeLessThan(6000);
  });

  it('[fault 95] left broken by a killed program is repaired at the next start', async () => {
    const left = '\\x1b[?1049h\\x1b[?25l\\x1b[?1000h\\x1b[?1006h\\x1b[?2004h\\x1b[31m';
    const terminal = await openQuiet(home, { node: preload(`process.stdout.write('before\\r\\n${left}')`) });
    terminal.press('q');
    await terminal.exited;
    expect(modesOf(terminal.output())).toMatchObject(givenBack);
    expect(terminal.emulator.buffer.active.type).toBe('normal');
    expect(terminal.lines()[0]).toBe('before');
  });

  it('keeps its cursor if nothing was wrong', async () => {
    const terminal = await openQuiet(home, { node: preload(`process.stdout.write('one\\r\\ntwo\\r\\n')`) });
    terminal.press('q');
    await terminal.exited;
    expect(terminal.lines().slice(0, 3)).toEqual(['one', 'two', '']);
    expect(terminal.emulator.buffer.active.cursorY).toBe(2);
  });

  it.each([
    ['on the first line', ''],
    ['on the last line', 'more\\r\\n'.repeat(40)],
  ])('[fault 109] with unfinished text %s shows the first frame and restores the text', async (_, above) => {
    const terminal = await openQuiet(home, { node: preload(`process.stdout.write('${above}unfinished')`) });
    expect(terminal.lines()[0]).toMatch(/^ subdeck {2}all connections/);
    expect(terminal.lines().at(-1)).toMatch(/\S/);
    terminal.press('q');
    await terminal.exited;
    const shown = terminal.lines().filter((line) => line !== '' && line !== 'more');
    expect(shown).toEqual(['unfinished']);
  });
});

/** Arguments for Node that run a script before the program starts. */
function preload(script: string): readonly string[] {
  const path = join(home, 'before.mjs');
  writeFileSync(path, script);
  return ['--import', path];
}

it('[fault 12] SIGUSR1 opens no debugger', async () => {
  const terminal = await openQuiet(home);
  terminal.kill('SIGUSR1');
  terminal.press('S');
  await terminal.see('Subscriptions');
  expect(terminal.output()).not.toContain('Debugger listening');
  const socket = connect(9229, '127.0.0.1').on('connect', () => socket.destroy(new Error('A debugger listens.')));
  const [error] = await once(socket, 'error');
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
});

/** Resolves once no process has this id. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
