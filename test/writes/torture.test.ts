import { expect, test } from 'vitest';
import type { WriteRequest } from '../../src/operations/registry.ts';
import { check } from '../fault-server/history.ts';
import type { Act } from '../fault-server/shop.ts';
import { openWriteFixture, torture } from '../fault-server/write-fixture.ts';

const acts: readonly Act[] = [
  'fair',
  'apply-then-reset',
  'reset-before-read',
  'late',
  'apply-then-500',
  'only-500',
  'refuse',
  'truncate',
  'bad-json',
  'redirect',
];
const kinds: readonly ((ref: string) => WriteRequest)[] = [
  (ref) => ({ verb: 'set-quantity', ref, quantity: 20 }),
  (ref) => ({ verb: 'set-quantity', ref, quantity: 30 }),
  (ref) => ({ verb: 'cancel', ref, mode: 'cancel' }),
  (ref) => ({ verb: 'cancel', ref, mode: 'delete' }),
  (ref) => ({ verb: 'set-license', ref, licenseKey: 'K-1' }),
  (ref) => ({ verb: 'addon-cancel', ref, addonId: 'a1' }),
  (ref) => ({ verb: 'update', ref, changes: { name: 'renamed' } }),
];
const minute = 60_000;

test.each([
  ['plain changes', {}],
  ['requests and orders', { requests: true, orders: true }],
])(
  '%s with every fault: sent once, judged correctly, settled if readable',
  async (_, shopOptions) => {
    const fixture = await openWriteFixture(shopOptions);
    const { shop, journal, writes, clock, send } = fixture;
    shop.lateness = 2 * minute;
    const first = clock.now();
    let nth = 0;
    for (let round = 0; round < torture; round += 1) {
      for (const kind of kinds) {
        for (const act of acts) {
          nth += 1;
          const id = `t${nth}`;
          shop.add(id, { addons: [{ id: 'a1', ends: false }] });
          // The fault hits each step of an order in turn.
          const fallsOn = nth % 3;
          let step = 0;
          shop.act = ({ path }) => {
            const isOrder = path.startsWith('/orders');
            step += 1;
            return isOrder && step - 1 !== fallsOn ? 'fair' : act;
          };
          await send(kind(`nordic/${id}`));
        }
      }
    }
    shop.act = () => 'fair';
    check(journal, shop);

    writes.follower.start();
    const quiet = (): boolean => journal.recordsIn(['sent', 'unknown']).length === 0;
    while (!quiet()) await clock.wait(minute);
    writes.follower.stop();
    check(journal, shop);

    const entries = journal.entries({ ref: null, state: null, since: null, limit: null });
    expect(entries).toHaveLength(nth);
    const applied = shop.ledger.filter(({ at }) => at >= first).length;
    const settled = entries.filter(({ state }) => state === 'done' || state === 'settled-applied').length;
    expect(settled).toBe(applied);
    const sentTwice = new Map<string, number>();
    for (const call of shop.calls.filter((line) => !line.startsWith('GET') && !/^POST \/orders$/.test(line))) {
      sentTwice.set(call, (sentTwice.get(call) ?? 0) + 1);
    }
    expect([...sentTwice].filter(([, times]) => times > 1)).toEqual([]);
  },
  180_000 * torture,
);
