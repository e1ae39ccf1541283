import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isTakenOver, openQuiet, program, quietEnvironment } from './demo.ts';
import { closeTerminals, openTerminal } from './terminal.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'subdeck-input-'));
});
afterEach(() => {
  closeTerminals();
  rmSync(home, { recursive: true, force: true });
});

describe('terminal input', () => {
  it.each(['\x03', '\x1b[27;5;99~', '\x1b[99;5u', '\x1b[1089::99;133u', '\x1b[67;46;3;1;8;1_'])(
    '[fault 102] Ctrl-C as %j quits',
    async (pressed) => {
      const terminal = await openQuiet(home);
      terminal.type(pressed);
      expect(await terminal.exited).toMatchObject({ code: 130 });
    },
  );

  it('[fault 101] Ctrl-C quits in the middle of an endless paste', async () => {
    const terminal = await openQuiet(home);
    terminal.type('\x1b[200~never');
    await pause(100);
    terminal.press('ctrl+c');
    expect(await terminal.exited).toMatchObject({ code: 130 });
  });

  it('[fault 101] an endless paste is reported and kept, and q still quits', async () => {
    const terminal = await openQuiet(home);
    terminal.press('S', '/');
    await terminal.see('Enter keep');
    terminal.type('\x1b[200~vendor');
    await terminal.see('had no end marker');
    expect(terminal.lines().join('\n')).toContain('vendor');
    terminal.press('escape');
    await terminal.see((screen) => !screen.includes('Enter keep'));
    terminal.press('q');
    expect(await terminal.exited).toMatchObject({ code: 0 });
  });

  it('[fault 101] a terminal report in any form and in pieces types nothing', async () => {
    const terminal = await openQuiet(home);
    terminal.press('S', '/');
    await terminal.see('Enter keep');
    for (const piece of [
      '\x1b]1',
      '1;rgba:ffff/ff',
      'ff/ffff/80',
      '00\x1b',
      '\\',
      '\x1b]11;#fff\x07',
      '\x1b[<0;',
      '9;9M',
    ]) {
      terminal.type(piece);
      await pause(60);
    }
    terminal.type('xyz');
    await terminal.see('xyz');
    expect(terminal.lines().join('\n')).not.toMatch(/rgb|fff|9M|\\/);
  });

  it('[fault 103] a terminal report that arrives after q does not reach the shell', async () => {
    const env = quietEnvironment(home);
    const script = `${JSON.stringify(process.execPath)} ${JSON.stringify(program)}; IFS= read -r line; printf 'read %q\\n' "$line"; read -r`;
    const terminal = openTerminal({ command: 'bash', args: ['-c', script], env, silent: true });
    await terminal.see(() => isTakenOver(terminal.output()) && terminal.output().includes('\x1b]11;?'));
    terminal.press('q');
    await terminal.see(() => terminal.output().includes('\x1b[?1049l'));
    terminal.type('\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\');
    await pause(1_500);
    terminal.type('next\r');
    expect(await terminal.see('read ')).toContain('read next');
  });
});
