import { describe, expect, test } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import type { StoreWait } from '../../src/model/store-wait.ts';
import { storeWaitText } from '../../src/model/store-wait.ts';
import { storeWaits } from '../../src/postgres/store-waits.ts';
import { realClock } from '../fault-server/clocks.ts';
import { hasPostgres } from '../postgres/server.ts';
import { tcpProxy } from '../postgres/tcp-proxy.ts';
import { answer, intent, step } from './intent.ts';
import { intend } from './interface-suite.ts';
import { teamStore } from './team-fixture.ts';

/** What a person is told of, and what came of it, in milliseconds from when the network lost its way. */
interface Told {
  readonly said: readonly { readonly wait: StoreWait; readonly at: number }[];
  readonly ended: number;
  readonly outcome: unknown;
}

interface Under {
  readonly journal: Journal;
  readonly id: string;
}

const mark = { at: '2026-11-21T12:00:00.000Z', by: 'anna', until: null, text: null, action: 'take' } as const;

/** A journal with an open entry, and what to do with it once the network loses its way at a statement. */
async function onTheWay() {
  const store = await teamStore();
  const proxy = await tcpProxy(store.server.port);
  let from = Number.NaN;
  const said: { readonly wait: StoreWait; readonly at: number }[] = [];
  const waits = storeWaits(realClock, (wait) => said.push({ wait, at: performance.now() - from }));
  const journal = await store.join({ port: proxy.port, clock: realClock, waits });
  const id = await intend(journal, { ref: 'nordic/open', steps: 2 });
  await journal.sending(id, step);
  return async (text: string, work: (under: Under) => Promise<unknown>, isBackSoon = false): Promise<Told> => {
    proxy.holdAt(text);
    const working = work({ journal, id }).catch((error: unknown) => error);
    await proxy.held;
    from = performance.now();
    if (isBackSoon) proxy.pass();
    const outcome = await working;
    return { said, ended: performance.now() - from, outcome };
  };
}

const unknown = { state: 'unknown', reason: 'r', vendor: null, basis: 'answer', nextCheckIn: 1 } as const;
const never = () => Promise.reject(new Error('not prepared'));
const refused = { kind: 'refused', fault: { kind: 'unreachable', sent: false } };
const away = { fault: { kind: 'unreachable', sent: false } };

describe.runIf(hasPostgres())('a network that loses its way to the store', () => {
  test('each change says so within 3 seconds, and its outcome within 5', async () => {
    const changes: readonly (readonly [string, (under: Under) => Promise<unknown>])[] = [
      ['begin_entry', ({ journal }) => journal.intend(intent)],
      ['change_entry', ({ journal, id }) => journal.sending(id, { ...step, index: 1 })],
      [
        'change_entry',
        async ({ journal, id }) => {
          await journal.answered(id, { index: 0, answer });
          return journal.stored(id);
        },
      ],
      ['change_entry', ({ journal, id }) => journal.close(id, unknown)],
      ['add_marks', ({ journal }) => journal.mark(['k'], mark)],
      // Several in one go, as a bulk plan does: the second is told at once.
      [
        'begin_entry',
        async ({ journal }) => [await journal.intend(intent), await journal.intend({ ...intent, ref: 'nordic/s2' })],
      ],
    ];
    const ready: Awaited<ReturnType<typeof onTheWay>>[] = [];
    for (const _ of changes) ready.push(await onTheWay());
    const cases = await Promise.all(changes.map(([text, work], nth) => ready[nth]?.(text, work) ?? never()));
    expect(cases.map(({ outcome }) => outcome)).toMatchObject([refused, away, away, away, away, [refused, refused]]);
    const whats = [
      'journal entry ',
      'journal entry ',
      'journal entry ',
      'journal entry ',
      'the mark',
      'journal entry ',
    ];
    const texts: string[] = [];
    for (const [nth, { said, ended }] of cases.entries()) {
      expect(ended).toBeLessThan(5_000);
      // Another statement may have found out already that a new connection gets no byte: then it ends at once.
      const told = said.filter(({ at }) => at < ended);
      if (told.length === 0) expect(ended).toBeLessThan(3_000);
      for (const { at, wait } of told) {
        expect(at).toBeLessThan(3_000);
        const what = expect.stringContaining(whats[nth] ?? '');
        expect(wait.change).toEqual({ what, isLookedUp: true, hasLeft: nth > 0 && nth < 4 });
        texts.push(storeWaitText(wait, wait.since + 2_700));
      }
    }
    expect(texts).toContainEqual(
      expect.stringMatching(
        /^The team's store 127\.0\.0\.1:\d+\/team\d+ has not answered for 3 s\. Looking up what became of journal entry \w+, before anything else\.$/,
      ),
    );
  });

  test('an acknowledgement that was lost is found on a new connection', async () => {
    const { outcome, said, ended } = await (await onTheWay())(
      'begin_entry',
      ({ journal }) => journal.intend(intent),
      true,
    );
    expect(outcome).toMatchObject({ kind: 'intended' });
    // Nobody has to be told of what takes no longer than a statement.
    expect([said, ended < 5_000]).toEqual([[], true]);
  });

  test('a wait is known while it lasts, and over once the store answers', async () => {
    const store = await teamStore();
    const proxy = await tcpProxy(store.server.port);
    const waits = storeWaits(realClock);
    const journal = await store.join({ port: proxy.port, clock: realClock, waits });
    await journal.newest();
    proxy.hold();
    const reading = journal.newest().catch(() => null);
    await expect.poll(() => journal.storeWait(), { timeout: 5_000 }).toMatchObject({ change: null });
    await reading;
    proxy.pass();
    await expect
      .poll(
        () =>
          journal
            .newest()
            .then(() => journal.storeWait())
            .catch(() => 'away'),
        { timeout: 10_000 },
      )
      .toBe(null);
  });
});
