import { readFileSync } from 'node:fs';
import type { ProcessMark } from './journal.ts';

/** The running process. */
export function thisProcess(): ProcessMark {
  return { pid: process.pid, started: startOf(process.pid) };
}

/** Whether that process still runs. A later process with the same number is told apart where the system says when it began. */
export function isAlive(mark: ProcessMark): boolean {
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    // "Not permitted" means that the number is somebody else's process: its start decides.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
  }
  if (isZombie(mark.pid)) return false;
  return mark.started === null || mark.started === startOf(mark.pid);
}

/** Boot and clock tick of a process's start, as Linux tells; null elsewhere. */
function startOf(pid: number): string | null {
  const fields = statusFields(pid);
  const ticks = fields?.[19];
  if (ticks === undefined) return null;
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${ticks}`;
  } catch {
    return ticks;
  }
}

/** Killed, but its parent has not asked yet: it will never send anything again. */
function isZombie(pid: number): boolean {
  return statusFields(pid)?.[0] === 'Z';
}

/** The fields of `/proc/PID/stat` behind the command's name, which may hold anything, parentheses too. */
function statusFields(pid: number): readonly string[] | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
