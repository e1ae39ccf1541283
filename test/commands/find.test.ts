import { expect, test } from 'vitest';
import type { AbilityName, Vendor } from '../../src/api/contract.ts';
import type { Input } from '../../src/commands/command.ts';
import type { ConnectionSummary, ReadContext } from '../../src/commands/context.ts';
import { findSubscription } from '../../src/commands/find.ts';
import { FaultError } from '../../src/model/fault.ts';
import { fill, openScratch, row, standingClock } from '../store/rows.ts';

const guid = '3f2a77c0-1b7e-4c55-9d1e-aa10b3c4d5e6';
const plain = guid.replaceAll('-', '');

/** Two connections to one account, and one to another; only `reseller` can change a quantity. */
function open() {
  const clock = standingClock();
  const cache = openScratch(undefined, clock);
  const shared = {
    title: '',
    vendor: 'cloudmore',
    impliedLevels: [],
    account: 'cloudmore https://api.example',
  } as const;
  cache.declareConnections([
    { name: 'seller', ...shared },
    { name: 'reseller', ...shared },
    { name: 'bss', ...shared, vendor: 'interworks', account: 'interworks https://bss.example' },
  ]);
  const both = ['sub-1', guid, 'twice'];
  fill(
    cache,
    both.map((id) => row({ id, connection: 'seller' })),
    {},
    'seller',
  );
  fill(
    cache,
    both.map((id) => row({ id, connection: 'reseller' })),
    {},
    'reseller',
  );
  const own = ['twice', 'Ä b/9', 'bss/odd', 'seller/x', 'M-1', 'm1', 'Sub1'];
  fill(
    cache,
    own.map((id) => row({ id, connection: 'bss', vendor: 'interworks' })),
    {},
    'bss',
  );
  const list = ['seller', 'reseller', 'bss'].map((name) => ({ name }) as ConnectionSummary);
  const can = (name: string) => (name === 'reseller' ? () => undefined : { no: 'no', because: 'connection' });
  const said: string[] = [];
  const context = {
    ...{ cache, clock, mode: { offline: true, readOnly: false } },
    connections: {
      list,
      vendor: async (name: string) => ({ abilities: { raiseQuantity: can(name) } }) as unknown as Vendor,
    },
  } as unknown as ReadContext;
  const input = { say: (text: string) => said.push(text), signal: new AbortController().signal } as unknown as Input;
  return {
    said,
    async find(text: string, needs: readonly AbilityName[] = []): Promise<string> {
      try {
        return (await findSubscription(context, input, text, needs)).ref;
      } catch (error) {
        if (error instanceof FaultError) return `${error.fault.kind}: ${error.fault.message} ${error.fault.next}`;
        throw error;
      }
    },
  };
}

test.each([
  ['bss/m1', 'bss/m1'],
  ['sub-1', 'seller/sub-1'],
  // The exact id, before any other spelling.
  ['m1', 'bss/m1'],
  ['M-1', 'bss/M-1'],
  [guid.toUpperCase(), `seller/${guid}`],
  [plain, `seller/${guid}`],
  [`{${guid.toUpperCase()}}`, `seller/${guid}`],
  [` "${guid}", `, `seller/${guid}`],
  [`\u200b${guid.slice(0, 9)}\u00ad${guid.slice(9)}\u00a0`, `seller/${guid}`],
  [`https://portal.example/customers/9f/subscriptions/${guid}?tab=seats#top`, `seller/${guid}`],
  [`https://portal.example/?id=%7B${guid}%7D`, `seller/${guid}`],
  ['%C3%84%20b%2F9', 'bss/Ä b/9'],
  ['ä b/9', 'missing: There is no connection "ä b". subdeck connection list shows them.'],
  // A known connection wins over an id with the same text.
  ['bss/odd', 'missing: bss has no subscription "odd". subdeck subscription list shows them.'],
  ['seller/x', 'missing: seller has no subscription "x". subdeck subscription list shows them.'],
  ['seller/SUB-1', 'missing: seller has no subscription "SUB-1". Did you mean seller/sub-1?'],
  ['"seller/sub-1"', 'seller/sub-1'],
] as const)('finds for %j: %s', async (text, ref) => {
  expect(await open().find(text)).toBe(ref);
});

test('refuses a shared id with all REFs; an unknown id is missing', async () => {
  const { find, said } = open();
  expect(await find('twice')).toBe(
    'usage: "twice" is the id of several subscriptions: seller/twice, reseller/twice, bss/twice. Give one of these REFs.',
  );
  expect(await find('SUB1')).toMatch(
    /^usage: "SUB1" is the id of several subscriptions: seller\/sub-1, .*bss\/Sub1\. /,
  );
  expect(await find('nobody')).toMatch(/^missing: No subscription in the cache has the id "nobody"\. /);
  expect(await find('https://portal.example/nothing')).toMatch(/^missing: No subscription in the cache/);
  expect(said).toEqual([]);
});

test('uses the first connection that has the ability, and says which', async () => {
  const { find, said } = open();
  expect(await find(plain, ['raiseQuantity'])).toBe(`reseller/${guid}`);
  expect(await find(plain, ['history'])).toBe(`seller/${guid}`);
  expect(await find('seller/sub-1', ['raiseQuantity'])).toBe('seller/sub-1');
  expect(said).toEqual([`${plain} is reseller/${guid}.`, `${plain} is seller/${guid}.`]);
});
