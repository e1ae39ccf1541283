import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { lackingFor } from '../../dev/team-demo/needs.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';
import { hasPostgres } from '../postgres/server.ts';
import { needs } from '../setup/needs.ts';
import { closeTerminals, openTerminal } from './terminal.ts';

afterEach(closeTerminals);

const script = join(import.meta.dirname, '../../dev/team-demo.js');
const width = 160;
const f6 = '\x1b[17~';

/** The text of one pane: what a box wraps is one line. */
const flowing = (lines: readonly string[]) => lines.join(' ').replaceAll(/[│╭╮╰╯─┬\s]+/g, ' ');
const left = (lines: readonly string[]) => flowing(lines.map((line) => line.slice(0, width / 2 - 1)));
const right = (lines: readonly string[]) => flowing(lines.map((line) => line.slice(width / 2)));

describe.runIf(needs('tmux') && hasPostgres())('npm run team:demo', () => {
  test('two consoles: a write in one is refused in the other; nothing is left', async () => {
    const directory = temporaryDirectory();
    chmodSync(directory, 0o755);
    const env = { TMPDIR: directory, PGHOST: 'elsewhere.example', SUBDECK_OFFLINE: '1' };
    const terminal = openTerminal({ args: [script], columns: width, rows: 45, env });
    const nina = (wanted: RegExp) => terminal.see(() => wanted.test(left(terminal.lines())));
    const omar = (wanted: RegExp) => terminal.see(() => wanted.test(right(terminal.lines())));
    const tmux = (...args: readonly string[]) => {
      const [home = ''] = readdirSync(directory).filter((name) => name.startsWith('subdeck-team-demo-'));
      return execFileSync('tmux', ['-S', join(directory, home, 'tmux'), ...args], { encoding: 'utf8' }).trim();
    };
    // A key that is typed together with F6 can still reach the pane before.
    const goTo = async (member: string) => {
      terminal.type(f6);
      await expect.poll(() => tmux('display-message', '-p', '#{@member}'), { timeout: 20_000 }).toBe(member);
    };
    // A plan takes no key in its first moment: presses again until one counts.
    const agree = async (pane: typeof left, ended: RegExp) => {
      const isSent = () => !/Press y to send/.test(pane(terminal.lines()));
      do {
        terminal.press('y');
        await terminal.see(isSent, 400).catch(() => undefined);
      } while (!isSent());
      await terminal.see(() => ended.test(pane(terminal.lines())));
    };
    const upToPlan = async (pane: typeof left, sees: typeof nina, less: number) => {
      // The cursor keeps its place from when everything was read.
      await sees(/online · .* ago .*Sellers 7 /);
      terminal.press('down');
      await sees(/▌ interworks /);
      terminal.press('S');
      await sees(/Subscriptions \d+/);
      terminal.press('/');
      await sees(/Enter keep/);
      terminal.type('status:active qty>5');
      terminal.press('enter');
      await sees(/filter: status:active qty>5 .*a actions/);
      for (;;) {
        terminal.press('a');
        await sees(/▌ Change the quantity|did not answer in time/);
        if (/▌ Change the quantity/.test(pane(terminal.lines()))) break;
        // A machine so busy that the store was too slow for once.
        terminal.press('escape');
        await sees(/filter: status:active qty>5 .*a actions/);
      }
      terminal.press('enter');
      await sees(/New quantity +now \d+/);
      const quantity = Number(/now (\d+)/.exec(pane(terminal.lines()))?.[1]) - less;
      terminal.type(`${quantity}`);
      await sees(new RegExp(`New quantity +${quantity}`));
      terminal.press('enter');
      await sees(new RegExp(`→ ${quantity} .*Press y to send`));
    };
    await upToPlan(left, nina, 1);
    await goTo('omar');
    await upToPlan(right, omar, 2);
    await goTo('nina');
    await agree(left, /Lower the quantity: (accepted|done)/);
    await goTo('omar');
    await agree(right, /not sent /);
    await omar(/not sent .*Another write was sent here after this plan was made.*, by nina \(/);
    terminal.press('enter');
    await omar(/a actions/);
    terminal.press('J');
    await omar(/Journal .*Lower the quantity from \d+ to \d+/);

    tmux('kill-server');
    expect(await terminal.exited).toMatchObject({ code: 0 });
    expect(readdirSync(directory).filter((name) => name.startsWith('subdeck'))).toEqual([]);
  });
});

test('the try-out says what it lacks', () => {
  const terminal = { isTTY: true, columns: 80, rows: 24 };
  if (needs('tmux') && hasPostgres()) expect(lackingFor(terminal)).toContain('this terminal has 80×24');
  vi.stubEnv('PATH', '');
  expect(lackingFor(terminal)).toMatch(/tmux must be installed: on Debian, sudo apt install postgresql tmux/);
  vi.unstubAllEnvs();
});
