import { describe, expect, it } from 'vitest';
import { createPace, limits } from '../../../src/api/lineworks/pacing.ts';

/** A clock that jumps to the end of every wait. */
function jumpingClock() {
  const clock = { time: 0, waits: [] as number[] };
  return {
    waits: clock.waits,
    get time() {
      return clock.time;
    },
    set time(value: number) {
      clock.time = value;
    },
    now: () => clock.time,
    monotonic: () => clock.time,
    instant: () => ({ wall: clock.time, boot: { id: 'boot', ms: clock.time } }),
    wait: async (milliseconds: number) => {
      clock.waits.push(milliseconds);
      clock.time += milliseconds;
    },
  };
}

async function turns(pace: ReturnType<typeof createPace>, operation: string, count: number) {
  for (let turn = 0; turn < count; turn++) await pace.turn(operation, undefined);
}

describe('the pacing of LINE WORKS calls', () => {
  it.each([
    ['no answer came yet', null, limits.free],
    ['an answer names no limit', {}, limits.paid],
    ['an answer names the limit of the paid plan', { 'ratelimit-limit': '240' }, 240],
    ['an answer names the limit of the free plan', { 'ratelimit-limit': '60' }, 60],
    ['an answer names a limit of another kind', { 'ratelimit-limit': '0' }, limits.paid],
  ])('where %s, allows a minute’s calls and delays the next one', async (_, headers, limit) => {
    const clock = jumpingClock();
    const pace = createPace({ name: 'lw', clock });
    if (headers !== null) pace.heard('customers', headers);
    await turns(pace, 'subscriptions', limit);
    expect(clock.waits).toEqual([]);
    await turns(pace, 'subscriptions', 1);
    expect(clock.waits).toEqual([60_000]);
  });

  it('runs at half the limit after half an hour, at the full one after a pause', async () => {
    const clock = jumpingClock();
    const pace = createPace({ name: 'lw', clock });
    pace.heard('subscriptions', { 'ratelimit-limit': '240' });
    await turns(pace, 'subscriptions', 29 * 240);
    expect(clock.time).toBe(28 * 60_000);
    await turns(pace, 'subscriptions', 1);
    const sustained = clock.time;
    await turns(pace, 'subscriptions', 240);
    expect(clock.time - sustained).toBe(2 * 60_000);
    clock.time += 3 * 60_000;
    const rested = clock.time;
    await turns(pace, 'subscriptions', 240);
    expect(clock.time).toBe(rested);
  });

  it('counts each operation by itself', async () => {
    const clock = jumpingClock();
    const pace = createPace({ name: 'lw', clock });
    await turns(pace, 'subscriptions', limits.free);
    await turns(pace, 'customers', limits.free);
    expect(clock.waits).toEqual([]);
  });

  it('waits as long as the vendor says when no call is left', async () => {
    const clock = jumpingClock();
    const announced: number[] = [];
    const pace = createPace({ name: 'lw', clock, onWait: (wait) => announced.push(wait.milliseconds) });
    await turns(pace, 'subscriptions', 3);
    pace.heard('subscriptions', { 'ratelimit-remaining': '0', 'ratelimit-reset': '17' });
    await turns(pace, 'subscriptions', 1);
    expect(clock.waits).toEqual([17_000]);
    expect(announced).toEqual([17_000]);
  });

  it.each([{}, { 'ratelimit-remaining': 'many', 'ratelimit-reset': '-1' }])(
    'ignores the invalid headers %j',
    async (headers) => {
      const clock = jumpingClock();
      const pace = createPace({ name: 'lw', clock });
      await turns(pace, 'subscriptions', 1);
      pace.heard('subscriptions', headers);
      await turns(pace, 'subscriptions', 1);
      expect(clock.waits).toEqual([]);
    },
  );
});
