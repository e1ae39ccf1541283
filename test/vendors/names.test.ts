import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subscription } from '../../src/model/subscription.ts';
import { quickClock } from '../fault-server/clocks.ts';
import { type Home, openHome } from './home.ts';

/** Names that are displayed in another form: the comparison has to use what was sent. */
const names = {
  'a joiner': 'Team\u200dwork',
  'a joiner in an emoji': '👩\u200d💻 Developers',
  'a non-joiner': 'می\u200cخواهم',
  'a soft hyphen': 'Donau\u00addampf',
  'a zero-width space': 'ไทย\u200bแลนด์',
  'letters in two parts': 'Ko\u0308ln',
  'many marks on a letter': `Z${'\u0301'.repeat(7)}`,
  'blanks around it': ' Backup  100 ',
};

describe.each(['cloudcockpit', 'cloudmore-reseller'])('a rename at %s', (connection) => {
  let home: Home;
  let rows: Subscription[];
  beforeAll(async () => {
    home = await openHome({ sandbox: { scale: 900, speed: 20, today: '2026-11-21' }, clock: quickClock(20) });
    const args = ['--connection', connection, '--filter', 'status:active qty>0 -is:addon', '--json'];
    rows = [...(await home.words('subscription', 'list', ...args)).json<Subscription[]>()];
  });
  afterAll(() => home.close());

  const take = () => {
    const row = rows.pop();
    if (row === undefined) throw new Error('There are no more rows.');
    return row;
  };
  const update = (ref: string, name: string) =>
    home.words('subscription', 'update', ref, `name=${name}`, '--yes', '--wait=60', '--json');

  it.each(Object.entries(names))('to a name with %s is sent unchanged, and done', async (_what, name) => {
    const { ref } = take();
    const said = await update(ref, name);
    expect([said.code, said.stderr]).toEqual([0, '']);
    const { journalId } = said.json<{ journalId: string }>();
    const entry = await home.words('journal', 'show', journalId, '--json');
    expect(entry.json()).toMatchObject({ verb: 'update', state: 'done', after: { name } });

    const again = await update(ref, name);
    expect(again.json()).toMatchObject({ outcome: 'done', journalId: null });
    const back = await update(ref, 'As before');
    expect([back.code, back.json()]).toMatchObject([0, { outcome: 'done' }]);
  });

  if (connection !== 'cloudmore-reseller') return;
  it('a new subscription has exactly the requested name', async () => {
    const { organization, services, product } = take();
    const place = ['--connection', connection, '--organization', organization?.id ?? '', '--service'];
    const name = names['a soft hyphen'];
    const words = [services[0]?.id ?? '', `product=${product?.id}`, 'quantity=2', `name=${name}`, '--yes', '--json'];
    await home.served('cloudmore');
    const said = await home.words('subscription', 'create', ...place, ...words);
    expect([said.code, said.stderr]).toEqual([0, '']);
    expect((await home.served('cloudmore')).filter(({ method }) => method === 'POST')).toMatchObject([
      { body: { name } },
    ]);
  });
});
