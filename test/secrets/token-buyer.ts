import * as v from 'valibot';
import { openConnection } from '../../src/api/http/clients.ts';
import { callForToken, oauthTokenReply } from '../../src/api/http/token-call.ts';
import { listOf } from '../../src/api/identity.ts';
import { systemClock as clock } from '../../src/app/clock.ts';
import { systemKeychain } from '../../src/secrets/keychain.ts';
import { tokenShare } from '../../src/secrets/token-share.ts';
import { fileLock } from '../../src/system/file-lock.ts';

/** A process that waits for a line on stdin, then reads once with any token it gets: `node token-buyer.ts ORIGIN LOCK`. */
const [origin = '', lock = ''] = process.argv.slice(2);
const share = tokenShare({
  keychain: systemKeychain,
  connection: 'nordic',
  settings: { origin },
  now: clock.instant,
  lock: () => fileLock(lock, clock).take(60_000),
});
const setup = {
  ...{
    name: 'nordic',
    title: 'nordic',
    settings: {},
    clock,
    secretsIn: 'keychain' as const,
    allowWrites: () => null,
    shareToken: share,
  },
  secrets: async () => ({ password: 'correct horse' }),
};
const { read } = openConnection(setup, {
  limits: { kind: 'unknown', source: 'a test' },
  baseUrl: origin,
  signIn: ({ password = '' }, line) =>
    callForToken(line, { connection: 'nordic', url: new URL(`${origin}/token`), form: { password } }, oauthTokenReply),
});
process.stdout.write('ready\n');
process.stdin.once('data', async () => {
  const answer = await read.get({ path: '/x', asked: listOf({}) }, v.string());
  process.stdout.write(`${answer}\n`);
  process.stdin.unref();
});
