import { describe, expect, it } from 'vitest';
import { createCallPace } from '../../../src/api/http/call-pace.ts';
import { sharedPace } from '../../../src/api/http/shared-pace.ts';
import { lineworksLimits } from '../../../src/api/lineworks/limits.ts';
import type { CallTurn, CountedCall, SharedLimits } from '../../../src/model/shared-limits.ts';

const refused = (milliseconds: number, why: 'limit' | 'throttled' = 'throttled'): CallTurn => ({
  mayBegin: false,
  milliseconds,
  why,
});

function paced({ turns = [], share = 1 }: { readonly turns?: readonly CallTurn[]; readonly share?: number }) {
  const left = [...turns];
  const [taken, heard, waits, announced] = [[] as CountedCall[], [] as object[], [] as number[], [] as object[]];
  let time = 0;
  const clock = {
    now: () => time,
    monotonic: () => time,
    instant: () => {
      throw new Error('not asked for');
    },
    wait: async (milliseconds: number) => {
      waits.push(milliseconds);
      time += milliseconds;
    },
  };
  const shared: SharedLimits = {
    take: async (call) => {
      taken.push(call);
      return left.shift() ?? { mayBegin: true };
    },
    share: () => share,
    pause: () => undefined,
    heard: ({ operation }, said) => heard.push({ operation, ...said }),
  };
  const own = createCallPace(lineworksLimits, clock, ({ milliseconds }) => waits.push(milliseconds), shared.share);
  const pace = sharedPace(own, shared, { name: 'works', clock, onWait: (wait) => announced.push(wait) });
  return { pace, taken, heard, waits, announced };
}

describe('the pace of calls in a team', () => {
  it('counts each call with the others, and waits as long as they have to', async () => {
    const { pace, taken, waits, announced } = paced({ turns: [refused(2_000, 'limit'), refused(1_500)] });
    await pace.turn({ urgency: 'person', operation: 'subscriptions' });
    const limit = { calls: 60, seconds: 60 };
    expect(taken).toEqual(Array.from({ length: 3 }, () => ({ operation: 'subscriptions', allowed: 60, limit })));
    expect(waits).toEqual([2_000, 1_500]);
    expect(announced).toEqual([
      { connection: 'works', milliseconds: 2_000, why: 'limit', limit },
      { connection: 'works', milliseconds: 1_500, why: 'throttled', limit: null },
    ]);
  });

  it('refuses a read that others say has to wait for more than a minute', async () => {
    const { pace, waits } = paced({ turns: [refused(900_000)] });
    await expect(pace.turn({ urgency: 'person' })).rejects.toMatchObject({
      fault: { kind: 'unreachable', message: expect.stringContaining('for 15 minutes') },
    });
    expect(waits).toEqual([]);
  });

  it('tells the others what the vendor counted', async () => {
    const { pace, heard } = paced({});
    await pace.turn({ urgency: 'person', operation: 'customers' });
    const headers = { 'ratelimit-limit': '240', 'ratelimit-remaining': '200', 'ratelimit-reset': '30' };
    pace.heard('customers', headers);
    pace.heard('customers', {});
    expect(heard).toEqual([{ operation: 'customers', used: 40, endsIn: 30_000 }]);
  });

  it('uses a share of each window while the others cannot be asked', async () => {
    const { pace, waits } = paced({ share: 0.1 });
    for (let call = 0; call < 6; call += 1) await pace.turn({ urgency: 'person', operation: 'customers' });
    expect(waits).toEqual([]);
    await pace.turn({ urgency: 'person', operation: 'customers' });
    expect(waits[0]).toBe(60_000);
  });
});
