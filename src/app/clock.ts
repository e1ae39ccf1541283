import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../model/clock.ts';
import { lazily } from '../model/lazily.ts';
import { bootClock } from './boot-clock.ts';

const boot = lazily(bootClock);

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  instant: () => ({ wall: Date.now(), boot: boot.get()() }),
  wait: (milliseconds, signal) => sleep(milliseconds, undefined, signal ? { signal } : {}).catch(() => undefined),
};
