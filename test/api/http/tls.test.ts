import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { authority, leafKey, leaves } from '../fixtures/authority.ts';
import { selfSigned } from '../fixtures/certificate.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const reader = `
  import { connect, faultOf, noIds } from ${JSON.stringify(join(import.meta.dirname, '../fixtures/setup.ts'))};
  import * as v from ${JSON.stringify(join(import.meta.dirname, '../../../node_modules/valibot/dist/index.mjs'))};
  const read = connect(process.argv[1]).read.get({ path: '/x', asked: noIds, deadlineMs: 5000 }, v.unknown());
  process.stdout.write(JSON.stringify(await read.catch((error) => error.fault.message)));`;

/** The output of a separate process that trusts the test authority and whose environment disables certificate checks. */
async function readFrom(options: ServerOptions): Promise<{ readonly said: string; readonly served: number }> {
  let served = 0;
  const server = createServer(options, (_, response) => {
    served += 1;
    response.end('"good"');
  });
  const directory = mkdtempSync(join(tmpdir(), 'tls-'));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
    rmSync(directory, { recursive: true });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const authorities = join(directory, 'ca.pem');
  writeFileSync(authorities, authority);
  const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const entry = join(directory, 'read.ts');
  writeFileSync(entry, reader.replace('process.argv[1]', JSON.stringify(origin)));
  const env = { PATH: process.env.PATH ?? '', NODE_EXTRA_CA_CERTS: authorities, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', entry], { env });
  return { said: JSON.parse(stdout), served };
}

test.each<[string, ServerOptions, string]>([
  ['has expired', { key: leafKey, cert: leaves.expired }, 'its certificate has expired'],
  ['is not valid yet', { key: leafKey, cert: leaves.early }, 'its certificate is not valid yet'],
  ['is for another host', { key: leafKey, cert: leaves.other }, 'its certificate belongs to another host name'],
  ['is self-signed', selfSigned, 'its certificate'],
  [
    'is sent over an outdated TLS',
    { key: leafKey, cert: leaves.good, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    'TLS',
  ],
])('[fault 22] refuses a certificate that %s, whatever the environment trusts', async (_, options, sentence) => {
  const { said, served } = await readFrom(options);
  expect(said).toContain(`cannot be trusted: `);
  expect(said).toContain(sentence);
  expect(served).toBe(0);
});

test('[fault 22] NODE_EXTRA_CA_CERTS adds a certificate authority', async () => {
  expect(await readFrom({ key: leafKey, cert: leaves.good })).toEqual({ said: 'good', served: 1 });
});
