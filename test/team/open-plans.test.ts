import { describe, expect, onTestFinished, test } from 'vitest';
import { planKey } from '../../src/model/open-plans.ts';
import { teamPlans } from '../../src/team/open-plans.ts';
import { hasPostgres } from '../postgres/server.ts';
import { member, viewer } from './members.ts';
import { newStore } from './store-fixture.ts';

const subject = { account: 'acme https://api.acme.example', id: 'a/1\u0000\ud800' };

describe.runIf(hasPostgres())('plans that members have on screen', { timeout: 60_000 }, () => {
  test('are told to the others by name, until they are closed or give no sign', async () => {
    const store = await newStore();
    const desks = await Promise.all(['cora', 'dan'].map((as) => member(store, as)));
    let changes = 0;
    const [cora, dan] = desks.map((each) => {
      const plans = teamPlans({
        ...each,
        onChanged: () => {
          changes += 1;
        },
      });
      onTestFinished(() => plans.stop());
      return plans;
    });
    const seen = async () => {
      await dan?.refresh();
      return [...(dan?.others() ?? [])];
    };
    cora?.show([subject]);
    await expect.poll(seen, { timeout: 20_000 }).toEqual([[planKey(subject), 'cora']]);
    expect(changes).toBe(1);
    await cora?.refresh();
    expect([...(cora?.others() ?? [])]).toEqual([]);
    store.server.psql('UPDATE subdeck.open_plans SET until = clock_timestamp()', store.name);
    expect(await seen()).toEqual([]);
    cora?.show([subject, { ...subject, id: 'b' }]);
    await expect.poll(seen, { timeout: 20_000 }).toHaveLength(2);
    cora?.show([]);
    await expect.poll(seen, { timeout: 20_000 }).toEqual([]);
    expect(store.server.psql('SELECT count(*) FROM subdeck.open_plans', store.name)).toBe('0');
  });

  test('are told to a viewer, who shows none', async () => {
    const store = await newStore();
    const cora = await member(store, 'cora');
    await cora.database.query('SELECT subdeck.show_plan($1, $2)', [await cora.process(), [planKey(subject)]]);
    const vera = teamPlans({ ...(await viewer(store, 'vera')), onChanged: () => undefined });
    expect([await vera.refresh(), [...vera.others()]]).toEqual([true, [[planKey(subject), 'cora']]]);
  });

  test('of another process or by another login cannot be changed', async () => {
    const store = await newStore();
    const [cora, mallory] = [await member(store, 'cora'), await member(store, 'mallory')];
    await cora.database.query('SELECT subdeck.show_plan($1, $2)', [await cora.process(), [planKey(subject)]]);
    await mallory.database.query('SELECT subdeck.show_plan($1, $2)', [await cora.process(), []]);
    expect(store.server.psql('SELECT member FROM subdeck.open_plans', store.name)).toBe('cora');
    const direct = mallory.database.query("UPDATE subdeck.open_plans SET until = 'infinity'");
    await expect(direct).rejects.toMatchObject({ state: '42501' });
  });
});
