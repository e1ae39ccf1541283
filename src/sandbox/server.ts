import { createServer, type Server, ServerResponse } from 'node:http';
import { getRequestListener, type Http2Bindings, type HttpBindings, RequestError } from '@hono/node-server';
import { strangerReason } from './visitors.ts';

export type Serve = (request: Request, env: HttpBindings) => Promise<Response>;

export interface Listening {
  readonly servers: readonly { readonly origin: string; serve(answer: Serve): void }[];
  /** Closes every connection at once, including kept-alive ones. */
  close(): Promise<void>;
}

/** Opens one server on loopback for each port (0: any free one). If one port is taken, all are closed. */
export async function listen(ports: readonly number[]): Promise<Listening> {
  const opened = ports.map(open);
  const close = async () => {
    await Promise.all(opened.map(({ server }) => closed(server)));
  };
  try {
    const servers = await Promise.all(opened.map(async ({ serve, ready }) => ({ origin: await ready, serve })));
    return { servers, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A request that drips is ended, in milliseconds. */
const patience = { requestTimeout: 30_000, headersTimeout: 30_000, connectionsCheckingInterval: 5_000 };

function open(port: number) {
  let answer: Serve = async () => new Response('The sandbox is starting.\n', { status: 503 });
  const listener = getRequestListener(
    (request, env) => {
      if (!isPlainHttp(env)) return new Response(null, { status: 505 });
      const why = strangerReason(env.incoming);
      return why === null ? answer(request, env) : new Response(`${why}\n`, { status: 403 });
    },
    {
      overrideGlobalObjects: false,
      errorHandler: (error) => new Response(null, { status: error instanceof RequestError ? 400 : 500 }),
    },
  );
  const server = createServer(patience, (incoming, outgoing) => void listener(incoming, outgoing));
  const ready = new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(originOf(server)));
  });
  const serve = (next: Serve) => {
    answer = next;
  };
  return { server, ready, serve };
}

function isPlainHttp(env: HttpBindings | Http2Bindings): env is HttpBindings {
  return env.outgoing instanceof ServerResponse;
}

function originOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.');
  return `http://127.0.0.1:${address.port}`;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
