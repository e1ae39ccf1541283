import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { WriteRequest } from '../../src/operations/registry.ts';
import { childProgram } from '../setup/child-program.ts';
import { hasPidNamespaces } from '../setup/needs.ts';
import type { Kind } from './every-write.ts';
import type { Halt, Point } from './points.ts';
import type { TeamWorkerOptions } from './team-worker.ts';
import type { WorkerOptions } from './worker.ts';
import type { Order } from './worker-loop.ts';

/** A second Subdeck: it plans a write request, and sends it on command. */
export interface Worker {
  /** Resolves with the result of planning: `plan`, or the reason against it. */
  plan(kind: Pick<Kind, 'isAsync'>, writeRequest: WriteRequest): Promise<string>;
  /** Resolves with the outcome. */
  go(halt?: Halt | null): Promise<string>;
  /** Every point that the last write passed, in order. */
  points(): Promise<readonly Point[]>;
  /** Looks at the journal from now on as a console does, beside other orders. */
  watch(): Promise<unknown>;
  /** What went wrong with writes and with the journal since the last time. */
  troubles(): Promise<readonly string[]>;
  /** Sends, and resolves with the signal that ended the process; null if it survived. */
  die(halt: Halt | null): Promise<NodeJS.Signals | null>;
  /** Resolves once it is stopped: true; or with false once it made its write, since it never came to its point. */
  stops(outcome: Promise<string>): Promise<boolean>;
  /** Goes on after a stop. */
  goOn(): void;
  /** SIGKILL. */
  kill(): Promise<void>;
  end(): Promise<void>;
}

/** One that writes into a journal in a file. */
export async function openWorker(options: WorkerOptions): Promise<Worker> {
  const script = await childProgram(join(import.meta.dirname, 'worker.ts'));
  return run([process.execPath, script, JSON.stringify(options)]);
}

/** A member of a team. `isApart`: in a pid namespace of its own where there are any. */
export async function openTeamWorker(options: TeamWorkerOptions, isApart: boolean): Promise<Worker> {
  const script = await childProgram(join(import.meta.dirname, 'team-worker.ts'));
  const program = [process.execPath, script, JSON.stringify(options)];
  return run(isApart && hasPidNamespaces() ? [...ownNamespace, ...program] : program);
}

/** The shell is the namespace's first process, which no signal from inside stops. */
const ownNamespace = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child', 'sh', '-c', '"$@"; exit', 'sh'];

function run([program = '', ...args]: readonly string[]): Worker {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  // Once no process has its output open any more, those in a namespace of their own included.
  const ended = once(child, 'close');
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  async function heard<Said = string>(): Promise<Said> {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('The worker ended.');
    return JSON.parse(value);
  }
  const ready = heard();
  ready.catch(() => undefined);
  async function order<Said>(what: Order): Promise<Said> {
    await ready;
    child.stdin.write(`${JSON.stringify(what)}\n`);
    return heard<Said>();
  }
  const go = (halt: Halt | null = null) => order<string>({ order: 'go', halt });
  const end = async (): Promise<void> => {
    await ready;
    child.stdin.end();
    await ended;
  };
  return {
    plan: ({ isAsync }, writeRequest) => order({ order: 'plan', writeRequest, isAsync }),
    go,
    points: () => order({ order: 'points' }),
    watch: () => order({ order: 'watch' }),
    troubles: () => order({ order: 'troubles' }),
    async die(halt) {
      const first = await Promise.race([ended, go(halt).catch(() => ended)]);
      if (typeof first === 'string') await end();
      const [, signal] = await ended;
      return signal;
    },
    async stops(outcome) {
      let isOver = false;
      const over = outcome.then(() => {
        isOver = true;
      });
      const pid = innermost(child.pid ?? 0);
      while (!isOver && !isStopped(pid)) await Promise.race([over, pause(2)]);
      return !isOver;
    },
    goOn: () => void process.kill(innermost(child.pid ?? 0), 'SIGCONT'),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    end,
  };
}

/** Of `unshare`, a shell and the worker, the worker. Its threads are no children. */
function innermost(pid: number): number {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
  return child === undefined || child === '' ? pid : innermost(Number(child));
}

function isStopped(pid: number): boolean {
  const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return line.slice(line.lastIndexOf(')') + 2).startsWith('T');
}
