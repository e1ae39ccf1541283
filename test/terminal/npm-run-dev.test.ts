import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { needs } from '../setup/needs.ts';
import { type OwnCheckout, ownCheckout } from '../setup/own-checkout.ts';
import { quietEnvironment } from './demo.ts';
import { givenBack, openShell, type Shell, takenOver } from './shell.ts';

describe.runIf(needs('tmux'))('npm run dev', () => {
  let checkout: OwnCheckout;
  let home: string;
  let shell: Shell;
  beforeEach(() => {
    checkout = ownCheckout();
    home = mkdtempSync(join(tmpdir(), 'subdeck-dev-'));
    shell = openShell(home, quietEnvironment(home));
  });
  afterEach(() => {
    shell.close();
    checkout.remove();
    rmSync(home, { recursive: true, force: true });
  });

  const source = () => join(checkout.path, 'src/screens/parts/breadcrumbs.tsx');
  const showing = (text: string) => shell.see(() => shell.screen().includes(text) && shell.modes() === takenOver);

  test('restarts the console on a change, shows errors, and restores the terminal', async () => {
    shell.run(`cd ${checkout.path} && npm run --silent dev; echo left with $?`);
    await showing('all connections');

    const changed = readFileSync(source(), 'utf8').replace("'all connections'", "'all of them'");
    writeFileSync(source(), changed);
    await showing('all of them');

    writeFileSync(source(), `${changed}const = ;\n`);
    await shell.see(() => shell.screen().includes('The next change of a source starts it again'));
    expect(shell.screen()).toContain('breadcrumbs.tsx');
    expect(shell.modes()).toBe(givenBack);

    writeFileSync(source(), changed.replace("'all of them'", "'each of them'"));
    await showing('each of them');
    shell.press('q');
    await shell.see(() => shell.modes() === givenBack && shell.screen().includes('left with 0'));
  });
});
