import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { changeFile } from '../../src/app/change-file.ts';
import { systemClock } from '../../src/app/clock.ts';
import { dayText } from '../../src/model/date-words.ts';
import type { FaultError } from '../../src/model/fault.ts';
import { systemKeychain } from '../../src/secrets/keychain.ts';
import { keychainNotes } from '../../src/secrets/keychain-notes.ts';
import { secretStore } from '../../src/secrets/secret-store.ts';
import { needs } from '../setup/needs.ts';
import { type SecretService, startSecretService } from './secret-service.ts';

const change = (path: string, how: (content: string | null) => string) => changeFile(path, how, systemClock);

/** The object itself: a copy would not change the time zone of tests that come after these in the same process. */
const own = process.env;
let service: SecretService | null = null;

/** Disables Subdeck's deadline, which a loaded machine could exceed, except in tests about the deadline. */
function withoutDeadline(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
}

async function enter(
  kind: Parameters<typeof startSecretService>[0],
  { deadline = false } = {},
): Promise<SecretService> {
  if (!deadline) withoutDeadline();
  service = await startSecretService(kind);
  process.env = { ...service.env };
  return service;
}

afterEach(async () => {
  vi.useRealTimers();
  process.env = own;
  await service?.stop();
  service = null;
});

const get = { do: 'get', account: 'nordic' } as const;
const set = { do: 'set', account: 'nordic', secret: '{"password":"pässword"}' } as const;

test('[fault 1] without D-Bus there is no service, and nothing goes into the kernel keyring', async () => {
  withoutDeadline();
  process.env = { PATH: own.PATH, HOME: '/nonexistent' };
  expect(await systemKeychain(set)).toMatchObject({ state: 'absent' });
  expect(await systemKeychain(get)).toMatchObject({ state: 'absent' });
  if (process.platform === 'linux') expect(readFileSync('/proc/keys', 'utf8')).not.toMatch(/subdeck|nordic/);
});

describe.runIf(needs('gnome-keyring') && needs('libsecret-tools'))('with a real Secret Service', () => {
  test('stores, finds and removes a secret', async () => {
    await enter('unlocked');
    expect(await systemKeychain(get)).toEqual({ state: 'missing' });
    expect(await systemKeychain(set)).toEqual({ state: 'stored' });
    expect(await systemKeychain(get)).toEqual({ state: 'found', secret: set.secret });
    expect(await systemKeychain({ do: 'remove', account: 'nordic' })).toEqual({ state: 'removed' });
    expect(await systemKeychain(get)).toEqual({ state: 'missing' });
  });

  test('lists the connections that have secrets without returning any', async () => {
    await enter('unlocked');
    await systemKeychain(set);
    const accounts = ['nordic', 'other'];
    expect(await systemKeychain({ do: 'which', accounts })).toEqual({ state: 'which', accounts: ['nordic'] });
  });

  test('a bus without a service is no keychain', async () => {
    await enter('no-service');
    expect(await systemKeychain(get)).toMatchObject({ state: 'absent' });
    expect(await systemKeychain(set)).toMatchObject({ state: 'absent' });
  });

  test('[fault 2] a service without a keyring is not "no secret stored"', async () => {
    await enter('no-collection');
    expect(await systemKeychain(get)).toMatchObject({ state: 'no-collection' });
    expect(await systemKeychain(set)).toMatchObject({ state: 'no-collection' });
  });

  test('[fault 3] names a locked keyring as locked', async () => {
    const { lock } = await enter('unlocked');
    await systemKeychain(set);
    await lock();
    expect(await systemKeychain(get)).toMatchObject({ state: 'locked' });
    expect(await systemKeychain(set)).toMatchObject({ state: 'locked' });
    expect(await systemKeychain({ do: 'remove', account: 'nordic' })).toMatchObject({ state: 'locked' });
  });

  test('[fault 4] a stopped service is hung, not empty', async () => {
    const { signal } = await enter('unlocked', { deadline: true });
    await systemKeychain(set);
    await signal('SIGSTOP');
    expect(await systemKeychain(get)).toMatchObject({ state: 'hung' });
    await signal('SIGCONT');
  });

  test('[fault 5] a killed service is not "no secret stored"', async () => {
    const { signal } = await enter('unlocked');
    await systemKeychain(set);
    await signal('SIGKILL');
    expect(await systemKeychain(get)).toMatchObject({ state: 'absent' });
  });

  test('[fault 7] refuses two entries with one name', async () => {
    const { env } = await enter('unlocked');
    await systemKeychain(set);
    const twin = ['--label', 'twin', 'service', 'subdeck', 'username', 'nordic', 'target', 'default', 'extra', '1'];
    execFileSync('secret-tool', ['store', ...twin], { env, input: 'other' });
    expect(await systemKeychain(get)).toMatchObject({ state: 'twice' });
  });

  test('[fault 4] a hanging keychain does not block the process; it answers within seconds', async () => {
    const { signal } = await enter('unlocked', { deadline: true });
    await signal('SIGSTOP');
    let last = performance.now();
    let longest = 0;
    const ticker = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 10);
    const began = performance.now();
    expect(await systemKeychain(set)).toMatchObject({ state: 'hung' });
    // Three times the allowed 3 seconds.
    expect(performance.now() - began).toBeLessThan(9_000);
    clearInterval(ticker);
    await signal('SIGCONT');
    // In this process the library would block for two seconds; a loaded machine may block for a moment.
    expect(longest).toBeLessThan(1_000);
  });

  test('[fault 5] a secret reported as stored survives a kill of the service at any time', async () => {
    const { signal, restart } = await enter('unlocked', { deadline: true });
    const secretOf = (round: number) => JSON.stringify({ password: `p-${round}` });
    let state = '';
    let round = 0;
    // A little later in each round, until the kill comes too late.
    for (; state !== 'stored'; round += 1) {
      const storing = systemKeychain({ ...set, secret: secretOf(round) });
      await new Promise((resolve) => setTimeout(resolve, round * 50));
      await signal('SIGKILL');
      ({ state } = await storing);
      expect(['stored', 'died', 'absent', 'hung']).toContain(state);
      await restart();
    }
    expect(round).toBeGreaterThan(1);
    expect(await systemKeychain(get)).toEqual({ state: 'found', secret: secretOf(round - 1) });
  });

  test('[fault 6] a secret removed by another program is lost; its storage date is shown', async () => {
    const { env, home } = await enter('unlocked');
    const notes = keychainNotes(join(home, 'keychain.json'), change);
    const store = secretStore({ keychain: systemKeychain, environment: new Map(), notes, clock: systemClock });
    const origins = ['https://api.example'];
    expect(await store.keep('nordic', { password: 'p' }, origins, 'go')).toBeNull();
    expect(await store.of('nordic', origins)).toEqual({ password: 'p' });
    execFileSync('secret-tool', ['clear', 'service', 'subdeck', 'username', 'nordic'], { env });
    const fault = await store.of('nordic', origins).catch((error: FaultError) => error.fault);
    const today = dayText(Date.now());
    expect(fault).toMatchObject({
      kind: 'signed-out',
      message: expect.stringMatching(new RegExp(`on ${today} \\d\\d:\\d\\d UTC but are no longer there`)),
    });
  });
});
