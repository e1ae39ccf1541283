import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProbeReport } from '../../src/api/contract.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { type Home, openHome } from './home.ts';

let home: Home;
beforeAll(async () => {
  home = await openHome({ sandbox: { variants: { 'inactive-value': 'boolean', 'list-paging': 'none' } } });
});
afterAll(() => home.close());

describe('connection probe', () => {
  it('reports what does not hold; the proposed setting makes the list complete', async () => {
    const probe = await home.words('connection', 'probe', 'interworks', '--json');
    expect(probe.code).toBe(0);
    const { assumptions } = probe.json<ProbeReport>();
    const paging = assumptions.find(({ id }) => id === 'list-paging');
    expect(paging).toMatchObject({ finding: 'does-not-hold', propose: 'assume.list-paging=none' });
    expect((await home.words('sync', 'interworks')).code).toBe(9);
    const set = await home.words('connection', 'set', 'interworks', paging?.propose ?? '', '--json');
    expect(set).toMatchObject({ code: 0 });
    expect((await home.words('sync', 'interworks')).code).toBe(0);
  });

  it('proposes a setting without which nothing can be read', async () => {
    expect((await home.words('sync', 'vmware')).code).not.toBe(0);
    const probe = await home.words('connection', 'probe', 'vmware');
    expect(probe.code).toBe(0);
    expect(probe.stdout).toContain('subdeck connection set vmware assume.inactive-value=boolean');
    expect((await home.words('connection', 'set', 'vmware', 'assume.inactive-value=boolean')).code).toBe(0);
    expect((await home.words('sync', 'vmware')).code).toBe(0);
    const rows = (await home.words('subscription', 'list', '--connection', 'vmware', '--json')).json<Subscription[]>();
    expect(rows.map(({ status }) => status)).toContain('cancelled');
  });

  it.each(['cloudmore-seller', 'cloudmore-reseller', 'lineworks', 'cloudcockpit'])(
    'succeeds for %s in the console too',
    async (name) => {
      const { lines } = await home.inConsole('connection', 'probe', name);
      expect(lines).toEqual(expect.arrayContaining(['Holds', 'Open', 'Values of the status']));
    },
  );

  it('calls no vendor offline and refuses an unknown connection', async () => {
    expect((await home.words('connection', 'probe', 'vmware', '--offline')).code).toBe(5);
    expect((await home.words('connection', 'probe', 'nobody')).code).toBe(3);
  });
});

describe('assume.ID=ALTERNATIVE', () => {
  it.each([
    ['assume.colour=red', ['assume.list-paging', 'assume.decrease-quantity', 'assume.order-item-quantity']],
    ['assume.list-paging=sideways', ['learned', 'page-size', 'page-index-0', 'page-index-1', 'none']],
  ])('%s exits 2 and lists the alternatives', async (pair, words) => {
    const set = await home.words('connection', 'set', 'interworks-free', pair);
    expect(set.code).toBe(2);
    for (const word of words) expect(set.stderr).toContain(word);
  });

  it('is removed by an empty value', async () => {
    const show = async () =>
      (await home.words('connection', 'show', 'interworks-free', '--json')).json<{ settings: object }>().settings;
    await home.words('connection', 'set', 'interworks-free', 'assume.list-paging=none');
    expect(await show()).toHaveProperty(['assume.list-paging'], 'none');
    await home.words('connection', 'set', 'interworks-free', 'assume.list-paging=');
    expect(await show()).not.toHaveProperty(['assume.list-paging']);
  });
});
