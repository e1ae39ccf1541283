import type { SandboxTime } from './time.ts';

export interface Allowance {
  readonly allowed: boolean;
  readonly limit: number;
  readonly used: number;
  /** Whole seconds until the count restarts; at least 1. */
  readonly resetSeconds: number;
}

/** Counts the calls of each key in windows of `seconds` each. */
export function rateLimit(time: SandboxTime, limit: number, seconds: number): (key: string) => Allowance {
  let opened = time.real();
  const used = new Map<string, number>();
  return (key) => {
    if (time.real() >= opened + seconds * 1000) {
      opened = time.real();
      used.clear();
    }
    const count = (used.get(key) ?? 0) + 1;
    used.set(key, count);
    const resetSeconds = Math.max(1, Math.ceil((opened + seconds * 1000 - time.real()) / 1000));
    return { allowed: count <= limit, limit, used: Math.min(count, limit), resetSeconds };
  };
}
