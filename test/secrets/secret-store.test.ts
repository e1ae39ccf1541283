import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeFile } from '../../src/app/change-file.ts';
import { systemClock } from '../../src/app/clock.ts';
import { FaultError } from '../../src/model/fault.ts';
import { takeSecrets } from '../../src/secrets/from-environment.ts';
import type { Keychain } from '../../src/secrets/keychain.ts';
import { type KeychainAnswer, keychainTroubles } from '../../src/secrets/keychain-answer.ts';
import { keychainNotes } from '../../src/secrets/keychain-notes.ts';
import { secretStore } from '../../src/secrets/secret-store.ts';
import { troubleSentences } from '../../src/secrets/sentences.ts';

const change = (path: string, how: (content: string | null) => string) => changeFile(path, how, systemClock);

const clock = { now: () => Date.UTC(2026, 10, 21) };
let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'subdeck-secrets-'));
});
afterEach(() => rmSync(home, { recursive: true }));

function storeWith(answer: KeychainAnswer, env: Record<string, string> = {}) {
  const keychain: Keychain = async () => answer;
  const notes = keychainNotes(join(home, 'keychain.json'), change);
  return secretStore({ keychain, environment: takeSecrets({ ...env }), notes, clock });
}

/** A keychain of one entry, in memory. */
function memoryStore() {
  let kept: string | null = null;
  const keychain: Keychain = async (question) => {
    if (question.do === 'set') kept = question.secret;
    if (question.do === 'set') return { state: 'stored' };
    return kept === null ? { state: 'missing' } : { state: 'found', secret: kept };
  };
  const notes = keychainNotes(join(home, 'keychain.json'), change);
  return secretStore({ keychain, environment: new Map(), notes, clock });
}

const origins = ['https://api.example'];

async function faultOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof FaultError) return error.fault;
  throw new Error('no fault was thrown');
}

test('every state of the keychain has its own sentence and next step', async () => {
  const sentences = new Set<string>();
  for (const state of keychainTroubles) {
    const fault = await faultOf(storeWith({ state, detail: 'PRIVATE' }).of('nordic', origins));
    expect(fault).toMatchObject({ kind: 'signed-out', message: troubleSentences[state], connection: 'nordic' });
    expect(fault.next).toContain('SUBDECK_SECRETS_NORDIC');
    expect(JSON.stringify(fault)).not.toContain('PRIVATE');
    sentences.add(fault.message);
  }
  expect(sentences.size).toBe(keychainTroubles.length);
});

test('[fault 6] a secret stored once and now gone is lost, not missing', async () => {
  expect((await faultOf(storeWith({ state: 'missing' }).of('nordic', origins))).message).toBe(
    'There are no secrets for nordic.',
  );
  expect(await storeWith({ state: 'stored' }).keep('nordic', { password: 'p4ss' }, origins, 'go')).toBeNull();
  expect((await faultOf(storeWith({ state: 'missing' }).of('nordic', origins))).message).toBe(
    'The secrets of nordic were stored in the keychain on Sat 21 Nov 2026 00:00 UTC but are no longer there.',
  );
  expect(readFileSync(join(home, 'keychain.json'), 'utf8')).not.toContain('p4ss');
});

test('[fault 8] the environment wins over the keychain and is cleared at once', async () => {
  const env: Record<string, string> = { SUBDECK_SECRETS_MY_BOX: '{"password":"from env"}', OTHER: '1' };
  const environment = takeSecrets(env);
  expect(env).toEqual({ OTHER: '1' });
  const keychain: Keychain = async () => ({ state: 'found', secret: '{"password":"from keychain"}' });
  const store = secretStore({ keychain, environment, notes: keychainNotes(join(home, 'k'), change), clock });
  expect(await store.of('my-box', origins)).toEqual({ password: 'from env' });
  expect(await store.of('other', origins)).toEqual({ password: 'from keychain' });
});

test.each(['not json', '[]', '"x"', 'null', '{"password": 1}'])(
  'names the variable for invalid content: %s',
  async (text) => {
    const fault = await faultOf(storeWith({ state: 'missing' }, { SUBDECK_SECRETS_A: text }).of('a', origins));
    expect(fault).toMatchObject({ kind: 'signed-out', message: 'SUBDECK_SECRETS_A is not a JSON object of texts.' });
  },
);

test('never sends an undecodable secret of the environment', async () => {
  const env = { SUBDECK_SECRETS_A: '{"password": "schl\ufffdssel"}' };
  const fault = await faultOf(storeWith({ state: 'missing' }, env).of('a', origins));
  const message = 'SUBDECK_SECRETS_A is not UTF-8: its secret password cannot be decoded.';
  expect(fault).toMatchObject({ kind: 'signed-out', message, connection: 'a' });
});

test('names the variable for secrets that no keychain accepted', async () => {
  const fault = await storeWith({ state: 'absent', detail: '' }).keep('a', { password: 'x' }, origins, 'go');
  expect(fault?.kind).toBe('partial');
  expect(`${fault?.message} ${fault?.next}`).toContain('SUBDECK_SECRETS_A');
});

test('[fault 25] keychain secrets go only to the addresses they were given for', async () => {
  const store = memoryStore();
  await store.keep('nordic', { password: 'p4ss' }, ['https://a.example', 'https://login.example'], 'go');
  expect(await store.of('nordic', ['https://login.example'])).toEqual({ password: 'p4ss' });
  const fault = await faultOf(store.of('nordic', ['https://a.example', 'https://evil.example']));
  expect(fault.kind).toBe('signed-out');
  expect(fault.message).toContain('https://a.example');
  expect(fault.message).toContain('https://evil.example');
  expect(fault.next).toContain('subdeck connection set nordic');
  expect(JSON.stringify(fault)).not.toContain('p4ss');
});

test('[fault 132] changing one secret keeps the others, on the same addresses only', async () => {
  const store = memoryStore();
  const kept = () => store.of('nordic', origins);
  await store.keep('nordic', { password: 'old', clientSecret: 'c' }, origins, 'go');
  await store.keep('nordic', { password: 'new' }, origins, 'stay');
  expect(await kept()).toEqual({ password: 'new', clientSecret: 'c' });
  await store.keep('nordic', { accessToken: 't' }, origins, 'stay');
  expect(await kept()).toEqual({ accessToken: 't' });
  await store.keep('nordic', { password: 'p' }, origins, 'stay');
  expect(await kept()).toEqual({ password: 'p' });
  await store.keep('nordic', { clientSecret: 'c' }, ['https://other.example'], 'stay');
  expect(await store.of('nordic', ['https://other.example'])).toEqual({ clientSecret: 'c' });
  await store.keep('nordic', { password: 'p' }, ['https://other.example'], 'go');
  expect(await store.of('nordic', ['https://other.example'])).toEqual({ password: 'p' });
});
