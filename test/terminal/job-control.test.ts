import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../setup/needs.ts';
import { program, quietEnvironment } from './demo.ts';
import { givenBack, openShell, type Shell, takenOver } from './shell.ts';

/** Job control needs a shell: a program alone in its terminal cannot be stopped. */
describe.runIf(needs('tmux'))('suspend and resume', () => {
  let home = '';
  let shell: Shell;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'subdeck-jobs-'));
    shell = openShell(home, quietEnvironment(home));
  });
  afterEach(() => {
    shell.close();
    rmSync(home, { recursive: true, force: true });
  });

  const pid = () => shell.pid('subdeck.js');

  async function start(): Promise<void> {
    shell.run(`${process.execPath} ${program}`);
    await shell.see(() => shell.screen().includes('Sellers') && shell.modes() === takenOver);
  }

  it.each([
    ['by Ctrl-Z', () => shell.press('C-z')],
    ['by a signal', () => process.kill(pid(), 'SIGTSTP')],
  ])('[fault 94] %s gives the shell its terminal; resuming redraws everything', async (_, stop) => {
    await start();
    const before = shell.screen();
    stop();
    await shell.see(() => /Stopped/.test(shell.screen()));
    expect(shell.modes()).toBe(givenBack);
    // The shell edits its own line in another mode; what counts is the mode it gives to programs.
    shell.run('stty -a | grep -owE "icanon|echo" | grep -c .');
    await shell.see(() => /^2$/m.test(shell.screen()));
    shell.resize(90, 20);
    shell.run('fg');
    await shell.see(
      () => shell.modes() === takenOver && shell.screen().split('\n')[19]?.includes('read-write') === true,
    );
    expect(shell.screen().split('\n')[0]).toContain('subdeck  all connections');
    expect(before.split('\n')[1]).toBe(shell.screen().split('\n')[1]);
    shell.press('q');
    await shell.see(() => shell.modes() === givenBack);
  });

  it('redraws everything after a signal that cannot be handled', async () => {
    await start();
    process.kill(pid(), 'SIGSTOP');
    await shell.see(() => /Stopped/.test(shell.screen()));
    shell.run('clear; fg');
    await shell.see(() => shell.modes() === takenOver && shell.screen().startsWith(' subdeck  all connections'));
    expect(shell.screen()).toContain('read-write');
    expect(shell.screen()).not.toContain('fg');
  });
});
