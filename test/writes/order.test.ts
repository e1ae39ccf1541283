import { expect, test } from 'vitest';
import type { Order } from '../../src/api/contract.ts';
import { safeText } from '../../src/api/text.ts';
import { createWrites } from '../../src/writes/create-writes.ts';
import { receipt } from '../../src/writes/receipt.ts';
import { openWriteFixture } from '../fault-server/write-fixture.ts';
import { loseSender } from './lose-sender.ts';

const minute = 60_000;
const raise = { verb: 'set-quantity', ref: 'nordic/s1', quantity: 30 } as const;

/** A shop with orders in three steps, whose drafts can be read back and expire after a known time. */
async function ordering() {
  const fixture = await openWriteFixture({
    vendor: (vendor) => ({
      ...vendor,
      abilities: {
        ...vendor.abilities,
        orders: async (): Promise<readonly Order[]> => {
          const rest = { createdAt: null, expiresAt: null, organization: null, items: [] };
          return [...fixture.shop.orders].map(([id, { status }]) => ({
            ...{ id, status: safeText(status), isDraft: status === 'Draft', ...rest },
          }));
        },
        raiseQuantity: (target, args) => {
          const draft = vendor.abilities.raiseQuantity;
          if (typeof draft !== 'function') throw new Error('no');
          return { ...draft(target, args), atOnce: false, leftover: 'The draft expires by itself after 7 days.' };
        },
      },
    }),
    orders: true,
  });
  fixture.shop.add('s1');
  return fixture;
}

async function lose(step: string, act: 'apply-then-reset' | 'reset-before-read') {
  const fixture = await ordering();
  fixture.shop.act = ({ path }) => (path.endsWith(step) ? act : 'fair');
  const { journalId } = await fixture.send(raise);
  fixture.shop.act = () => 'fair';
  return { ...fixture, id: journalId ?? '' };
}

test('a checkout that never arrived is proved by its draft and not resent', async () => {
  const { writes, journal, clock, shop, id } = await lose('/checkout', 'reset-before-read');
  expect((await writes.settle(id)).state).toBe('unknown');
  clock.advance(6 * minute);
  expect(await writes.settle(id)).toMatchObject({ state: 'settled-not-applied' });
  expect(receipt(journal, id)).toContain('The draft expires by itself after 7 days.');
  expect(shop.calls.filter((call) => call.endsWith('/checkout'))).toHaveLength(1);
});

test('a draft proves nothing while a stopped sender may still check it out', async () => {
  const { writes, path, clock, id } = await lose('/checkout', 'reset-before-read');
  loseSender(path, id);
  clock.advance(60 * minute);
  expect((await writes.settle(id)).state).toBe('needs-person');
});

test('a checkout that arrived is proved by the quantity', async () => {
  const { writes, id } = await lose('/checkout', 'apply-then-reset');
  expect((await writes.settle(id)).state).toBe('settled-applied');
});

test('an order that is not a draft and has another quantity needs a person', async () => {
  const { writes, clock, shop, id } = await lose('/checkout', 'apply-then-reset');
  const row = shop.rows.get('s1');
  if (row !== undefined) row.quantity = 26;
  clock.advance(6 * minute);
  const { state, reason } = await writes.settle(id);
  expect(state).toBe('needs-person');
  expect(reason).toContain('Completed');
});

test('an order without a checkout was not applied, whatever the quantity', async () => {
  const { writes, journal, shop, id } = await lose('/items', 'apply-then-reset');
  const row = shop.rows.get('s1');
  if (row !== undefined) row.quantity = 30;
  expect(await writes.settle(id)).toMatchObject({ state: 'settled-not-applied' });
  expect(receipt(journal, id)).toContain('The draft expires by itself after 7 days.');
});

test('an order that stops midway says what it leaves behind', async () => {
  const { shop, send, journal } = await ordering();
  shop.act = ({ path }) => (path.endsWith('/items') ? 'refuse' : 'fair');
  const { journalId } = await send(raise);
  expect(journal.entry(journalId ?? '')?.reason).toContain('The draft expires by itself after 7 days.');
});

test('does not send a plan overtaken by another write, finished or not', async () => {
  const { shop, plan, writes, clock, parts } = await openWriteFixture();
  shop.add('s1');
  const writeRequest = { verb: 'set-quantity', ref: 'nordic/s1', quantity: 20 } as const;
  const [one, other] = [await plan(writeRequest), await plan(writeRequest)];
  // Order, not time, decides which came first: by the clock the other write is older than its plan.
  clock.setWall(-1500);
  expect((await writes.apply(one, { reason: null })).outcome).toBe('done');
  const end = await writes.apply(other, { reason: null });
  expect(end).toMatchObject({ outcome: 'unsent', journalId: null, fault: { kind: 'refused', sent: false } });
  expect(end.fault?.message).toContain('Another write was sent here after this plan was made');
  expect(end.fault?.message).not.toContain(', by ');
  const told = await createWrites({ ...parts, by: 'omar' }).apply(other, { reason: null });
  expect(told.fault?.message).toContain(', by tester, at ');
  expect(shop.ledger).toHaveLength(1);
});
