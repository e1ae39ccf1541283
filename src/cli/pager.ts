import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** As git sets it: `less` ends by itself where the text fits the screen, and leaves it there. */
const lessOptions = 'FRX';

/**
 * Shows a text through a command, the one in `PAGER`, which may have arguments. False: the shell could not run it, and nothing was
 * shown. A pager that a person quits early has shown enough.
 */
export async function throughPager(pager: string, text: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const child = spawn('sh', ['-c', pager], {
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { LESS: lessOptions, ...env },
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(text);
  const ended: unknown[] = await once(child, 'exit').catch(() => [notFound]);
  return ended[0] !== notFound;
}

/** The shell's exit code where it finds no such command. */
const notFound = 127;
