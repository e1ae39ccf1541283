import { type ChildProcess, spawn } from 'node:child_process';
import dns from 'node:dns';
import { once } from 'node:events';
import { connect as connectTo, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { plainlyDone } from '../../../src/api/http/write-client.ts';
import { unlimitedPermit } from '../../../src/model/send-permit.ts';
import { connect, noIds } from '../fixtures/setup.ts';

const children: ChildProcess[] = [];
const sockets: Socket[] = [];
const { lookup } = dns;
afterEach(() => {
  dns.lookup = lookup;
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const script = `require('node:http').createServer((request, response) => response.end('"here"'))
  .listen({ port: Number(process.argv[1]), host: process.argv[2], backlog: 1 }, function () { console.log(this.address().port) })`;

/** A stopped server with a full accept queue: new connections get no answer. */
async function busyServer(
  host: string,
  port: number,
): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = spawn(process.execPath, ['-e', script, String(port), host], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = await once(child.stdout ?? child, 'data');
  child.kill('SIGSTOP');
  const found = Number(String(line));
  for (let waiting = 0; waiting < 4; waiting += 1) {
    const socket = connectTo(found, host).on('error', () => undefined);
    sockets.push(socket);
    // Connections that fit into the queue are established at once.
    await Promise.race([once(socket, 'connect'), new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  return { child, port: found };
}

test.runIf(process.platform === 'linux')(
  '[fault 104] connects when one of two addresses is dead and the other takes over 600 ms',
  async () => {
    const slow = await busyServer('127.0.0.1', 0);
    await busyServer('127.0.0.2', slow.port);
    const addresses = [
      { address: '127.0.0.1', family: 4 },
      { address: '127.0.0.2', family: 4 },
    ];
    dns.lookup = ((_name: string, _options: object, done: (error: null, found: object) => void) =>
      done(null, addresses)) as typeof dns.lookup;
    // A write, since it is not retried.
    const write = { method: 'PUT', path: '/x', asked: noIds, json: {} } as const;
    const writing = connect(`http://localhost:${slow.port}`).write.send(write, plainlyDone, unlimitedPermit);
    setTimeout(() => slow.child.kill('SIGCONT'), 600);
    expect(await writing).toMatchObject({ outcome: 'done' });
  },
);
