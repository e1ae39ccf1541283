import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SandboxConnection, startSandbox } from '../../src/sandbox/start.ts';

export interface Recorded {
  readonly type: string;
  readonly body: string;
}

/** Recorded replies of the sandbox, to be replayed unchanged or corrupted. */
export interface Player {
  /** The sandbox's connections, with this server's addresses. */
  readonly connections: readonly SandboxConnection[];
  /** Changes a reply before it is sent; absent: sent as recorded. */
  spoil: ((reply: Recorded, response: ServerResponse, path: string) => Recorded | 'answered') | null;
  stop(): Promise<void>;
}

/**
 * Replays the vendors of a small sandbox. Each request is sent to the sandbox once, and answered from memory
 * afterwards.
 */
export async function openPlayer(scale: number): Promise<Player> {
  const sandbox = await startSandbox({ scale, today: '2026-11-21', rateLimits: false, speed: 1000 });
  const servers: Server[] = [];
  const origins = new Map<string, string>();
  const player: { spoil: Player['spoil'] } = { spoil: null };
  for (const origin of new Set(Object.values(sandbox.origins))) {
    const kept = new Map<string, Recorded>();
    const server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      const body = Buffer.concat(parts).toString();
      const path = request.url ?? '/';
      const isToken = /token/i.test(path);
      const key = `${request.method} ${path} ${body}`;
      const found = kept.get(key);
      const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
        typeof value !== 'string' || ['host', 'connection', 'content-length', 'accept-encoding'].includes(name)
          ? []
          : [[name, value]],
      );
      const ask = async () => {
        const answer = await fetch(`${origin}${path}`, {
          method: request.method ?? 'GET',
          headers: [...headers, ['accept-encoding', 'identity']],
          ...(body === '' ? {} : { body }),
        });
        const text = await answer.text();
        if (!answer.ok) return { status: answer.status, reply: { type: 'application/json', body: text } };
        return { status: 200, reply: { type: answer.headers.get('content-type') ?? '', body: text } };
      };
      const { status, reply } = found ? { status: 200, reply: found } : await ask();
      if (status === 200 && !isToken && request.method === 'GET') kept.set(key, reply);
      const sent = isToken || status !== 200 ? reply : (player.spoil?.(reply, response, path) ?? reply);
      if (sent !== 'answered') response.writeHead(status, { 'content-type': sent.type }).end(sent.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    origins.set(origin, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  const moved = (text: string): string => [...origins].reduce((found, [from, to]) => found.replaceAll(from, to), text);
  return Object.assign(player, {
    connections: sandbox.connections.map((one) => ({
      ...one,
      settings: Object.fromEntries(Object.entries(one.settings).map(([name, value]) => [name, moved(value)])),
    })),
    async stop() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
      await sandbox.stop();
    },
  });
}
