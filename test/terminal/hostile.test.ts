import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { openHostileFixture } from '../hostile/fixture.ts';
import { payloads } from '../hostile/payloads.ts';
import { needs } from '../setup/needs.ts';
import { tryShare } from '../torture/share.ts';
import { hostileTerminal } from '../torture/targets/hostile-terminal.ts';
import { closeTerminals } from './terminal.ts';

afterEach(closeTerminals);
const long = { timeout: 180_000 };

test(
  '[fault 27, 28, 29, 30, 31, 32, 37] hostile rows steer no terminal through any output; columns stay aligned',
  long,
  async () => {
    expect(await tryShare(hostileTerminal, { least: payloads.length })).toEqual([]);
  },
);

test.runIf(needs('tmux'))('[fault 32, 37] in tmux every hostile row stays one row of its width', long, async () => {
  const fixture = await openHostileFixture();
  const socket = join(fixture.home, 'tmux');
  const tmux = (...args: string[]) =>
    execFileSync('tmux', ['-S', socket, ...args], { encoding: 'utf8', env: fixture.env });
  const screen = () => tmux('capture-pane', '-p', '-t', 'deck').split('\n').slice(0, 50);
  const until = async (done: () => boolean) => {
    for (let tries = 0; tries < 400 && !done(); tries += 1) await pause(50);
    expect(done()).toBe(true);
  };
  try {
    fixture.vendor.rows = payloads.map((text, at) => ({
      id: `${at}`,
      name: text,
      account: text,
      product: text,
      status: 'Active',
    }));
    const program = join(import.meta.dirname, '../../bin/subdeck.js');
    tmux('-f', '/dev/null', 'new-session', '-d', '-s', 'deck', '-x', '150', '-y', '50', process.execPath, program);
    await until(() => screen().some((line) => /Sellers/.test(line)));
    tmux('send-keys', '-t', 'deck', 'r');
    tmux('send-keys', '-t', 'deck', 'S');
    await until(() => screen().filter((line) => /\bactive\b/.test(line)).length >= 35);
    const lines = screen();
    const head = lines.findIndex((line) => /STATUS/i.test(line));
    const shown = lines.slice(head + 1, head + 1 + 35);
    expect(shown.filter((line) => !/● active\s/.test(line))).toEqual([]);
    expect(lines.at(-1)).toMatch(/read-/);
    expect(lines.filter((line) => /rm -rf/.test(line) && !/active/.test(line))).toEqual([]);
  } finally {
    tmux('kill-server');
    await fixture.close();
  }
});
