import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../setup/needs.ts';
import { program, quietEnvironment } from './demo.ts';

/** Job control needs a shell: a program alone in its terminal cannot be stopped. */
describe.runIf(needs('tmux'))('stopped and going on', () => {
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'subdeck-jobs-'));
    const env = Object.entries(quietEnvironment(home)).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
    tmux('new-session', '-d', '-x', '80', '-y', '24', ...env, 'bash', '--norc', '--noprofile');
    tmux('set-option', '-g', 'status', 'off');
  });
  afterEach(() => {
    tmux('kill-server');
    rmSync(home, { recursive: true, force: true });
  });

  function tmux(...args: readonly string[]): string {
    return execFileSync('tmux', ['-S', join(home, 'tmux'), '-f', '/dev/null', ...args], { encoding: 'utf8' });
  }

  const screen = () => tmux('capture-pane', '-p');
  const modes = () =>
    tmux('display', '-p', 'alternate #{alternate_on} cursor #{cursor_flag} mouse #{mouse_any_flag}').trim();
  const pid = () =>
    Number(
      /^\s*(\d+)\s/m.exec(
        execFileSync('ps', ['-o', 'pid,args', '-t', tty()], { encoding: 'utf8' })
          .split('\n')
          .find((line) => line.includes('subdeck.js')) ?? '',
      )?.[1],
    );
  const tty = () => tmux('display', '-p', '#{pane_tty}').trim().replace('/dev/', '');

  async function see(what: () => boolean): Promise<void> {
    const until = Date.now() + 15_000;
    while (!what()) {
      if (Date.now() > until) throw new Error(`Not seen: ${what}. ${modes()}\n${screen()}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async function start(): Promise<void> {
    tmux('send-keys', `${process.execPath} ${program}`, 'Enter');
    await see(() => screen().includes('Sellers') && modes() === 'alternate 1 cursor 0 mouse 1');
  }

  it.each([
    ['by Ctrl-Z', () => void tmux('send-keys', 'C-z')],
    ['by a signal', () => process.kill(pid(), 'SIGTSTP')],
  ])('[fault 94] %s, the terminal is the shell’s meanwhile, and the picture comes back whole', async (_, stop) => {
    await start();
    const before = screen();
    stop();
    await see(() => /Stopped/.test(screen()));
    expect(modes()).toBe('alternate 0 cursor 1 mouse 0');
    // The shell edits its own line in a mode of its own; what counts is what it hands to programs.
    tmux('send-keys', 'stty -a | grep -owE "icanon|echo" | grep -c .', 'Enter');
    await see(() => /^2$/m.test(screen()));
    tmux('resize-window', '-x', '90', '-y', '20');
    tmux('send-keys', 'fg', 'Enter');
    await see(
      () => modes() === 'alternate 1 cursor 0 mouse 1' && screen().split('\n')[19]?.includes('read-write') === true,
    );
    expect(screen().split('\n')[0]).toContain('subdeck  all connections');
    expect(before.split('\n')[1]).toBe(screen().split('\n')[1]);
    tmux('send-keys', 'q');
    await see(() => modes() === 'alternate 0 cursor 1 mouse 0');
  });

  it('by a signal that no program hears, it draws everything anew', async () => {
    await start();
    process.kill(pid(), 'SIGSTOP');
    await see(() => /Stopped/.test(screen()));
    tmux('send-keys', 'clear; fg', 'Enter');
    await see(() => modes() === 'alternate 1 cursor 0 mouse 1' && screen().startsWith(' subdeck  all connections'));
    expect(screen()).toContain('read-write');
    expect(screen()).not.toContain('fg');
  });
});
