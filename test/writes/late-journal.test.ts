import { expect, test } from 'vitest';
import type { Vendor } from '../../src/api/contract.ts';
import { FaultError, fault } from '../../src/model/fault.ts';
import { runBulkPlan } from '../../src/writes/bulk/bulk-run.ts';
import { makeBulkPlan } from '../../src/writes/bulk/make-plan.ts';
import { deniedByMode } from '../../src/writes/denied.ts';
import { check } from '../fault-server/history.ts';
import { type Call, holds, lateJournal, type When } from '../fault-server/late-journal.ts';
import type { ShopOptions } from '../fault-server/shop-vendor.ts';
import { openWriteFixture, type WriteFixture } from '../fault-server/write-fixture.ts';

// Interleavings that become possible once each journal call is a round trip, and that must not happen.

const ref = 'nordic/s1';
const lower = { verb: 'set-quantity', ref, quantity: 20 } as const;
const raise = { verb: 'set-quantity', ref, quantity: 30 } as const;
const reason = null;
/** Runs everything that waits for a promise only. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function openLate(options: Partial<ShopOptions> & { readonly vendor?: (vendor: Vendor) => Vendor } = {}) {
  const { pass, hold } = holds();
  const fixture = await openWriteFixture({ ...options, journal: (journal) => lateJournal(journal, pass) });
  fixture.shop.add('s1');
  return { ...fixture, hold, writesSent: () => fixture.shop.calls.filter((call) => !call.startsWith('GET')) };
}

function runOf(fixture: WriteFixture, plan: Parameters<typeof runBulkPlan>[1], signal = new AbortController().signal) {
  const options = {
    reason,
    dryRun: false,
    stopAfter: 9,
    signal,
    holding: <Result>(work: () => Promise<Result>) => work(),
  };
  return runBulkPlan(fixture, plan, options);
}

async function bulkPlanOf({ shop, writes, clock, connections }: WriteFixture, ids: readonly string[]) {
  for (const id of ids) shop.add(id);
  const asked = ids.map((id) => ({ writeRequest: { ...lower, ref: `nordic/${id}` }, seen: null }));
  return (
    await makeBulkPlan({ writes, clock, connections }, asked, {
      by: 'tester',
      proposedBy: null,
      source: 'test',
      reason: null,
    })
  ).plan;
}

test.each(['before', 'after'] as const)(
  'of two writes on one subscription one is sent, the first waiting %s its intent',
  async (when) => {
    const { plan, writes, hold, shop, journal } = await openLate();
    const [one, other] = [await plan(lower), await plan(raise)];
    const intent = hold(when, 'intend');
    const first = writes.apply(one, { reason });
    await intent.reached;
    const second = writes.apply(other, { reason });
    // The one that the journal takes first is sent; the other is refused.
    if (when === 'before') await second;
    intent.release();
    const outcomes = [(await first).outcome, (await second).outcome];
    expect(outcomes.sort()).toEqual(['done', 'unsent']);
    expect(shop.ledger).toHaveLength(1);
    check(journal, shop);
  },
);

test('sends a row of a plan file once, though two runs start it together', async () => {
  const fixture = await openLate();
  const plan = await bulkPlanOf(fixture, ['s1', 's2']);
  const intent = fixture.hold('before', 'intend');
  const first = runOf(fixture, plan);
  await intent.reached;
  const second = await runOf(fixture, plan);
  intent.release();
  expect(second.ends.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  expect((await first).ends.map(({ outcome }) => outcome)).not.toContain('unknown');
  expect(fixture.writesSent()).toHaveLength(2);
});

test('a run interrupted while a row waits for the journal starts no other', async () => {
  const fixture = await openLate();
  const plan = await bulkPlanOf(fixture, ['s1', 's2']);
  const interrupt = new AbortController();
  const intent = fixture.hold('after', 'intend');
  const run = runOf(fixture, plan, interrupt.signal);
  await intent.reached;
  interrupt.abort();
  intent.release();
  const { ends, stopped } = await run;
  expect([stopped, ends.map(({ outcome }) => outcome)]).toEqual(['interrupted', ['done', 'not-reached']]);
});

const moments: readonly (readonly [When, Call])[] = [
  ['after', 'intend'],
  ['before', 'sending'],
  ['after', 'sending'],
  ['before', 'answered'],
  ['after', 'answered'],
  ['before', 'close'],
];

test.each(moments)('settling a write that waits %s "%s" says that it is being sent', async (when, call) => {
  const { plan, writes, hold, journal } = await openLate();
  const ready = await plan(lower);
  const held = hold(when, call);
  const applied = writes.apply(ready, { reason });
  await held.reached;
  const [{ id } = { id: '' }] = journal.entries({ ref, state: null, since: null, limit: null });
  await writes.recover();
  await writes.pollOpenRequests();
  await expect(writes.settleByPerson(id, 'not-applied')).rejects.toThrow('is being sent');
  await expect(writes.settle(id)).rejects.toThrow('is being sent');
  held.release();
  expect((await applied).outcome).toBe('done');
  expect(journal.verdicts(id)).toMatchObject([{ state: 'done', basis: 'answer' }]);
});

test.each([
  ['before', 'intend'],
  ['after', 'intend'],
  ['before', 'sending'],
  ['after', 'sending'],
] as const)('a block set while a write waits %s "%s" stops it', async (when, call) => {
  const mode = { offline: false, readOnly: false };
  const { plan, writes, hold, journal, writesSent } = await openLate({
    allowWrites: () => deniedByMode(mode)?.message ?? null,
  });
  const ready = await plan(lower);
  const held = hold(when, call);
  const applied = writes.apply(ready, { reason });
  await held.reached;
  mode.readOnly = true;
  held.release();
  const { outcome, journalId } = await applied;
  expect([outcome, journal.entry(journalId ?? '')?.state, writesSent()]).toEqual(['unsent', 'refused', []]);
});

test.each([
  ['before', 'intend'],
  ['after', 'intend'],
  ['before', 'sending'],
] as const)('a journal closed while a write waits %s "%s" sends nothing', async (when, call) => {
  const { plan, writes, hold, journal, writesSent, open } = await openLate();
  const ready = await plan(lower);
  const held = hold(when, call);
  const applied = writes.apply(ready, { reason });
  await held.reached;
  journal.dispose();
  held.release();
  expect((await applied).outcome).not.toBe('done');
  expect(writesSent()).toEqual([]);
  expect(open().journal.recordsIn(['sent', 'unknown', 'done'])).toEqual([]);
});

test('sends no second step of an order if its entry was closed before', async () => {
  const { plan, writes, hold, journal, shop, writesSent } = await openLate({ orders: true });
  const ready = await plan(raise);
  const answered = hold('after', 'answered');
  const applied = writes.apply(ready, { reason });
  await answered.reached;
  const [{ id } = { id: '' }] = journal.entries({ ref, state: null, since: null, limit: null });
  // As another machine would do that considers this process dead.
  await journal.close(id, { state: 'settled-not-applied', reason: null, vendor: null, basis: 'lease' });
  answered.release();
  expect((await applied).outcome).toBe('unsent');
  expect(writesSent()).toHaveLength(1);
  expect(shop.ledger).toEqual([]);
});

test('does not send what was planned while another write started', async () => {
  const { plan, writes, hold, shop } = await openLate();
  const other = await plan(lower);
  const open = hold('after', 'openOn');
  const planning = plan(raise);
  await open.reached;
  expect((await writes.apply(other, { reason })).outcome).toBe('done');
  open.release();
  expect(await writes.apply(await planning, { reason })).toMatchObject({
    outcome: 'unsent',
    fault: { message: expect.stringContaining('after this plan was made') },
  });
  expect(shop.ledger).toHaveLength(1);
});

test('reports an accepted request as accepted, even if it ends before that', async () => {
  const { plan, writes, hold, clock, shop, journal } = await openLate({ requests: true });
  shop.words = ['Completed'];
  const ready = await plan(lower);
  const accepted = hold('after', 'accepted');
  const applied = writes.apply(ready, { reason });
  await accepted.reached;
  const [{ id } = { id: '' }] = journal.requests({ open: true });
  clock.advance(60_000);
  expect((await writes.follower.pollNow(id)).state).toBe('done');
  accepted.release();
  expect(await applied).toMatchObject({ outcome: 'accepted', request: { id, state: 'pending' } });
});

async function accepted(answer: () => Promise<void> = async () => undefined) {
  const looks: number[] = [];
  const late = await openLate({
    requests: true,
    vendor: (vendor) => ({
      ...vendor,
      abilities: {
        ...vendor.abilities,
        follow: async () => {
          looks.push(looks.length);
          await answer();
          return { state: 'running', vendorState: null, reason: null, retryAfterMs: null };
        },
      },
    }),
  });
  const { journalId } = await late.send(lower);
  late.clock.advance(60_000);
  return { ...late, looks, id: journalId ?? '' };
}

test('polling on request waits for a poll whose lease is being acquired', async () => {
  const answer = Promise.withResolvers<void>();
  const { writes, hold, looks, id } = await accepted(() => answer.promise);
  const claim = hold('after', 'claim');
  writes.follower.start();
  await claim.reached;
  const stored = hold('after', 'stored');
  const now = writes.follower.pollNow(id);
  await stored.reached;
  stored.release();
  await turn();
  claim.release();
  await turn();
  answer.resolve();
  expect((await now).state).toBe('running');
  expect(looks).toHaveLength(1);
});

test('polling on request works while another console holds the lease', async () => {
  const { writes, hold, looks, id, open } = await accepted();
  const claim = hold('before', 'claim');
  writes.follower.start();
  await claim.reached;
  expect(await open().journal.claim(id, 60_000)).toBe(true);
  const now = writes.follower.pollNow(id);
  claim.release();
  expect((await now).state).toBe('running');
  expect(looks).toHaveLength(1);
});

test.each(['nextDue', 'due', 'claim'] as const)(
  'a follower stopped during "%s" does not poll any more',
  async (call) => {
    const { writes, hold, looks, clock } = await accepted();
    const held = hold('after', call);
    writes.follower.start();
    await held.reached;
    writes.follower.stop();
    held.release();
    await clock.wait(10_000);
    expect(looks).toEqual([]);
  },
);

test('a follower stopped and restarted polls a due request once', async () => {
  const { writes, hold, looks, clock } = await accepted();
  const due = hold('after', 'due');
  writes.follower.start();
  await due.reached;
  writes.follower.stop();
  writes.follower.start();
  due.release();
  await clock.wait(1000);
  writes.follower.stop();
  expect(looks).toHaveLength(1);
});

async function lost() {
  const late = await openLate();
  late.shop.act = () => 'apply-then-reset';
  const { journalId } = await late.send(lower);
  late.shop.act = () => 'fair';
  return { ...late, id: journalId ?? '' };
}

test.each([
  ['not-applied', 'settled-not-applied', ['unknown', 'settled-applied', 'settled-not-applied']],
  ['applied', 'settled-applied', ['unknown', 'settled-applied']],
] as const)('a person’s verdict "%s" counts while the vendor proves it applied', async (as, state, said) => {
  const { writes, hold, journal, id } = await lost();
  const close = hold('before', 'close');
  const settled = writes.settleByPerson(id, as);
  await close.reached;
  expect((await writes.settle(id)).state).toBe('settled-applied');
  close.release();
  expect((await settled).state).toBe(state);
  expect(journal.verdicts(id).map((verdict) => verdict.state)).toEqual(said);
});

test('evidence that arrives after a person’s verdict and says otherwise replaces it', async () => {
  const { writes, hold, journal, id, clock } = await lost();
  clock.advance(60_000);
  const close = hold('before', 'close');
  const settled = writes.settle(id);
  await close.reached;
  expect((await writes.settleByPerson(id, 'not-applied')).state).toBe('settled-not-applied');
  close.release();
  expect(await settled).toMatchObject({ state: 'settled-applied', corrects: 'settled-not-applied', basis: 'evidence' });
  const said = ['unknown', 'settled-not-applied', 'settled-applied'];
  expect(journal.verdicts(id).map(({ state }) => state)).toEqual(said);
  expect(await journal.due()).toEqual([]);
});

test('a poll that ends after its write was settled schedules no other', async () => {
  const { writes, hold, journal, shop, id, clock } = await lost();
  shop.readsFail = () => true;
  clock.advance(60_000);
  const postponed = hold('before', 'schedule');
  const news = writes.pollOpenRequests();
  await postponed.reached;
  await writes.settleByPerson(id, 'applied');
  postponed.release();
  await news;
  clock.advance(3_600_000);
  expect(await journal.due()).toEqual([]);
});

test('a follower continues once an unavailable journal is back', async () => {
  let isAway = true;
  const away = async (call: Call) => {
    if (isAway && call === 'nextDue') throw fault('unreachable', 'The store is away.', 'Wait.');
  };
  const fixture = await openWriteFixture({ requests: true, journal: (journal) => lateJournal(journal, away) });
  fixture.shop.add('s1');
  const { send, writes, clock, shop } = fixture;
  shop.words = ['Completed'];
  const { journalId } = await send(lower);
  const settled = writes.follower.settled(journalId ?? '');
  await clock.wait(10_000);
  isAway = false;
  expect((await settled).state).toBe('done');
});

test('with an unavailable journal every write is a fault and nothing is sent', async () => {
  let isAway = false;
  const away = async () => {
    if (isAway) throw fault('unreachable', 'The store is away.', 'Wait.');
  };
  const fixture = await openWriteFixture({ journal: (journal) => lateJournal(journal, away) });
  fixture.shop.add('s1');
  const { writes, plan, shop } = fixture;
  const ready = await plan(lower);
  isAway = true;
  expect(await writes.plan(lower, null)).toMatchObject({ kind: 'fault', fault: { message: 'The store is away.' } });
  expect(await writes.apply(ready, { reason })).toMatchObject({ outcome: 'unsent' });
  await expect(writes.settle('x')).rejects.toThrow(FaultError);
  await expect(writes.settleByPerson('x', 'applied')).rejects.toThrow(FaultError);
  expect(shop.calls.filter((line) => !line.startsWith('GET'))).toEqual([]);
});
