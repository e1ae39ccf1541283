import { expect, test } from 'vitest';
import { homeKeychain } from '../../src/secrets/home-keychain.ts';
import type { Keychain } from '../../src/secrets/keychain.ts';

function memory(entries: Map<string, string>): Keychain {
  return async (question) => {
    switch (question.do) {
      case 'get': {
        const secret = entries.get(question.account);
        return secret === undefined ? { state: 'missing' } : { state: 'found', secret };
      }
      case 'set':
        entries.set(question.account, question.secret);
        return { state: 'stored' };
      case 'remove':
        entries.delete(question.account);
        return { state: 'removed' };
      case 'which':
        return { state: 'which', accounts: question.accounts.filter((account) => entries.has(account)) };
    }
  };
}

const account = 'nordic';

test('[fault 118] homes with a connection of the same name keep its secrets apart', async () => {
  const entries = new Map<string, string>();
  const [one, other] = ['/homes/one', '/homes/other'].map((home) => homeKeychain(memory(entries), home));
  await one?.({ do: 'set', account, secret: 'first' });
  expect(await other?.({ do: 'get', account })).toEqual({ state: 'missing' });
  await other?.({ do: 'set', account, secret: 'second' });
  await other?.({ do: 'set', account: 'nordic/token', secret: 'token' });
  expect(await one?.({ do: 'get', account })).toEqual({ state: 'found', secret: 'first' });
  expect(await one?.({ do: 'get', account: 'nordic/token' })).toEqual({ state: 'missing' });
  await one?.({ do: 'remove', account });
  expect(await other?.({ do: 'get', account })).toEqual({ state: 'found', secret: 'second' });
  expect([...entries.keys()].every((name) => /^nordic@[0-9a-f]{16}(?:\/token)?$/.test(name))).toBe(true);
});

test('[fault 118] reads an entry under the plain name but never replaces or removes it', async () => {
  const entries = new Map([
    ['nordic', 'of 0.1.0'],
    ['nordic/token', 'a token of 0.1.0'],
  ]);
  const keychain = homeKeychain(memory(entries), '/homes/one');
  expect(await keychain({ do: 'get', account })).toEqual({ state: 'found', secret: 'of 0.1.0' });
  expect(await keychain({ do: 'which', accounts: [account, 'absent'] })).toEqual({
    state: 'which',
    accounts: [account],
  });
  expect(await keychain({ do: 'get', account: 'nordic/token' })).toEqual({ state: 'missing' });
  await keychain({ do: 'set', account, secret: 'mine' });
  expect(await keychain({ do: 'get', account })).toEqual({ state: 'found', secret: 'mine' });
  await keychain({ do: 'remove', account });
  expect(entries.get('nordic')).toBe('of 0.1.0');
});

test('[fault 118] without SUBDECK_HOME the names are those of 0.1.0', async () => {
  const entries = new Map<string, string>();
  await homeKeychain(memory(entries), null)({ do: 'set', account, secret: 'x' });
  expect([...entries.keys()]).toEqual(['nordic']);
});
