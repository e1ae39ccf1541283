import { expect, test } from 'vitest';
import type { TokenWanted } from '../../src/model/token-share.ts';
import type { Keychain } from '../../src/secrets/keychain.ts';
import { tokenShare } from '../../src/secrets/token-share.ts';
import { heldTime } from '../fault-server/clocks.ts';

/** A keychain in memory. Storing takes one turn of the event loop, as the real one needs a process. */
function memoryKeychain(): Keychain {
  const kept = new Map<string, string>();
  return async (question) => {
    if (question.do === 'get') {
      const secret = kept.get(question.account);
      return secret === undefined ? { state: 'missing' } : { state: 'found', secret };
    }
    if (question.do === 'set') kept.set(question.account, question.secret);
    return { state: 'stored' };
  };
}

const time = heldTime();
const later = heldTime();
later.advance(3_550_000);
const wallSet = heldTime();
wallSet.setWall(-600_000);
const restarted = heldTime();
restarted.restart();
const share = (keychain: Keychain, more: Partial<Parameters<typeof tokenShare>[0]> = {}) =>
  tokenShare({
    keychain,
    connection: 'nordic',
    settings: { user: 'a' },
    now: time.instant,
    lock: async () => null,
    ...more,
  });

function wanted(more: Partial<TokenWanted> = {}) {
  let bought = 0;
  const writeRequest: TokenWanted = {
    secrets: { password: 'p4ssword' },
    refused: null,
    use: 'read',
    signIn: async () => {
      bought += 1;
      return { token: `new-${bought}`, since: time.instant(), lifetimeMs: 3_600_000 };
    },
    ...more,
  };
  return { writeRequest, bought: () => bought };
}

test('[fault 16] uses a token left by another process', async () => {
  const keychain = memoryKeychain();
  const [first, second] = [wanted(), wanted()];
  expect((await share(keychain)(first.writeRequest)).token).toBe('new-1');
  expect((await share(keychain)(second.writeRequest)).token).toBe('new-1');
  expect([first.bought(), second.bought()]).toEqual([1, 0]);
});

test.each<[string, Partial<TokenWanted>, Partial<Parameters<typeof tokenShare>[0]>]>([
  ['that the vendor refused', { refused: 'new-1' }, {}],
  ['obtained with other secrets', { secrets: { password: 'changed' } }, {}],
  ['obtained for another user or address', {}, { settings: { user: 'b' } }],
  ['of another connection', {}, { connection: 'other' }],
  ['that expires within the minute', {}, { now: later.instant }],
  ['of unknown age after the clock was set', {}, { now: wallSet.instant }],
  ['obtained before the computer was restarted', {}, { now: restarted.instant }],
])('[fault 16] does not use a token %s', async (_, more, deps) => {
  const keychain = memoryKeychain();
  await share(keychain)(wanted().writeRequest);
  const second = wanted(more);
  await share(keychain, deps)(second.writeRequest);
  expect(second.bought()).toBe(1);
});

test('a keychain that fails, or contains something else, only costs a sign-in', async () => {
  for (const keychain of [
    async () => ({ state: 'hung', detail: '' }) as const,
    async () => ({ state: 'found', secret: '{"token":7}' }) as const,
  ]) {
    const one = wanted();
    expect((await share(keychain)(one.writeRequest)).token).toBe('new-1');
  }
});

test('a failed sign-in releases the lock', async () => {
  let released = 0;
  const lock = async () => () => {
    released += 1;
  };
  const failing = wanted({ signIn: () => Promise.reject(new Error('no')) });
  await expect(share(memoryKeychain(), { lock })(failing.writeRequest)).rejects.toThrow('no');
  expect(released).toBe(1);
});

test.each<[TokenWanted['use'], number]>([
  ['read', 1],
  ['write', 2],
])('[fault 133] a 30-second token of another process serves a %s: %i sign-ins', async (use, count) => {
  const keychain = memoryKeychain();
  let bought = 0;
  const signIn = async () => {
    bought += 1;
    return { token: `short-${bought}`, since: time.instant(), lifetimeMs: 30_000 };
  };
  for (const each of ['read', use] as const) await share(keychain)(wanted({ signIn, use: each }).writeRequest);
  expect(bought).toBe(count);
});
