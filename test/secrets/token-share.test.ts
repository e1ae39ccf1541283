import { expect, test } from 'vitest';
import type { TokenWanted } from '../../src/model/token-share.ts';
import type { Keychain } from '../../src/secrets/keychain.ts';
import { tokenShare } from '../../src/secrets/token-share.ts';
import { heldTime } from '../fault-server/clocks.ts';

/** A keychain in memory. Storing takes until the next turn, as the real one's process does. */
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

test('[fault 16] a token that another process left is taken', async () => {
  const keychain = memoryKeychain();
  const [first, second] = [wanted(), wanted()];
  expect((await share(keychain)(first.writeRequest)).token).toBe('new-1');
  expect((await share(keychain)(second.writeRequest)).token).toBe('new-1');
  expect([first.bought(), second.bought()]).toEqual([1, 0]);
});

test.each<[string, Partial<TokenWanted>, Partial<Parameters<typeof tokenShare>[0]>]>([
  ['that the vendor did not take', { refused: 'new-1' }, {}],
  ['that was bought with other secrets', { secrets: { password: 'changed' } }, {}],
  ['that was bought for another user or address', {}, { settings: { user: 'b' } }],
  ['of another connection', {}, { connection: 'other' }],
  ['that runs out within the minute', {}, { now: later.instant }],
  ['of which nobody can say how old it is, since the clock was set', {}, { now: wallSet.instant }],
  ['that was bought before the computer was started again', {}, { now: restarted.instant }],
])('[fault 16] a token %s is not taken', async (_, more, deps) => {
  const keychain = memoryKeychain();
  await share(keychain)(wanted().writeRequest);
  const second = wanted(more);
  await share(keychain, deps)(second.writeRequest);
  expect(second.bought()).toBe(1);
});

test('a keychain that fails, or holds something else, costs a sign-in and nothing more', async () => {
  for (const keychain of [
    async () => ({ state: 'hung', detail: '' }) as const,
    async () => ({ state: 'found', secret: '{"token":7}' }) as const,
  ]) {
    const one = wanted();
    expect((await share(keychain)(one.writeRequest)).token).toBe('new-1');
  }
});

test('a sign-in that fails lets the lock go', async () => {
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
])('[fault 133] a token of half a minute that another process left serves a %s: %i sign-ins', async (use, count) => {
  const keychain = memoryKeychain();
  let bought = 0;
  const signIn = async () => {
    bought += 1;
    return { token: `short-${bought}`, since: time.instant(), lifetimeMs: 30_000 };
  };
  for (const each of ['read', use] as const) await share(keychain)(wanted({ signIn, use: each }).writeRequest);
  expect(bought).toBe(count);
});
