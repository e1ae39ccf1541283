import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { lazily } from '../model/lazily.ts';

/**
 * A process, distinguished from a later one with the same id if the system reports start times. An id is valid only on
 * its machine and in its pid namespace, such as a container's.
 */
export interface ProcessMark {
  readonly pid: number;
  readonly started: string | null;
  /**
   * The kernel that runs it, by its boot id, or the host's name if the system has none. Absent in marks of Subdeck
   * 0.1.0.
   */
  readonly machine?: string;
  /** Null if the system has none. */
  readonly namespace?: string | null;
  /** For people. */
  readonly host?: string;
}

/** The running process. */
export function thisProcess(): ProcessMark {
  return { pid: process.pid, started: startOf('self'), ...here.get(), host: hostname() };
}

/** Distinguishes processes, of all machines. */
export function processKey({ pid, started, machine = '', namespace = null }: ProcessMark): string {
  return JSON.stringify([machine, namespace, pid, started]);
}

const here = lazily(() => ({
  machine: bootId() ?? `host ${hostname()}`,
  namespace: linkOrNull('/proc/self/ns/pid'),
}));

/**
 * Whether the process id in a mark can be looked up here. Not on another machine, after a restart, or in another pid
 * namespace: there only an expired lease shows that a process is gone. Marks of Subdeck 0.1.0 have neither, and are
 * assumed to be from here.
 */
export function isOfHere({ machine, namespace = null }: ProcessMark): boolean {
  if (machine === undefined) return true;
  return machine === here.get().machine && namespace === here.get().namespace;
}

/**
 * Whether a local process still runs. A later process with the same id is distinguished by its start time, if the
 * system reports it.
 */
export function isRunning(mark: ProcessMark): boolean {
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    // "Not permitted" means that the id belongs to another user's process: its start time decides.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
  }
  if (!showsNumbersOfHere()) return true;
  if (isZombie(mark.pid)) return false;
  return mark.started === null || mark.started === startOf(mark.pid);
}

/** Whether `/proc` belongs to this pid namespace: an inherited one lists other processes under the same ids. */
function showsNumbersOfHere(): boolean {
  const self = linkOrNull('/proc/self');
  return self === null || self === String(process.pid);
}

/** Boot id and start tick of a process on Linux; null elsewhere. */
function startOf(pid: number | 'self'): string | null {
  const ticks = statusFields(pid)?.[19];
  if (ticks === undefined) return null;
  const boot = bootId();
  return boot === null ? ticks : `${boot}:${ticks}`;
}

/** A zombie: killed but not reaped by its parent. It never sends anything again. */
function isZombie(pid: number): boolean {
  return statusFields(pid)?.[0] === 'Z';
}

/** The fields of `/proc/PID/stat` after the command's name, which may contain anything, parentheses too. */
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
