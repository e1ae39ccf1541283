import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { childProgram } from '../setup/child-program.ts';
import type { SenderOptions } from './sender.ts';

const sender = await childProgram(join(import.meta.dirname, 'sender.ts'));

/** A process that plans a write request and sends it. `ended` gives its exit code and signal. */
export function startSender(options: SenderOptions) {
  const child = spawn(process.execPath, [sender, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  return { child, said: () => said, ended: once(child, 'exit') };
}
