import { expect, test } from 'vitest';
import { check } from '../fault-server/history.ts';
import { lateJournal } from '../fault-server/late-journal.ts';
import type { Act } from '../fault-server/shop.ts';
import { openWriteFixture, torture } from '../fault-server/write-fixture.ts';
import { seededRandom } from '../torture/target.ts';

const acts: readonly Act[] = ['fair', 'fair', 'apply-then-reset', 'reset-before-read', 'apply-then-500', 'refuse'];
const minute = 60_000;
const writesOfEach = 8;

test.each(Array.from({ length: 4 * torture }, (_, nth) => nth + 1))(
  'a slow journal keeps writes exclusive and verdicts true: seed %i',
  async (seed) => {
    const random = seededRandom(seed);
    const late = async () => {
      for (let turns = random.below(6); turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
    };
    const fixture = await openWriteFixture({ journal: (journal) => lateJournal(journal, late) });
    const { shop, journal, clock } = fixture;
    const consoles = [fixture.writes, fixture.open().writes] as const;
    for (const id of ['s1', 's2']) shop.add(id);
    const overlaps: string[] = [];
    shop.act = ({ method, path }) => {
      const under = journal.recordsIn(['intent', 'sent']).filter(({ entry }) => path.endsWith(entry.ref.slice(-2)));
      const states = under.map(({ entry }) => entry.state).join();
      if (states !== 'sent') overlaps.push(`${method} ${path} while its entries are: ${states}`);
      return random.pick(acts);
    };
    for (const { follower } of consoles) follower.start();

    const flows = Array.from({ length: writesOfEach }, async (_, nth) => {
      const writes = random.pick(consoles);
      const ref = `nordic/${random.pick(['s1', 's2'])}`;
      const planned = await writes.plan({ verb: 'set-quantity', ref, quantity: 30 + nth }, null);
      if (planned.kind === 'plan') await writes.apply(planned.plan, { reason: null });
      await random.pick(consoles).recover();
      await random.pick(consoles).pollOpenRequests();
      for (const { id } of journal.unsettled()) await random.pick(consoles).settle(id).catch(expected);
    });
    await Promise.all(flows);
    shop.act = () => 'fair';
    while (journal.recordsIn(['sent', 'unknown']).length > 0) await clock.wait(minute);
    for (const { follower } of consoles) follower.stop();

    expect(overlaps).toEqual([]);
    check(journal, shop);
    expect(await journal.due()).toEqual([]);
    // Each outcome was reported as news at most once.
    const news = (await Promise.all(consoles.map((one) => one.pollOpenRequests()))).flatMap(({ settled }) => settled);
    expect(new Set(news.map(({ id }) => id)).size).toBe(news.length);
  },
  60_000,
);

/** It was settled meanwhile, or cannot be read now. */
function expected(error: unknown): void {
  expect(error).toMatchObject({ fault: { kind: expect.stringMatching(/refused|unreachable/) } });
}
