import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { digestSecret } from '../../src/secrets/digest-secret.ts';
import { systemKeychain } from '../../src/secrets/keychain.ts';
import { needs } from '../setup/needs.ts';
import { type SecretService, startSecretService } from './secret-service.ts';

const own = { ...process.env };
let service: SecretService | null = null;

// On a loaded machine an answer may be late: Subdeck's deadline for it does not pass.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(async () => {
  vi.useRealTimers();
  process.env = { ...own };
  await service?.stop();
  service = null;
});

test('without a keychain there is no secret, and so no digest', async () => {
  process.env = { PATH: own.PATH, HOME: '/nonexistent' };
  expect(await digestSecret(systemKeychain)).toBeNull();
});

describe.runIf(needs('gnome-keyring') && needs('libsecret-tools'))('with a real Secret Service', () => {
  test('the secret is made once and found again', async () => {
    service = await startSecretService('unlocked');
    process.env = { ...service.env };
    const made = await digestSecret(systemKeychain);
    expect(made).toHaveLength(32);
    expect(await digestSecret(systemKeychain)).toEqual(made);
  });

  test('an entry of that name that is something else is left alone', async () => {
    service = await startSecretService('unlocked');
    process.env = { ...service.env };
    const entry = { account: 'journal-digest', secret: '{"password":"x"}' } as const;
    await systemKeychain({ do: 'set', ...entry });
    expect(await digestSecret(systemKeychain)).toBeNull();
    expect(await systemKeychain({ do: 'get', account: entry.account })).toEqual({
      state: 'found',
      secret: entry.secret,
    });
  });
});
