import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect as connectTo, createServer, type Server } from 'node:net';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isLeftOut, proxySetting } from '../../../src/api/http/proxy-setting.ts';
import { plainlyDone } from '../../../src/api/http/write-client.ts';
import { unlimitedPermit } from '../../../src/model/send-permit.ts';
import { selfSigned } from '../fixtures/certificate.ts';
import { connect, faultOf, noIds } from '../fixtures/setup.ts';

const variables = ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'];
const servers: Server[] = [];
let before: readonly (readonly [string, string | undefined])[] = [];
beforeEach(() => {
  before = variables.map((name) => [name, process.env[name]]);
  for (const name of variables) delete process.env[name];
});
afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  for (const server of servers.splice(0)) server.close();
});

async function listening<Listening extends Server>(server: Listening): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A proxy that opens tunnels, or answers every CONNECT request with `answer`. */
async function proxy(answer?: string): Promise<{ readonly port: number; readonly asked: string[] }> {
  const asked: string[] = [];
  const port = await listening(
    createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (data) => {
        const [first = ''] = String(data).split('\r\n');
        asked.push(first);
        if (answer !== undefined) return void socket.end(`HTTP/1.1 ${answer}\r\n\r\n`);
        const target = connectTo(Number(/:(\d+) /.exec(first)?.[1]), '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          socket.pipe(target).pipe(socket);
        });
        target.on('error', () => socket.destroy());
      });
    }),
  );
  return { port, asked };
}

const read = (origin: string) => faultOf(connect(origin).read.get({ path: '/x', asked: noIds }, v.unknown()));

describe('HTTPS_PROXY', () => {
  test.each([
    ['http://127.0.0.1:PORT'],
    ['127.0.0.1:PORT'],
    ['localhost:PORT'],
    ['  http://127.0.0.1:PORT  '],
    ['\t127.0.0.1:PORT/\n'],
    ['HTTP://127.0.0.1:PORT/'],
    ['name:p%40ss@127.0.0.1:PORT'],
  ])('[fault 23] accepts %j', async (written) => {
    const vendor = await listening(createTlsServer(selfSigned));
    const { port, asked } = await proxy();
    process.env.HTTPS_PROXY = written.replace('PORT', String(port));
    // Through the tunnel, the vendor's own certificate is checked.
    expect(await read(`https://127.0.0.1:${vendor}`)).toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('its certificate is self-signed'),
    });
    expect(asked).toEqual([`CONNECT 127.0.0.1:${vendor} HTTP/1.1`]);
  });

  test.each([
    ['socks5://127.0.0.1:1080', 'has a proxy of the type socks5'],
    ['SOCKS5H://name:word@127.0.0.1:1080', 'has a proxy of the type socks5h'],
    ['socks5:127.0.0.1', 'has a proxy of the type socks5'],
    ['http://proxy example:3128', 'is not the address of a proxy'],
    ['http://', 'is not the address of a proxy'],
  ])('[fault 23] refuses %j by name and calls nothing', async (written, why) => {
    let connections = 0;
    const vendor = await listening(
      createServer((socket) => {
        connections += 1;
        socket.destroy();
      }),
    );
    process.env.HTTPS_PROXY = written;
    const fault = await read(`https://127.0.0.1:${vendor}`);
    expect(fault.message).toContain(`HTTPS_PROXY ${why}`);
    expect(fault.message + fault.next).not.toContain('word@');
    const write = { method: 'PUT', path: '/x', asked: noIds, json: {} } as const;
    expect(await connect(`https://127.0.0.1:${vendor}`).write.send(write, plainlyDone, unlimitedPermit)).toMatchObject({
      outcome: 'unsent',
      fault: { sent: false },
    });
    expect(connections).toBe(0);
    process.env.NO_PROXY = ' other.example , 127.0.0.1 ';
    await read(`https://127.0.0.1:${vendor}`);
    expect(connections).toBeGreaterThan(0);
  });

  test('[fault 23] that is blank counts as unset; the other spelling is used', () => {
    expect(proxySetting({ HTTPS_PROXY: ' ' })).toEqual({ kind: 'none' });
    expect(proxySetting({ https_proxy: ' ', HTTPS_PROXY: 'p:1' })).toMatchObject({ url: 'http://p:1' });
  });

  test('[fault 23] a proxy that wants a password is reported and asked once', async () => {
    const { port, asked } = await proxy('407 Proxy Authentication Required');
    process.env.HTTPS_PROXY = `127.0.0.1:${port}`;
    const fault = await read('https://vendor.invalid');
    expect(fault).toMatchObject({
      kind: 'unreachable',
      message: `nordic (vendor.invalid) could not be reached: the proxy 127.0.0.1:${port} requires a user name and password (407).`,
      next: expect.stringContaining('HTTPS_PROXY: http://USER:PASSWORD@HOST:PORT'),
    });
    expect(asked).toHaveLength(1);
    process.env.HTTPS_PROXY = `name:proxy-password@127.0.0.1:${port}`;
    const refused = await read('https://vendor.invalid');
    expect(refused.message).toContain(`the proxy 127.0.0.1:${port} does not accept the user name and password (407)`);
    expect(JSON.stringify(refused)).not.toContain('proxy-password');
  });

  test.each([
    ['a dead proxy', '127.0.0.1:1', 'the proxy 127.0.0.1:1 does not accept connections'],
    ['an unresolvable proxy', 'nowhere.invalid:3128', 'the proxy nowhere.invalid:3128 could not be found'],
  ])('[fault 23] %s is blamed, not the vendor behind it', async (_, written, what) => {
    process.env.HTTPS_PROXY = written;
    const fault = await read('https://vendor.invalid');
    expect(fault.message).toContain(what);
    expect(fault.next).toContain('HTTPS_PROXY');
  });

  test('[fault 23] a proxy that forbids the host is reported with its answer', async () => {
    const { port } = await proxy('403 Forbidden');
    process.env.HTTPS_PROXY = `127.0.0.1:${port}`;
    expect((await read('https://vendor.invalid')).message).toContain(
      `the proxy 127.0.0.1:${port} did not open a connection to it (403)`,
    );
  });
});

test.each([
  ['*', true],
  ['vendor.example', true],
  ['.example', true],
  ['*.example', true],
  ['VENDOR.example:443', true],
  ['vendor.example:8443', false],
  ['endor.example', false],
  ['', false],
])('[fault 23] NO_PROXY %j', (written, isSo) => {
  expect(isLeftOut(new URL('https://vendor.example/x'), written)).toBe(isSo);
});
