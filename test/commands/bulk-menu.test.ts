import { expect, test } from 'vitest';
import type { Abilities, No } from '../../src/api/contract.ts';
import { bulkMenu } from '../../src/commands/keys/effects/bulk-menu.ts';
import { markedActions } from '../../src/operations/marked-actions.ts';
import { makeFixture } from '../state/fixture.ts';
import { connections, subscription } from '../state/rows.ts';

const none = (no: string): No => ({ no, because: 'vendor' });
const ability = () => Promise.reject(new Error('Nothing is drafted here.'));

/** Rows of three vendors: one sets renewals, one switches them by an update, one does neither. */
async function menuOf(...rows: readonly string[]) {
  const kinds: Readonly<
    Record<string, { readonly abilities: Partial<Abilities>; readonly updates: readonly string[] }>
  > = {
    sets: { abilities: { setRenewal: ability as never, update: none('It has no updates.') }, updates: [] },
    switches: {
      abilities: { setRenewal: none('It sets no renewal.'), update: ability as never },
      updates: ['autoRenew'],
    },
    neither: { abilities: { setRenewal: none('It renews nothing.'), update: ability as never }, updates: ['name'] },
  };
  const [usual] = connections;
  if (usual === undefined) throw new Error('There is no connection.');
  const targets = rows.map((connection, at) => subscription({ id: `sub-${at}`, connection }));
  const { context } = makeFixture(
    targets,
    Object.keys(kinds).map((name) => ({ ...usual, name })),
  );
  const others = new Proxy({}, { get: () => none('It cannot.') });
  const vendor = async (name: string) => {
    const { abilities = {}, updates = [] } = kinds[name] ?? {};
    return { charging: { vendor: name }, updates, abilities: Object.assign(Object.create(others), abilities) };
  };
  const parts = {
    connections: { ...context.connections, declared: vendor },
  } as unknown as typeof context;
  const { entries } = await bulkMenu(parts, targets, '2 marked', null);
  const all = entries.flatMap((entry) => [entry, ...(entry.fold?.entries ?? [])]);
  return new Map(all.map(({ id, more, unavailable }) => [id, unavailable ?? more ?? 'possible']));
}

test('renewals of marked rows say for how many rows they are not possible, and why', async () => {
  const menu = await menuOf('sets', 'switches', 'neither', 'sets');
  expect(menu.get('renewal-set stay')).toBe('Why not possible for 2 of 4: It sets no renewal. It renews nothing.');
  expect(menu.get('renewal-set cancel')).toBe('Why not possible for 2 of 4: It sets no renewal. It renews nothing.');
  expect(menu.get('update on')).toBe(
    'Why not possible for 3 of 4: It has no updates. The updates of this vendor do not include the automatic renewal.',
  );
  expect(menu.get('update off')).toBe(
    'Why not possible for 3 of 4: It has no updates. The updates of this vendor do not include the automatic renewal.',
  );
});

test('what no vendor of the rows can do has its reason, what all can do has none', async () => {
  const menu = await menuOf('neither');
  expect(menu.get('cannot: set the renewal')).toBe('It renews nothing.');
  expect(menu.get('cannot: auto-renewal of each: on, auto-renewal of each: off')).toBe(
    'The updates of this vendor do not include the automatic renewal.',
  );
  expect(menu.get('set-quantity set')).toBe(undefined);
  expect((await menuOf('switches')).get('update on')).toBe('possible');
  expect((await menuOf('sets', 'sets')).get('renewal-set cancel')).toBe('possible');
});

test('each entry asks for what its label says', () => {
  const row = subscription({ id: 'sub-1' });
  const asked = markedActions.filter(({ id }) => /^(?:renewal-set|update) /.test(id));
  expect(asked.map(({ id, marked }) => [id, marked.request(row, '')])).toEqual([
    ['update on', { verb: 'update', ref: row.ref, changes: { autoRenew: 'true' } }],
    ['update off', { verb: 'update', ref: row.ref, changes: { autoRenew: 'false' } }],
    ['renewal-set stay', { verb: 'renewal-set', ref: row.ref, changes: { type: 'stay' } }],
    ['renewal-set cancel', { verb: 'renewal-set', ref: row.ref, changes: { type: 'cancel' } }],
  ]);
  expect(new Set(markedActions.map(({ id }) => id)).size).toBe(markedActions.length);
});
