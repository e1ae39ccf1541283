import { describe, expect, it } from 'vitest';
import { callsPerMinute, createPace } from '../../../src/api/lineworks/pacing.ts';

/** A clock that jumps to the end of every wait. */
function jumpingClock() {
  const clock = { time: 0, waits: [] as number[] };
  return {
    waits: clock.waits,
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

describe('the pace of LINE WORKS calls', () => {
  it('lets a minute of calls pass at once and holds the next until the minute is over', async () => {
    const clock = jumpingClock();
    const pace = createPace({ name: 'lw', clock });
    await turns(pace, 'subscriptions', callsPerMinute);
    expect(clock.waits).toEqual([]);
    await turns(pace, 'subscriptions', 1);
    expect(clock.waits).toEqual([60_000]);
  });

  it('counts each operation by itself', async () => {
    const clock = jumpingClock();
    const pace = createPace({ name: 'lw', clock });
    await turns(pace, 'subscriptions', callsPerMinute);
    await turns(pace, 'customers', callsPerMinute);
    expect(clock.waits).toEqual([]);
  });

  it('waits as long as the vendor says once no call is left', async () => {
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
    'is not led astray by the headers %j',
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
