import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createCallPace, type Urgency } from '../../../src/api/http/call-pace.ts';
import { type CallQueue, createCallQueue, type Turn } from '../../../src/api/http/call-queue.ts';
import { heldTime } from '../../fault-server/clocks.ts';

function queueOf(most: number, time: ReturnType<typeof heldTime>): CallQueue {
  const clock = { ...time, wait: () => Promise.reject(new Error('No limit is known.')) };
  return createCallQueue(
    most,
    time,
    createCallPace({ kind: 'unknown', source: 'a test' }, clock, () => undefined),
  );
}

/** Calls in the order in which they got their slots. */
function callsOf(queue: CallQueue) {
  const begun: string[] = [];
  const turns: Turn[] = [];
  return {
    begun,
    turns,
    ask: (name: string, urgency: Urgency = 'background', signal?: AbortSignal) => {
      const asked = queue.turn({ urgency, signal }).then((turn) => {
        begun.push(name);
        turns.push(turn);
        return turn;
      });
      asked.catch(() => undefined);
      return asked;
    },
  };
}

/** Runs this many calls in sequence, each answered after this many milliseconds. */
async function answer(
  queue: CallQueue,
  time: ReturnType<typeof heldTime>,
  count: number,
  milliseconds: number,
  limitLeft: number | null = null,
): Promise<void> {
  for (let call = 0; call < count; call++) {
    const turn = await queue.turn({ urgency: 'background' });
    time.advance(milliseconds);
    turn.answered('good', limitLeft === null ? {} : { 'ratelimit-remaining': String(limitLeft) });
    turn.end();
  }
}

test('runs at most the configured number of calls, interactive ones first', async () => {
  const { begun, turns, ask } = callsOf(queueOf(2, heldTime()));
  for (const name of ['a', 'b', 'c', 'd']) void ask(name);
  void ask('opened by a person', 'person');
  await turnOfLoop();
  expect(begun).toEqual(['a', 'b']);
  turns[0]?.end();
  await turnOfLoop();
  expect(begun).toEqual(['a', 'b', 'opened by a person']);
  turns[1]?.end();
  turns[2]?.end();
  await turnOfLoop();
  expect(begun.slice(3)).toEqual(['c', 'd']);
});

test('a call aborted while waiting never starts and takes no slot', async () => {
  const { begun, turns, ask } = callsOf(queueOf(1, heldTime()));
  void ask('a');
  const stop = new AbortController();
  const waiting = ask('b', 'background', stop.signal);
  void ask('c');
  stop.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  await expect(ask('d', 'background', stop.signal)).rejects.toThrow('stopped');
  turns[0]?.end();
  await turnOfLoop();
  expect(begun).toEqual(['a', 'c']);
});

test('a call aborted in flight keeps its slot until it ends', async () => {
  const { begun, turns, ask } = callsOf(queueOf(1, heldTime()));
  const stop = new AbortController();
  void ask('a', 'background', stop.signal);
  void ask('b');
  await turnOfLoop();
  stop.abort();
  await turnOfLoop();
  expect(begun).toEqual(['a']);
  turns[0]?.end();
  await turnOfLoop();
  expect(begun).toEqual(['a', 'b']);
});

test('throttling halves the limit once; good answers raise it again', async () => {
  const time = heldTime();
  const queue = queueOf(8, time);
  const together = await Promise.all(Array.from({ length: 8 }, () => queue.turn({ urgency: 'background' })));
  time.advance(100);
  for (const turn of together) {
    turn.answered('throttled', null);
    turn.end();
  }
  expect(queue.width()).toBe(4);
  time.advance(1);
  await answer(queue, time, 4, 100);
  expect(queue.width()).toBe(5);
  await answer(queue, time, 5 + 6 + 7 + 8 + 8, 100);
  expect(queue.width()).toBe(8);
});

test('the limit never drops below one call', async () => {
  const time = heldTime();
  const queue = queueOf(4, time);
  for (let call = 0; call < 5; call++) {
    const turn = await queue.turn({ urgency: 'background' });
    time.advance(10);
    turn.answered('throttled', { 'ratelimit-remaining': '0' });
    turn.end();
    time.advance(10);
  }
  expect(queue.width()).toBe(1);
});

test('answers far slower than usual halve the limit; a single slow one does not', async () => {
  const time = heldTime();
  const queue = queueOf(8, time);
  await answer(queue, time, 40, 100);
  await answer(queue, time, 1, 700);
  await answer(queue, time, 10, 100);
  expect(queue.width()).toBe(8);
  await answer(queue, time, 4, 2_000);
  expect(queue.width()).toBeLessThan(8);
});

test('runs no more calls than the vendor says are left', async () => {
  const time = heldTime();
  const queue = queueOf(8, time);
  await answer(queue, time, 1, 100, 3);
  expect(queue.width()).toBe(3);
});

test('starts no call while the vendor asks for a pause', async () => {
  const queue = queueOf(4, heldTime());
  const { begun, ask } = callsOf(queue);
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  queue.hold(first.promise);
  queue.hold(second.promise);
  void ask('a');
  first.resolve();
  await turnOfLoop();
  expect(begun).toEqual([]);
  second.reject(new Error('the wait was stopped'));
  await turnOfLoop();
  expect(begun).toEqual(['a']);
});
