import { describe, expect, it } from 'vitest';
import type { CallLimits } from '../../../src/api/call-limits.ts';
import { createCallPace, type LimitWait, type Urgency } from '../../../src/api/http/call-pace.ts';
import { lineworksLimits } from '../../../src/api/lineworks/limits.ts';

const { untilAnswered, unlessNamed } = lineworksLimits.calls;

/** A clock that jumps to the end of every wait. */
function jumpingClock() {
  const waits: number[] = [];
  let time = 0;
  return {
    waits,
    monotonic: () => time,
    advance: (milliseconds: number) => {
      time += milliseconds;
    },
    wait: async (milliseconds: number) => {
      waits.push(milliseconds);
      time += milliseconds;
    },
  };
}

function paced(limits: CallLimits = lineworksLimits) {
  const clock = jumpingClock();
  const announced: LimitWait[] = [];
  const pace = createCallPace(limits, clock, (wait) => announced.push(wait));
  const turns = async (operation: string, count: number, urgency: Urgency = 'person') => {
    for (let turn = 0; turn < count; turn++) await pace.turn({ urgency, operation });
  };
  return { clock, announced, pace, turns };
}

describe('calls within a declared limit', () => {
  it.each([
    ['no answer came yet', null, untilAnswered],
    ['an answer names no limit', {}, unlessNamed],
    ['an answer names the limit of the paid plan', { 'ratelimit-limit': '240' }, 240],
    ['an answer names the limit of the free plan', { 'ratelimit-limit': '60' }, 60],
    ['an answer names a limit of another kind', { 'ratelimit-limit': '0' }, unlessNamed],
  ])('where %s, a minute’s calls start and the next one waits', async (_, headers, limit) => {
    const { clock, announced, pace, turns } = paced();
    if (headers !== null) pace.heard('customers', headers);
    await turns('subscriptions', limit);
    expect(clock.waits).toEqual([]);
    await turns('subscriptions', 1);
    expect(clock.waits).toEqual([60_000]);
    expect(announced).toEqual([{ milliseconds: 60_000, limit: { calls: limit, seconds: 60 } }]);
  });

  it('an automatic refresh leaves half of each window', async () => {
    const { clock, pace, turns } = paced();
    pace.heard('subscriptions', { 'ratelimit-limit': '240' });
    await turns('subscriptions', 120, 'refresh');
    await turns('subscriptions', 120, 'person');
    expect(clock.waits).toEqual([]);
    await turns('subscriptions', 1, 'refresh');
    expect(clock.waits).toEqual([60_000]);
  });

  it('a sync leaves a share of each window to interactive calls', async () => {
    const { clock, pace, turns } = paced();
    pace.heard('subscriptions', { 'ratelimit-limit': '240' });
    await turns('subscriptions', 216, 'background');
    await turns('subscriptions', 24, 'person');
    expect(clock.waits).toEqual([]);
    await turns('subscriptions', 1, 'background');
    expect(clock.waits).toEqual([60_000]);
  });

  it('a sync uses half the limit after half an hour; interactive calls use the rest', async () => {
    const { clock, pace, turns } = paced();
    pace.heard('subscriptions', { 'ratelimit-limit': '240' });
    await turns('subscriptions', 29 * 216, 'background');
    expect(clock.monotonic()).toBe(28 * 60_000);
    await turns('subscriptions', 1, 'background');
    const long = clock.monotonic();
    await turns('subscriptions', 119, 'background');
    await turns('subscriptions', 120, 'person');
    expect(clock.monotonic()).toBe(long);
    await turns('subscriptions', 121, 'background');
    expect(clock.monotonic() - long).toBe(2 * 60_000);
    clock.advance(3 * 60_000);
    const rested = clock.monotonic();
    await turns('subscriptions', 216, 'background');
    expect(clock.monotonic()).toBe(rested);
  });

  it('are counted per operation or per connection, as the vendor declares', async () => {
    const each = paced();
    await each.turns('subscriptions', untilAnswered);
    await each.turns('customers', untilAnswered);
    expect(each.clock.waits).toEqual([]);
    const together = paced({ ...lineworksLimits, per: 'connection' });
    await together.turns('subscriptions', untilAnswered - 1);
    await together.turns('customers', 2);
    expect(together.clock.waits).toEqual([60_000]);
  });

  it('wait as long as the vendor says once no call is left', async () => {
    const { clock, announced, pace, turns } = paced();
    await turns('subscriptions', 3);
    pace.heard('subscriptions', { 'ratelimit-remaining': '0', 'ratelimit-reset': '17' });
    await turns('subscriptions', 1);
    expect(clock.waits).toEqual([17_000]);
    expect(announced).toEqual([{ milliseconds: 17_000, limit: { calls: 240, seconds: 60 } }]);
  });

  it('that wait together are announced once', async () => {
    const { announced, pace, turns } = paced();
    await turns('subscriptions', untilAnswered);
    await Promise.all([1, 2, 3].map(() => pace.turn({ urgency: 'person', operation: 'subscriptions' })));
    expect(announced).toHaveLength(1);
  });

  it('do not wait for a signal that has aborted', async () => {
    const { clock, pace, turns } = paced();
    await turns('subscriptions', untilAnswered);
    await pace.turn({ urgency: 'person', operation: 'subscriptions', signal: AbortSignal.abort() });
    expect(clock.waits).toEqual([]);
  });

  it('are not counted if their signal aborted before they began', async () => {
    const { clock, pace, turns } = paced();
    const [signal, stopping] = [AbortSignal.abort(), new AbortController()];
    const call = { urgency: 'person', operation: 'subscriptions' } as const;
    await turns('subscriptions', untilAnswered - 1);
    await pace.turn({ ...call, signal });
    await turns('subscriptions', 1);
    expect(clock.waits).toEqual([]);
    const waiting = pace.turn({ ...call, signal: stopping.signal });
    stopping.abort();
    await waiting;
    expect(clock.waits).toEqual([60_000]);
    await turns('subscriptions', untilAnswered);
    expect(clock.waits).toEqual([60_000]);
  });

  it.each([{}, { 'ratelimit-remaining': 'many', 'ratelimit-reset': '-1' }])(
    'ignore the invalid headers %j',
    async (headers) => {
      const { clock, pace, turns } = paced();
      await turns('subscriptions', 1);
      pace.heard('subscriptions', headers);
      await turns('subscriptions', 1);
      expect(clock.waits).toEqual([]);
    },
  );

  it('take as long as timeFor predicts', async () => {
    const { clock, pace, turns } = paced();
    pace.heard('subscriptions', { 'ratelimit-limit': '240' });
    await turns('subscriptions', 100, 'background');
    clock.advance(9_000);
    for (const calls of [116, 117, 1_000]) {
      const foretold = pace.timeFor(calls);
      const { clock: other, pace: same, turns: more } = paced();
      same.heard('subscriptions', { 'ratelimit-limit': '240' });
      await more('subscriptions', 100, 'background');
      other.advance(9_000);
      await more('subscriptions', calls, 'background');
      expect(other.monotonic() - 9_000).toBe(foretold);
    }
  });
});

it('where no limit is known, nothing waits', async () => {
  const { clock, pace, turns } = paced({ kind: 'unknown', source: 'a test' });
  pace.heard(undefined, { 'ratelimit-remaining': '0', 'ratelimit-reset': '17' });
  await turns('anything', 1_000);
  expect([clock.waits, pace.timeFor(1_000)]).toEqual([[], 0]);
});
