import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface TcpProxy {
  readonly port: number;
  /** Holds every byte in both directions back from now on, as a network that lost its way does. */
  hold(): void;
  /** The same as soon as a client sends this text, which is held back with the rest. */
  holdAt(text: string): void;
  /** Resolves when bytes are held back. */
  readonly held: Promise<void>;
  /** Lets new connections through again; those that bytes were held back on stay lost. */
  pass(): void;
  /** A way there and back takes so many milliseconds from now on. */
  delay(milliseconds: number): void;
  /** Ends every connection. */
  cut(): void;
}

/** Milliseconds between two parts of what a slow link sends. */
const tick = 20;

/** A proxy in front of a server on this machine; closed when the test ends. `bytesPerSecond`: of what the server sends, over all connections. */
export async function tcpProxy(target: number, bytesPerSecond = Number.POSITIVE_INFINITY): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let isHeld = false;
  let wayTakes = 0;
  let mark: string | null = null;
  const { promise: held, resolve: tellHeld } = Promise.withResolvers<void>();
  const hold = () => {
    isHeld = true;
    tellHeld();
  };
  const proxy = createServer((client) => {
    const server = connect(target, '127.0.0.1');
    let isLost = false;
    const passes = (from: Socket, bytes: Buffer) => {
      if (from === client && mark !== null && bytes.includes(mark)) hold();
      isLost ||= isHeld;
      return !isLost;
    };
    const toClient = bytesPerSecond < Number.POSITIVE_INFINITY ? slowly(server, client) : client;
    for (const [from, to] of [
      [client, server],
      [server, toClient],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes: Buffer) => {
        if (!passes(from, bytes)) return;
        if (wayTakes === 0) to.write(bytes);
        else setTimeout(() => to.write(bytes), wayTakes / 2);
      });
      from.on('close', () => (from === client ? server : client).destroy());
      from.on('error', () => (from === client ? server : client).destroy());
    }
  });
  const links = new Set<(room: number) => number>();
  const ticks = setInterval(() => {
    let room = (bytesPerSecond * tick) / 1000;
    for (const send of links) room -= send(room);
  }, tick);
  /** Takes no more from the server than the link has room for. */
  function slowly(server: Socket, client: Socket) {
    let queue = Buffer.alloc(0);
    const send = (room: number) => {
      const part = queue.subarray(0, room);
      queue = queue.subarray(part.length);
      client.write(part);
      if (queue.length === 0) server.resume();
      return part.length;
    };
    links.add(send);
    server.on('close', () => links.delete(send));
    return {
      write: (bytes: Buffer) => {
        queue = Buffer.concat([queue, bytes]);
        server.pause();
      },
    };
  }
  const port = await new Promise<number>((resolve) => {
    proxy.listen(0, '127.0.0.1', () => {
      const address = proxy.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  onTestFinished(() => {
    clearInterval(ticks);
    cut();
    proxy.close();
  });
  return {
    port,
    cut,
    hold,
    holdAt: (text) => {
      mark = text;
    },
    held,
    delay: (milliseconds) => {
      wayTakes = milliseconds;
    },
    pass: () => {
      [isHeld, mark] = [false, null];
    },
  };
}
