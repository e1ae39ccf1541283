import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import type { Instant } from '../model/instant.ts';

/**
 * The clock that counts since boot, sleep included. Linux: CLOCK_BOOTTIME from /proc/uptime in steps of 10 ms, with the
 * kernel's boot id. macOS: whole seconds since kern.boottime. Windows: GetTickCount64. The latter two give no boot id
 * and need none: a restart resets their count, which `elapsed` sees as a jump. Where the system has no such clock, the
 * process's own is used, which other processes cannot compare with.
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
