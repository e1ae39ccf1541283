import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { changeFile } from '../../src/app/change-file.ts';
import { systemClock } from '../../src/app/clock.ts';
import { isConnectionName } from '../../src/model/connection-name.ts';
import { digestAccount, probeAccount, tokenAccount } from '../../src/secrets/accounts.ts';
import { digestSecret } from '../../src/secrets/digest-secret.ts';
import { systemKeychain } from '../../src/secrets/keychain.ts';
import { keychainNotes } from '../../src/secrets/keychain-notes.ts';
import { secretStore } from '../../src/secrets/secret-store.ts';
import { needs } from '../setup/needs.ts';
import { type SecretService, startSecretService } from './secret-service.ts';

/** The object itself: a copy would not change the time zone of tests that come after these in the same process. */
const own = process.env;
let service: SecretService | null = null;

// Disables Subdeck's deadline, which a loaded machine could exceed.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(async () => {
  vi.useRealTimers();
  process.env = own;
  await service?.stop();
  service = null;
});

test('without a keychain there is no secret and no digest', async () => {
  process.env = { PATH: own.PATH, HOME: '/nonexistent' };
  expect(await digestSecret(systemKeychain)).toBeNull();
});

describe.runIf(needs('gnome-keyring') && needs('libsecret-tools'))('with a real Secret Service', () => {
  test('creates the secret once and finds it again', async () => {
    service = await startSecretService('unlocked');
    process.env = { ...service.env };
    const made = await digestSecret(systemKeychain);
    expect(made).toHaveLength(32);
    expect(await digestSecret(systemKeychain)).toEqual(made);
  });

  test('does not change a different entry of that name', async () => {
    service = await startSecretService('unlocked');
    process.env = { ...service.env };
    const entry = { account: '/journal-digest', secret: '{"password":"x"}' } as const;
    await systemKeychain({ do: 'set', ...entry });
    expect(await digestSecret(systemKeychain)).toBeNull();
    expect(await systemKeychain({ do: 'get', account: entry.account })).toEqual({
      state: 'found',
      secret: entry.secret,
    });
  });

  test('[fault 134] finds the entry of 0.1.0; no connection of that name replaces it', async () => {
    service = await startSecretService('unlocked');
    process.env = { ...service.env };
    const old = Buffer.alloc(32, 7);
    const account = 'journal-digest';
    await systemKeychain({ do: 'set', account, secret: `digest-1:${old.toString('base64')}` });
    const notes = keychainNotes(join(service.home, 'keychain.json'), (path, how) => changeFile(path, how, systemClock));
    const store = secretStore({ keychain: systemKeychain, environment: new Map(), notes, clock: systemClock });
    expect(await store.keep(account, { password: 'p' }, [], 'go')).toBeNull();
    expect(await store.of(account, [])).toEqual({ password: 'p' });
    expect(await digestSecret(systemKeychain)).toEqual(old);
    expect(await store.forget(account)).toBeNull();
    expect(await digestSecret(systemKeychain)).toEqual(old);
  });
});

test('[fault 134] no connection can have the name of an entry of Subdeck itself', () => {
  for (const account of [digestAccount, probeAccount('00')]) expect(isConnectionName(account)).toBe(false);
  expect(isConnectionName(tokenAccount('nordic'))).toBe(false);
});
