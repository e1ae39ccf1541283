import { expect, test } from 'vitest';
import { can, type Vendor } from '../../src/api/contract.ts';
import type { WriteRequest } from '../../src/operations/registry.ts';
import type { KnownConnection } from '../../src/writes/connections.ts';
import { createWrites } from '../../src/writes/create-writes.ts';
import { openWriteFixture, type WriteFixture } from '../fault-server/write-fixture.ts';

const minute = 60_000;

/** The fixture's installation with connections other than the one that sent. */
function reconnected(
  { parts, vendor }: WriteFixture,
  connections: readonly (Partial<KnownConnection> & { name: string })[],
) {
  const list = connections.map((one) => ({ account: vendor.account, view: vendor.view, ...one }));
  const asked: string[] = [];
  const vendorOf = async (name: string): Promise<Vendor> => {
    asked.push(name);
    const { account, view } = list.find((one) => one.name === name) ?? vendor;
    return {
      ...vendor,
      connection: name,
      account,
      view,
      abilities: { ...vendor.abilities, read: readAs(vendor, name) },
    };
  };
  return { writes: createWrites({ ...parts, connections: { list }, vendorOf }), asked };
}

/** The shop's row as the connection with this name reads it. */
function readAs({ abilities }: Vendor, connection: string): Vendor['abilities']['read'] {
  return async (target, signal) => {
    const reading = can(abilities.read) ? await abilities.read(target, signal) : null;
    if (reading === null) return null;
    const { subscription } = reading;
    return { ...reading, subscription: { ...subscription, connection, ref: `${connection}/${subscription.id}` } };
  };
}

async function lost(writeRequest: WriteRequest, act: 'apply-then-reset' | 'reset-before-read' = 'apply-then-reset') {
  const fixture = await openWriteFixture({ vendor: (vendor) => ({ ...vendor, view: 'seller s-1' }) });
  fixture.shop.add('s1');
  fixture.shop.act = () => act;
  const { journalId } = await fixture.send(writeRequest);
  fixture.shop.act = () => 'fair';
  return { fixture, id: journalId ?? '' };
}

const cancel: WriteRequest = { verb: 'cancel', ref: 'nordic/s1', mode: 'cancel' };
const remove: WriteRequest = { verb: 'cancel', ref: 'nordic/s1', mode: 'delete' };
const lower: WriteRequest = { verb: 'set-quantity', ref: 'nordic/s1', quantity: 20 };

test('settles a write through its own connection while that has the same view', async () => {
  const { fixture, id } = await lost(lower);
  const { writes, asked } = reconnected(fixture, [{ name: 'other' }, { name: 'nordic' }]);
  expect((await writes.settle(id)).state).toBe('settled-applied');
  expect(asked).toEqual(['nordic']);
});

test('settles through another connection on the account, the same view first', async () => {
  const { fixture, id } = await lost(lower);
  const { writes, asked } = reconnected(fixture, [
    { name: 'nordic', account: 'cloudmore https://staging.example.com' },
    { name: 'broker', view: 'reseller r-1' },
    { name: 'production' },
  ]);
  expect((await writes.settle(id)).state).toBe('settled-applied');
  expect(asked).toEqual(['production']);
});

test('without a connection on its account a write stays open, and both are named', async () => {
  const { fixture, id } = await lost(lower);
  const moved = reconnected(fixture, [{ name: 'nordic', account: 'cloudmore https://staging.example.com' }]);
  await expect(moved.writes.settle(id)).rejects.toMatchObject({
    fault: {
      kind: 'refused',
      message: expect.stringContaining(
        `sent on the account ${fixture.vendor.account}; the connection nordic now uses cloudmore https://staging.example.com`,
      ),
    },
  });
  const gone = reconnected(fixture, []);
  await expect(gone.writes.settle(id)).rejects.toMatchObject({
    fault: { kind: 'refused', message: expect.stringContaining('the connection nordic no longer exists') },
  });
  await moved.writes.pollOpenRequests();
  expect([...moved.asked, ...gone.asked]).toEqual([]);
  expect(fixture.journal.entry(id)?.state).toBe('unknown');
});

test('an unreachable account does not delay the others', async () => {
  const { fixture, id } = await lost(lower);
  fixture.shop.add('s2');
  const [staging, real] = ['cloudmore https://staging.example.com', fixture.vendor.account];
  const there = createWrites({
    ...fixture.parts,
    connections: { list: [{ name: 'nordic', account: staging, view: '' }] },
    vendorOf: async () => ({ ...fixture.vendor, account: staging }),
  });
  const planned = await there.plan({ ...lower, ref: 'nordic/s2' }, null);
  fixture.shop.act = () => 'apply-then-reset';
  const sent = planned.kind === 'plan' ? await there.apply(planned.plan, { reason: null }) : null;
  fixture.shop.act = () => 'fair';
  fixture.clock.advance(minute);
  const { writes } = reconnected(fixture, [{ name: 'nordic', account: staging }]);
  await writes.pollOpenRequests();
  expect(fixture.journal.entry(id)).toMatchObject({ state: 'unknown', account: real });
  expect(fixture.journal.entry(sent?.journalId ?? '')).toMatchObject({ state: 'settled-applied', account: staging });
});

test('a follower skips a request of another account until that is back', async () => {
  const fixture = await openWriteFixture({ requests: true });
  fixture.shop.add('s1');
  const { journalId } = await fixture.send(lower);
  const id = journalId ?? '';
  const moved = reconnected(fixture, [{ name: 'nordic', account: 'cloudmore https://staging.example.com' }]);
  fixture.clock.advance(minute);
  await expect(moved.writes.follower.pollNow(id)).rejects.toMatchObject({ fault: { kind: 'refused' } });
  await moved.writes.pollOpenRequests();
  expect([fixture.journal.entry(id)?.state, moved.asked]).toEqual(['sent', []]);
});

test.each([
  ['a deletion', remove, 'apply-then-reset'],
  ['a cancellation that never came', cancel, 'reset-before-read'],
] as const)('absence in another view of the account proves nothing: %s', async (_, writeRequest, act) => {
  const { fixture, id } = await lost(writeRequest, act);
  const { writes } = reconnected(fixture, [{ name: 'broker', view: 'reseller r-1' }]);
  expect((await writes.settle(id)).state).toBe('unknown');
  fixture.clock.advance(6 * minute);
  const late = await writes.settle(id);
  expect(late.state).toBe('needs-person');
  expect(late.reason).toContain(
    'It was sent as seller s-1 but read through broker (reseller r-1), which may see something else.',
  );
  // The same evidence counts through the view that sent it.
  const same = reconnected(fixture, [{ name: 'again' }]);
  expect((await same.writes.settle(id)).state).toBe(
    act === 'reset-before-read' ? 'settled-not-applied' : 'settled-applied',
  );
});

test('the requested state in another view of the account is proof', async () => {
  const { fixture, id } = await lost(cancel);
  const { writes } = reconnected(fixture, [{ name: 'broker', view: 'reseller r-1' }]);
  expect(await writes.settle(id)).toMatchObject({
    state: 'settled-applied',
    reason: expect.stringContaining('read through broker'),
  });
});
