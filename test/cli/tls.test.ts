import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/start.ts';
import { authority, leafKey, leaves } from '../api/fixtures/authority.ts';

/** The bundle loads TLS code only for an address that needs it. */
const program = join(import.meta.dirname, '../../bin/subdeck.js');
let home = '';
let sandbox: RunningSandbox;
let served = 0;
/** Terminates TLS and forwards to the sandbox. */
const front = createServer({ key: leafKey, cert: leaves.good }, (socket) => {
  served += 1;
  const behind = connect(Number(new URL(sandbox.origins.interworks ?? '').port), '127.0.0.1');
  socket.on('error', () => behind.destroy()).pipe(behind);
  behind.on('error', () => socket.destroy()).pipe(socket);
});

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'subdeck-tls-'));
  writeFileSync(join(home, 'ca.pem'), authority);
  sandbox = await startSandbox({ scale: 20 });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
});
afterAll(async () => {
  front.close();
  await sandbox.stop();
  rmSync(home, { recursive: true });
});

async function sync(env: Readonly<Record<string, string>>) {
  const found = sandbox.connections.find(({ vendor }) => vendor === 'interworks');
  if (found === undefined) throw new Error('The sandbox has no interworks.');
  const origin = `https://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const plain = sandbox.origins.interworks ?? '';
  const settings = JSON.parse(JSON.stringify(found.settings).replaceAll(plain, origin));
  writeFileSync(
    join(home, 'settings.json'),
    JSON.stringify({ connections: { front: { vendor: 'interworks', settings } } }),
  );
  const child = spawn(process.execPath, [program, 'sync', '--json'], {
    env: {
      PATH: process.env.PATH ?? '',
      SUBDECK_HOME: home,
      SUBDECK_SECRETS_FRONT: JSON.stringify(found.secrets),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { stdout, stderr, code };
}

test('[fault 22] the bundle refuses an unknown certificate authority', async () => {
  const { code, stdout, stderr } = await sync({ NODE_TLS_REJECT_UNAUTHORIZED: '0' });
  expect(stdout + stderr).toContain('cannot be trusted');
  expect(code).not.toBe(0);
  expect(served).toBe(0);
});

test('[fault 22] the bundle reads a whole connection over TLS', async () => {
  const { code, stdout } = await sync({ NODE_EXTRA_CA_CERTS: join(home, 'ca.pem') });
  expect(code).toBe(0);
  expect(stdout).toContain('"complete":true');
  expect(served).toBeGreaterThan(0);
});
