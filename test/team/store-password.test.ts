import { expect, test } from 'vitest';
import { isConnectionName } from '../../src/model/connection-name.ts';
import { FaultError } from '../../src/model/fault.ts';
import { parseStoreUrl } from '../../src/postgres/store-url.ts';
import { teamAccount } from '../../src/secrets/accounts.ts';
import { takeSecrets } from '../../src/secrets/from-environment.ts';
import { homeKeychain } from '../../src/secrets/home-keychain.ts';
import type { Keychain } from '../../src/secrets/keychain.ts';
import { passwordEntry, storePassword } from '../../src/team/store-password.ts';

/** A keychain in memory. */
function memory(): { readonly keychain: Keychain; readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  const keychain: Keychain = async (question) => {
    if (question.do === 'set') entries.set(question.account, question.secret);
    if (question.do === 'set') return { state: 'stored' };
    const secret = question.do === 'get' ? entries.get(question.account) : undefined;
    return secret === undefined ? { state: 'missing' } : { state: 'found', secret };
  };
  return { keychain, entries };
}

const given = 'postgres://anna@db.example/subdeck?sslmode=verify-ca';

async function passwordAt(url: string) {
  const { keychain } = memory();
  await keychain({ do: 'set', account: teamAccount, secret: passwordEntry(parseStoreUrl(given), 'p') });
  const deps = { keychain, account: teamAccount, environment: new Map(), env: {} };
  return storePassword(parseStoreUrl(url), deps).catch((error: unknown) =>
    error instanceof FaultError ? error.fault : error,
  );
}

test('[rule 31] the password goes only to where it was given for, and no weaker way', async () => {
  expect(await passwordAt(given)).toBe('p');
  expect(await passwordAt('postgres://anna@db.example/subdeck')).toBe('p');
  const refused = { kind: 'signed-out', message: expect.stringContaining('was given for db.example:5432/subdeck') };
  expect(await passwordAt('postgres://anna@db.example/subdeck?sslmode=require')).toMatchObject(refused);
  expect(await passwordAt('postgres://anna@db.example/subdeck?sslmode=disable')).toMatchObject(refused);
  expect(await passwordAt('postgres://anna@evil.example/subdeck')).toMatchObject(refused);
  expect(await passwordAt('postgres://anna@db.example:5433/subdeck')).toMatchObject(refused);
  expect(await passwordAt('postgres://anna@db.example/other')).toMatchObject(refused);
});

test('[rule 30] no child process inherits the password of the environment', () => {
  const env = { SUBDECK_TEAM_PASSWORD: 'p', PATH: '/bin' };
  expect(takeSecrets(env).get('SUBDECK_TEAM_PASSWORD')).toBe('p');
  expect(env).toEqual({ PATH: '/bin' });
});

test('[rule 29] its keychain account is no connection, and each home has its own', async () => {
  expect(isConnectionName(teamAccount)).toBe(false);
  const { keychain, entries } = memory();
  for (const home of ['/a', '/b']) {
    await homeKeychain(keychain, home)({ do: 'set', account: teamAccount, secret: home });
  }
  expect(entries.size).toBe(2);
  expect(await homeKeychain(keychain, '/a')({ do: 'get', account: teamAccount })).toEqual({
    state: 'found',
    secret: '/a',
  });
  expect(await homeKeychain(keychain, '/c')({ do: 'get', account: teamAccount })).toEqual({ state: 'missing' });
});
