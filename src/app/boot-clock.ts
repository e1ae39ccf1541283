import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import type { Instant } from '../model/instant.ts';

/**
 * The clock that counts since the computer started, sleep included, as Node can ask for it. Linux: CLOCK_BOOTTIME from
 * /proc/uptime in steps of 10 ms, and the kernel's boot id. macOS: whole seconds since kern.boottime; Windows:
 * GetTickCount64. Those two name no boot, and need not: a restart sets their count back, which `elapsed` sees as a jump.
 * Where the system gives no such clock it is the process's own, which another process cannot compare with.
 */
export function bootClock(): () => Instant['boot'] {
  try {
    uptime();
  } catch {
    const id = `process ${randomUUID()}`;
    return () => ({ id, ms: performance.now() });
  }
  const id = bootId();
  return () => ({ id, ms: Math.round(uptime() * 1000) });
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return 'uptime';
  }
}
