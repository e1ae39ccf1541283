import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'vitest';
import own from '../../package.json' with { type: 'json' };
import { runProcess } from '../cli/run-program.ts';
import { startSecretService } from '../secrets/secret-service.ts';
import { openTerminal } from '../terminal/terminal.ts';

/**
 * What everybody does with an installed program, each in its own home: version, help, the console in a terminal with its workers, a
 * secret in the keychain, and a list that is read from a vendor.
 */
export async function useEveryDay(command: string, path: string): Promise<void> {
  const service = await startSecretService('unlocked');
  const env = { ...service.env, PATH: path, SUBDECK_HOME: join(service.home, 'deck') };
  const run = (words: readonly string[], stdin = '') => runProcess(command, words, env, stdin);
  const sandbox = spawn(command, ['sandbox', '--scale', '60'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: `${own.version}\n`, stderr: '' });
    expect(await run(['help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('subscription'), stderr: '' });

    const terminal = openTerminal({ command, args: ['demo', '--scale', '60'], columns: 80, rows: 24, env });
    // Read by one worker from another one.
    await terminal.see((screen) => screen.includes('Sellers 7') && /now \(T\).*7\/7/.test(screen));
    terminal.press('q');
    expect(await terminal.exited).toMatchObject({ code: 0 });

    const [line] = await once(sandbox.stdout, 'data');
    const { name, vendor, settings, secrets } = JSON.parse(String(line)).connections[0];
    const values = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
    const words = ['connection', 'add', name, '--vendor', vendor, ...values, '--secrets-stdin', '--json'];
    const added = await run(words, JSON.stringify(secrets));
    expect(added.code, added.stderr).toBe(0);
    expect(added.json()).toMatchObject({ name, secrets: 'keychain' });
    const listed = await run(['subscription', 'list', '--json']);
    expect(listed.code, listed.stderr).toBe(0);
    expect(listed.json<readonly unknown[]>().length).toBeGreaterThan(5);
    expect(listed.stderr).not.toMatch(/warning/i);
  } finally {
    sandbox.kill();
    await service.stop();
  }
}
