import { describe, expect, test } from 'vitest';
import { fault } from '../../src/model/fault.ts';
import type { SharedLimits } from '../../src/model/shared-limits.ts';
import { sharedLimitsOf } from '../../src/team/shared-limits.ts';
import { hasPostgres } from '../postgres/server.ts';
import { member, type TestMember, viewer } from './members.ts';
import { newStore } from './store-fixture.ts';

const account = 'acme https://api.acme.example';
const limit = { calls: 20, seconds: 60 };
const call = { operation: 'subscriptions', allowed: 20, limit };
const unlimited = { operation: '', allowed: null, limit: null };
const clock = { monotonic: () => performance.now() };

function limitsOf({ database, process }: TestMember): SharedLimits {
  return sharedLimitsOf({ database, process, clock })(account);
}

/** What a member may begin now; null: a call may begin. */
async function waitOf(limits: SharedLimits, of = call) {
  const turn = await limits.take(of);
  return turn.mayBegin ? null : turn;
}

describe.runIf(hasPostgres())('limits that a team shares', () => {
  test('members together begin as many calls as the limit allows', async () => {
    const store = await newStore();
    const members = [limitsOf(await member(store, 'cora')), limitsOf(await member(store, 'dan'))];
    const turns = await Promise.all(Array.from({ length: 40 }, (_, nth) => members[nth % 2]?.take(call)));
    expect(turns.filter((turn) => turn?.mayBegin)).toHaveLength(20);
    const [wait] = turns.filter((turn) => turn?.mayBegin === false);
    expect(wait).toMatchObject({ why: 'limit' });
    expect(wait?.mayBegin === false && wait.milliseconds).toBeGreaterThan(50_000);
    expect(await waitOf(members[0] as SharedLimits, { ...call, operation: 'customers' })).toBeNull();
  });

  test('a pause that the vendor asked one member for holds for all', async () => {
    const store = await newStore();
    const [anna, ben] = [await member(store, 'cora'), await member(store, 'dan')];
    await anna.database.query('SELECT subdeck.pause_calls($1, $2, $3)', [await anna.process(), account, 30_000]);
    expect(await waitOf(limitsOf(ben))).toMatchObject({ why: 'throttled' });
    const turn = await limitsOf(ben).take(unlimited);
    expect(turn.mayBegin === false && turn.milliseconds).toBeGreaterThan(25_000);
    expect((await sharedLimitsOf({ ...ben, clock })('other https://api').take(unlimited)).mayBegin).toBe(true);
  });

  test('a viewer keeps to pauses, and uses a share beside the members', async () => {
    const store = await newStore();
    const cora = await member(store, 'cora');
    await cora.database.query('SELECT subdeck.pause_calls($1, $2, $3)', [await cora.process(), account, 30_000]);
    const vera = limitsOf(await viewer(store, 'vera'));
    // That it may only read the store it is told at its first call.
    await vera.take(call);
    expect(await waitOf(vera)).toMatchObject({ why: 'throttled' });
    await expect.poll(() => vera.share()).toBe(1 / 2);
  });

  test('[rule 23] nobody pauses the others, or takes a window, for more than 15 minutes', async () => {
    const store = await newStore();
    const [eve, ben] = [await member(store, 'mallory'), await member(store, 'dan')];
    const id = await eve.process();
    await eve.database.query('SELECT subdeck.pause_calls($1, $2, $3)', [id, account, 1e15]);
    await eve.database.query('SELECT subdeck.calls_used($1, $2, $3, $4, $5, $6)', [id, 'b', '', 2e9, 10, 1e15]);
    await eve.database.query('SELECT subdeck.take_call($1, $2, $3, $4, $5, $6)', [id, 'c', '', 1, 1, 2e9]);
    const paused = await limitsOf(ben).take(unlimited);
    expect(paused.mayBegin === false && paused.milliseconds).toBeLessThanOrEqual(900_000);
    for (const other of ['b', 'c']) {
      const full = await sharedLimitsOf({ ...ben, clock })(other).take({ ...call, operation: '', allowed: 1 });
      expect(full).toMatchObject({ mayBegin: false, why: 'limit' });
      expect(full.mayBegin === false && full.milliseconds).toBeLessThanOrEqual(900_000);
    }
    const direct = eve.database.query('UPDATE subdeck.budgets SET used = 0');
    await expect(direct).rejects.toMatchObject({ state: '42501' });
    await ben.database.query('SELECT subdeck.pause_calls($1, $2, $3)', [id, 'd', 60_000]);
    expect(store.server.psql("SELECT count(*) FROM subdeck.pauses WHERE account = 'd'", store.name)).toBe('0');
  });

  test('the vendor’s own count is taken over, and a lower one gives no calls back', async () => {
    const store = await newStore();
    const [anna, ben] = [await member(store, 'cora'), await member(store, 'dan')];
    const used = async (calls: number) => {
      const values = [await anna.process(), account, call.operation, calls, 20, 60_000];
      await anna.database.query('SELECT subdeck.calls_used($1, $2, $3, $4, $5, $6)', values);
    };
    await used(19);
    await used(3);
    expect(await waitOf(limitsOf(ben))).toBeNull();
    expect(await waitOf(limitsOf(ben))).toMatchObject({ why: 'limit' });
  });

  test('while the store is away each process uses its share of the limit', async () => {
    const store = await newStore();
    const anna = await member(store, 'cora');
    await member(store, 'dan');
    let time = 0;
    let isAway = false;
    let asked = 0;
    let answered = 0;
    const query: TestMember['database']['query'] = async (...statement) => {
      asked += 1;
      if (isAway) throw fault('unreachable', 'The store is away.', 'Try again.');
      const answer = await anna.database.query(...statement);
      answered += 1;
      return answer;
    };
    const shared = sharedLimitsOf({ database: { query }, process: anna.process, clock: { monotonic: () => time } });
    const limits = shared(account);
    await limits.take(call);
    expect(limits.share()).toBe(1);
    // The members are counted beside the call.
    await expect.poll(() => answered).toBe(2);
    isAway = true;
    for (let nth = 0; nth < 30; nth += 1) expect(await limits.take(call)).toEqual({ mayBegin: true });
    expect(asked).toBe(3);
    expect(limits.share()).toBe(1 / 2);
    isAway = false;
    time += 5_000;
    expect(limits.share()).toBe(1);
    for (let nth = 1; nth < 20; nth += 1) expect(await limits.take(call)).toEqual({ mayBegin: true });
    expect(await waitOf(limits)).toMatchObject({ why: 'limit' });
  });
});
