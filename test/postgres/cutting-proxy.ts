import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Between a client and a server: forwards bytes until a test cuts the connection. */
export interface CuttingProxy {
  readonly port: number;
  /** Cuts once, as soon as the client sent a statement with this text: `asked` before the server gets it, `answered` after it answered. */
  cutAt(text: string, when: 'asked' | 'answered'): void;
  /** Cuts once, after so many more bytes from the server or to it; null: never. */
  cutAfter(bytes: number | null): void;
  /** Whether new connections are refused; those that are there are cut. */
  isDown(down: boolean): void;
  /** New connections go to the server on this port from now on; those that are there are cut. */
  leadTo(port: number): void;
  /** How often it has cut. */
  readonly cuts: number;
  close(): void;
}

export async function cuttingProxy(first: number): Promise<CuttingProxy> {
  let target = first;
  const open = new Set<Socket>();
  let mark: { readonly text: string; readonly when: 'asked' | 'answered' } | null = null;
  let left: number | null = null;
  let down = false;
  let cuts = 0;

  const server = createServer((client) => {
    if (down) return client.destroy();
    const upstream = connect(target, '127.0.0.1');
    let isMarked = false;
    const cut = () => {
      cuts += 1;
      left = null;
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    /** What of these bytes may pass; the connection is cut behind it. */
    const passing = (bytes: Buffer): Buffer => {
      if (left === null) return bytes;
      const part = bytes.subarray(0, left);
      left -= part.length;
      return part;
    };
    client.on('data', (bytes: Buffer) => {
      if (mark !== null && bytes.includes(mark.text)) {
        if (mark.when === 'asked') {
          mark = null;
          return cut();
        }
        isMarked = true;
        mark = null;
      }
      const part = passing(bytes);
      upstream.write(part);
      if (part.length < bytes.length) upstream.end(() => cut());
    });
    upstream.on('data', (bytes: Buffer) => {
      if (isMarked) return cut();
      const part = passing(bytes);
      client.write(part);
      if (part.length < bytes.length) cut();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const cutAll = () => {
    for (const socket of open) socket.destroy();
  };
  const close = () => {
    server.close();
    cutAll();
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cutAt: (text, when) => {
      mark = { text, when };
    },
    cutAfter: (bytes) => {
      left = bytes;
    },
    isDown: (isIt) => {
      down = isIt;
      if (down) cutAll();
    },
    leadTo: (port) => {
      target = port;
      cutAll();
    },
    get cuts() {
      return cuts;
    },
    close,
  };
}
