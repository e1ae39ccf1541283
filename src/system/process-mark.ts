import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { lazily } from '../model/lazily.ts';

/**
 * One process, told apart from a later one with the same number where the system says when it started. A number means something
 * only on its machine and in its pid namespace, which a container has of its own.
 */
export interface ProcessMark {
  readonly pid: number;
  readonly started: string | null;
  /** The kernel that ran it, by its boot id; the host's name where the system gives none. Absent in marks of Subdeck 0.1.0. */
  readonly machine?: string;
  /** Null where the system has none. */
  readonly namespace?: string | null;
  /** For people. */
  readonly host?: string;
}

/** The running process. */
export function thisProcess(): ProcessMark {
  return { pid: process.pid, started: startOf('self'), ...here.get(), host: hostname() };
}

const here = lazily(() => ({
  machine: bootId() ?? `host ${hostname()}`,
  namespace: linkOrNull('/proc/self/ns/pid'),
}));

/**
 * Whether the number in a mark can be looked up here. It cannot on another machine, after a restart, and in another pid namespace: there
 * only a lease that ends says that a process is gone. Subdeck 0.1.0 said neither, and is taken to have run here.
 */
export function isOfHere({ machine, namespace = null }: ProcessMark): boolean {
  if (machine === undefined) return true;
  return machine === here.get().machine && namespace === here.get().namespace;
}

/**
 * Whether a process of here still runs. A later process with the same number is told apart where the system says when it
 * began.
 */
export function isRunning(mark: ProcessMark): boolean {
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    // "Not permitted" means that the number is somebody else's process: its start decides.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
  }
  if (!showsNumbersOfHere()) return true;
  if (isZombie(mark.pid)) return false;
  return mark.started === null || mark.started === startOf(mark.pid);
}

/** Whether `/proc` belongs to this pid namespace: one that was only inherited lists other processes under the same numbers. */
function showsNumbersOfHere(): boolean {
  const self = linkOrNull('/proc/self');
  return self === null || self === String(process.pid);
}

/** Boot and clock tick of a process's start, as Linux tells; null elsewhere. */
function startOf(pid: number | 'self'): string | null {
  const ticks = statusFields(pid)?.[19];
  if (ticks === undefined) return null;
  const boot = bootId();
  return boot === null ? ticks : `${boot}:${ticks}`;
}

/** Killed, but its parent has not asked yet: it will never send anything again. */
function isZombie(pid: number): boolean {
  return statusFields(pid)?.[0] === 'Z';
}

/** The fields of `/proc/PID/stat` behind the command's name, which may hold anything, parentheses too. */
function statusFields(pid: number | 'self'): readonly string[] | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}

function linkOrNull(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}
