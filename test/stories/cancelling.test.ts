import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeTerminals } from '../terminal/terminal.ts';
import { type Frontends, openFrontends, type Row, succeeded } from './story.ts';

let launchModes: Frontends;
beforeAll(async () => {
  launchModes = await openFrontends({ connections: ['interworks', 'cloudmore-seller'] });
});
afterEach(closeTerminals);
afterAll(() => launchModes.close());

const cancellable = (connection: string) => launchModes.find(connection, 'status:active qty>2 -is:addon -is:trial');

/** Some that no other subscription is called like. */
const distinct = async (connection: string): Promise<readonly Row[]> => {
  const all = await launchModes.find(connection, '');
  const counts = Map.groupBy(all, ({ name }) => name);
  return (await cancellable(connection)).filter(({ name }) => counts.get(name)?.length === 1);
};

test('interworks cancels by a typed id if names repeat; a wrong id does nothing', async () => {
  const [row] = await cancellable('interworks');
  if (row === undefined) throw new Error('interworks has no such subscription.');

  const { rows, journal, sent } = await launchModes.play({
    refs: [row.ref],
    async byKeys(person, so) {
      await person.openSubscription(row.id);
      await person.act(/^Cancel( or delete)?$/);
      await person.typeOut('wrong');
      await person.see('The typed text does not match');
      await so.nothingSent();
      await person.escape('type exactly');
      await person.act(/^Cancel( or delete)?$/);
      await person.see('Another subscription has this name, so only the id is accepted.');
      await person.typeOut(row.id);
      await person.ends('done');
      await person.see('cancelled');
    },
    async byWords(fixture, so) {
      const cancel = ['subscription', 'cancel', row.ref, '--yes'];
      expect(await fixture.words(...cancel, '--confirm', 'wrong')).toMatchObject({
        code: 2,
        stdout: expect.anything(),
      });
      await so.nothingSent();
      await succeeded(fixture.words(...cancel, '--confirm', row.id));
    },
  });

  expect(rows).toMatchObject([{ status: 'cancelled' }]);
  expect(journal).toMatchObject([{ verb: 'cancel', ref: row.ref, state: 'done', after: { status: 'cancelled' } }]);
  expect(sent).toEqual([{ method: 'POST', path: `/api/subscriptions/${row.id}/cancel`, query: {}, body: null }]);
});

test.each([
  ['cancel', 'Cancel: ', 0, 'Cancel'],
  ['delete', 'Delete: ', 1, 'Delete'],
] as const)('a Cloudmore seller must choose between cancel and delete, here %s', async (mode, label, at, action) => {
  const row = (await distinct('cloudmore-seller'))[at];
  if (row === undefined) throw new Error('Every name occurs twice.');

  const { rows, journal, sent } = await launchModes.play({
    refs: [row.ref],
    async byKeys(person, so) {
      await person.openSubscription(row.id);
      await person.act(/^Cancel( or delete)?$/);
      await person.see('↑ ↓ choose');
      person.press('enter');
      await person.see('choose one');
      await so.nothingSent();
      person.press('down');
      if (mode === 'delete') person.press('down');
      await person.see(`● ${label}`);
      person.press('enter');
      await person.typeOut(row.name);
      await person.ends('done');
    },
    async byWords(fixture, so) {
      const cancel = ['subscription', 'cancel', row.ref, '--yes', '--confirm', row.id];
      const unsaid = await fixture.words(...cancel);
      expect(unsaid.code).toBe(2);
      expect(unsaid.stderr).toContain('--mode');
      await so.nothingSent();
      await succeeded(fixture.words(...cancel, '--mode', mode));
    },
  });

  expect(rows).toEqual([mode === 'delete' ? null : expect.objectContaining({ status: 'cancelled' })]);
  expect(journal).toMatchObject([{ verb: mode, ref: row.ref, state: 'done' }]);
  expect(sent).toMatchObject([
    { method: 'DELETE', path: expect.stringMatching(`/subscriptions/${row.id}$`), body: null },
  ]);
  expect(Object.values(sent[0]?.query ?? {})).toEqual([action, action]);
});
