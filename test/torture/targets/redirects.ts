import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';
import { openConnection } from '../../../src/api/http/clients.ts';
import { callForToken, oauthTokenReply } from '../../../src/api/http/token-call.ts';
import { plainlyDone } from '../../../src/api/http/write-client.ts';
import { listOf } from '../../../src/api/identity.ts';
import { systemClock as clock } from '../../../src/app/clock.ts';
import { unlimitedPermit } from '../../../src/model/send-permit.ts';
import { selfSigned } from '../../api/fixtures/certificate.ts';
import { seededRandom, type Target } from '../target.ts';

const statuses = [301, 302, 303, 304, 305, 306, 307, 308] as const;
const elsewhere = ['host', 'port', 'scheme'] as const;
const callKinds = ['read', 'token', 'write'] as const;

export const redirects: Target = {
  name: 'redirects',
  promise: 'No redirect to another host, port or scheme is sent a secret, or anything at all.',
  full: 50 * statuses.length * elsewhere.length * callKinds.length,
  mutants: [
    {
      name: 'the HTTP library follows by itself',
      tries: 72,
      patches: [{ file: 'src/api/http/transport.ts', find: 'followRedirect: false', replace: 'followRedirect: true' }],
    },
    {
      name: 'a read that follows to any origin',
      tries: 72,
      patches: [
        {
          file: 'src/api/http/retrying-reader.ts',
          find: 'return target?.origin === from.origin ? target : null;',
          replace: 'return target;',
        },
      ],
    },
  ],
  async run({ n, seed }) {
    const random = seededRandom(seed);
    const faults: string[] = [];
    let reached: string[] = [];
    const thief =
      (name: string) =>
      (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => {
        reached.push(`${name} ${request.method} ${request.url}`);
        response.end('{"access_token":"stolen","expires_in":3600}');
      };
    let location = '';
    let status = 0;
    const vendor = createServer((request, response) => {
      request.resume();
      response.writeHead(status, { location }).end();
    });
    const port = createServer(thief('port'));
    const host = createServer(thief('host'));
    const scheme = createTlsServer(selfSigned, thief('scheme'));
    scheme.on('tlsClientError', () => reached.push('scheme: a handshake'));
    const servers = [vendor, port, host, scheme];
    try {
      for (const server of servers) await listen(server, server === host ? '127.0.0.2' : '127.0.0.1');
      const origin = `http://127.0.0.1:${portOf(vendor)}`;
      const targets = {
        host: `http://127.0.0.2:${portOf(host)}`,
        port: `http://127.0.0.1:${portOf(port)}`,
        scheme: `https://127.0.0.1:${portOf(scheme)}`,
      };
      for (let nth = 0; nth < n; nth += 1) {
        const where = elsewhere[nth % 3] ?? 'host';
        const callKind = callKinds[Math.floor(nth / 3) % 3] ?? 'read';
        status = statuses[Math.floor(nth / 9) % statuses.length] ?? 307;
        location = `${targets[where]}/${random.pick(['x', 'token', '', '%0d%0a', '?a=b'])}`;
        reached = [];
        const answer = await send(callKind, origin);
        if (reached.length > 0) faults.push(`${callKind} ${status} to another ${where}: ${reached.join(', ')}`);
        if (answer === 'good') faults.push(`${callKind} ${status} to another ${where} was taken for an answer`);
      }
    } finally {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    }
    return {
      n,
      faults,
      facts: [`${statuses.length} statuses × ${elsewhere.length} targets × ${callKinds.length} calls`],
    };
  },
};

async function send(callKind: (typeof callKinds)[number], origin: string): Promise<'good' | 'fault'> {
  const setup = {
    ...{
      name: 'nordic',
      title: 'nordic',
      settings: {},
      clock,
      secretsIn: 'keychain' as const,
      allowWrites: () => null,
    },
    secrets: async () => ({ password: 'correct horse' }),
  };
  const { read, write } = openConnection(setup, {
    limits: { kind: 'unknown', source: 'a test' },
    baseUrl: origin,
    tokenHeader: (token) => ({ 'x-auth-token': token, authorization: `Bearer ${token}` }),
    signIn: async ({ password = '' }, line) => {
      if (callKind !== 'token') return { token: 'correct-horse', lifetimeMs: 3_600_000 };
      const url = new URL(`${origin}/token`);
      return callForToken(line, { connection: 'nordic', url, form: { password } }, oauthTokenReply);
    },
  });
  if (callKind === 'write') {
    const { outcome } = await write.send(
      { method: 'PUT', path: '/x', asked: listOf({}), json: { key: 'correct horse' } },
      plainlyDone,
      unlimitedPermit,
    );
    return outcome === 'done' ? 'good' : 'fault';
  }
  return read.get({ path: '/x', asked: listOf({}), deadlineMs: 5_000 }, v.unknown()).then(
    () => 'good',
    () => 'fault',
  );
}

function listen(server: Server | ReturnType<typeof createTlsServer>, address: string): Promise<void> {
  return new Promise((resolve) => server.listen(0, address, resolve));
}

function portOf(server: Server | ReturnType<typeof createTlsServer>): number {
  return (server.address() as AddressInfo).port;
}
