import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { WriteRequest } from '../../src/operations/registry.ts';
import { childProgram } from '../setup/child-program.ts';
import type { WorkerOptions } from './worker.ts';

const worker = await childProgram(join(import.meta.dirname, 'worker.ts'));

/** A second Subdeck: it plans a write request, and sends it on command. */
export interface Worker {
  /** Resolves with the result of planning: `plan`, or the reason against it. */
  plan(writeRequest: WriteRequest): Promise<string>;
  /** Resolves with the outcome. */
  go(): Promise<string>;
  /** Plans and sends, and resolves with the signal that ended the process; null if it survived. */
  die(writeRequest: WriteRequest): Promise<NodeJS.Signals | null>;
  end(): Promise<void>;
}

export function openWorker(options: WorkerOptions): Worker {
  const child = spawn(process.execPath, [worker, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const heard = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('The worker ended.');
    return JSON.parse(value);
  };
  const ready = heard();
  ready.catch(() => undefined);
  const plan = async (writeRequest: WriteRequest): Promise<string> => {
    await ready;
    child.stdin.write(`${JSON.stringify(writeRequest)}\n`);
    return heard();
  };
  const end = async (): Promise<void> => {
    await ready;
    child.stdin.end();
    await ended;
  };
  return {
    plan,
    go: () => {
      child.stdin.write('go\n');
      return heard();
    },
    async die(writeRequest) {
      await plan(writeRequest);
      child.stdin.write('go\n');
      const first = await Promise.race([ended, heard().catch(() => ended)]);
      if (typeof first === 'string') await end();
      const [, signal] = await ended;
      return signal;
    },
    end,
  };
}
