import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { can, type KeptRead, type SubscriptionRead, subscriptionReads, type Vendor } from '../../src/api/contract.ts';
import { placeOf } from '../../src/commands/kept-reads.ts';
import { commands } from '../../src/commands/table.ts';
import { dateWords } from '../../src/model/date-words.ts';
import type { CachedSubscription } from '../../src/model/subscription.ts';
import { sandboxVendorsAndAcme, vendorsAndAcme } from './acme/registered.ts';
import { type Home, openHome } from './home.ts';

let home: Home;
let vendors: ReadonlyMap<string, Vendor>;
beforeAll(async () => {
  home = await openHome({
    sandbox: { scale: 120 },
    vendors: { adapters: vendorsAndAcme, sandbox: sandboxVendorsAndAcme },
  });
  expect((await home.words('sync')).code).toBe(0);
  const app = home.openApp();
  const { connections } = app.context;
  vendors = new Map(
    await Promise.all(connections.list.map(async ({ name }) => [name, await connections.vendor(name)] as const)),
  );
  app.close();
});
afterAll(() => home.close());

const names = [...sandboxVendorsAndAcme].flatMap(({ id }) => id);

/** The command that shows the result of a read, found by its declared needs. */
function wordsOf(read: SubscriptionRead): readonly string[] {
  const found = commands.filter(({ words }) => words?.kind !== 'write' && words?.needs?.includes(read));
  if (found.length !== 1) throw new Error(`${found.length} commands show ${read}.`);
  return found[0]?.id.split(' ') ?? [];
}

async function someRow(connection: string): Promise<CachedSubscription> {
  const filter = ['--connection', connection, '--filter', 'status:active'];
  const rows = (await home.words('subscription', 'list', '--json', '--offline', ...filter)).json<
    CachedSubscription[]
  >();
  const found = rows.find(({ organization, services }) => organization !== null && services.length > 0) ?? rows[0];
  if (found === undefined) throw new Error(`${connection} has no active subscription.`);
  return found;
}

/** Runs a command offline before its data was read, then online, then offline again. */
async function isKept(read: KeptRead, connection: string, ...words: readonly string[]): Promise<void> {
  const before = await home.words(...words, '--json', '--offline');
  expect(before, words.join(' ')).toMatchObject({ code: 5, stdout: '' });
  const online = await home.words(...words, '--json');
  const ability = vendors.get(connection)?.abilities[read];
  if (ability === undefined || !can(ability)) {
    expect(online).toMatchObject({ code: 5, stdout: '' });
    for (const { stderr } of [before, online]) expect(stderr).toContain(JSON.stringify(ability?.no));
    return;
  }
  expect(before.stderr).toContain('and offline mode does not read from vendors');
  expect(before.stderr).toContain('sync');
  expect(online, words.join(' ')).toMatchObject({ code: 0, stderr: '' });
  const offline = await home.words(...words, '--json', '--offline');
  expect(offline.code).toBe(0);
  expect(offline.json()).toEqual(online.json());
  expect(offline.stderr).toMatch(/^Shown from the cache: .* \d+ s ago through /m);
  for (const { readAt } of [online.json<{ readonly readAt: string }>()].flat()) {
    expect(offline.stderr).toContain(`(${dateWords(readAt)})`);
  }
}

describe.each(names)('a connection to %s', (id) => {
  it('shows offline what was read once, and names what was not', async () => {
    const own = [...vendors.values()].filter((vendor) => vendor.id === id);
    expect(own).not.toEqual([]);
    for (const { connection } of own) {
      const row = await someRow(connection);
      for (const read of Object.keys(subscriptionReads) as SubscriptionRead[]) {
        await isKept(read, connection, ...wordsOf(read), row.ref);
      }
      const places = [
        ...(row.organization === null ? [] : ['--organization', row.organization.id]),
        ...(row.services[0] === undefined ? [] : ['--service', row.services[0].id]),
      ];
      await isKept('products', connection, 'product', 'list', '--connection', connection, ...places);
    }
  });

  it('exits 9, shows the stored answer and gives the reason if it cannot be read', async () => {
    const own = [...vendors.values()].filter((vendor) => vendor.id === id);
    await home.sandbox.addFaults([{ vendor: id, path: '/*', do: 'status', status: 403 }]);
    for (const { connection } of own) {
      const row = await someRow(connection);
      const shown = await home.words('subscription', 'details', row.ref, '--json');
      expect(shown.code).toBe(9);
      expect(shown.json()).toMatchObject({ ref: row.ref, sections: expect.anything(), readAt: expect.anything() });
      expect(shown.stderr).toMatch(/ago through /);
      expect(shown.stderr).toContain('"kind":"signed-out"');
    }
    await home.sandbox.clearFaults();
  });
});

it('two places with one list at the vendor share its answer', () => {
  const where = { reseller: 'r', organization: 'o', service: 's' };
  expect(placeOf(where, ['service'])).toEqual({ reseller: null, organization: null, service: 's' });
  expect(placeOf(where, [])).toEqual({ reseller: null, organization: null, service: null });
});
