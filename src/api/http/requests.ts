import { setImmediate as turn } from 'node:timers/promises';
import type { SendPermit } from '../../model/send-permit.ts';
import { userAgent } from '../../version.ts';
import type { VendorSetup } from '../setup.ts';
import { safeText } from '../text.ts';
import { createConnectionPool } from './connection-pool.ts';
import type { Deadline } from './deadline.ts';
import { NetworkError } from './network-failure.ts';
import type { Credentials } from './read-fault.ts';
import { createRedactor, type Redactor, redact } from './redact.ts';
import { limitLeftOf } from './retry.ts';
import { type Incoming, type Lost, transmit } from './transport.ts';
import { correlationHeaders, correlationOf } from './vendor-error.ts';

/** One connection's HTTP layer: every request, sign-in included, goes through here and is reported to `onCall`. */
export interface Requests {
  readonly credentials: Credentials;
  readonly redactor: Redactor;
  send(request: HttpRequest): Promise<Incoming | Lost>;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly deadline: Deadline;
  readonly signal?: AbortSignal | undefined;
  readonly maxBytes: number;
  /** False for a request that must not be lost on a stale socket: it gets a new one. */
  readonly reuseSocket: boolean;
  /** For a write: asked when the connection is there, directly before the first byte. */
  readonly permit?: SendPermit;
  /** Texts that the answer of this request must not repeat. */
  readonly hide?: readonly string[];
}

export function createRequests(setup: VendorSetup): Requests {
  const shared = createConnectionPool(true);
  const single = createConnectionPool(false);
  const redactor = createRedactor();
  return {
    credentials: { connection: setup.name, secretsIn: setup.secretsIn },
    redactor,
    send: async (request) => {
      if (request.reuseSocket) await lateBytesNoticed();
      const at = setup.clock.now();
      const began = setup.clock.monotonic();
      const pool = request.reuseSocket ? shared : single;
      const headers = { ...request.headers, 'user-agent': userAgent };
      const answer = await transmit({ ...request, pool, headers });
      const reply = withCorrelation(
        cleaned(answer, (text) => redact(redactor.clean(text), request.hide ?? [])),
        request,
      );
      setup.onCall?.({
        connection: setup.name,
        method: request.method,
        path: safeText(redactor.clean(request.url.pathname), 500),
        status: reply.kind === 'answer' ? reply.status : null,
        milliseconds: Math.round(setup.clock.monotonic() - began),
        correlationId: reply.kind === 'answer' ? correlationOf(reply.headers) : null,
        limitLeft: reply.kind === 'answer' ? limitLeftOf(reply.headers) : null,
        at: new Date(at).toISOString(),
      });
      if (request.signal?.aborted !== true) {
        const isAnswered = reply.kind === 'answer' && reply.status < 500;
        setup.onContact?.({ connection: setup.name, isAnswered });
      }
      return reply;
    },
  };
}

/**
 * Lets Node read data that arrived on idle sockets, so that a socket with unexpected data is closed before a request
 * uses it. The second turn polls every socket, wherever the first one was scheduled.
 */
async function lateBytesNoticed(): Promise<void> {
  await turn();
  await turn();
}

/** The one displayed and stored header is vendor text too, and may repeat a secret. */
function cleaned(reply: Incoming | Lost, clean: (text: string) => string): Incoming | Lost {
  if (reply.kind === 'lost') return reply;
  const ids = correlationHeaders.flatMap((name) => {
    const value = reply.headers[name];
    return typeof value === 'string' ? [[name, clean(value)]] : [];
  });
  return { ...reply, headers: { ...reply.headers, ...Object.fromEntries(ids) } };
}

/** The id that the call carried, if the answer names none. */
function withCorrelation(reply: Incoming | Lost, { headers }: HttpRequest): Incoming | Lost {
  const sent = headers['x-correlation-id'];
  if (reply.kind === 'lost' || sent === undefined || correlationOf(reply.headers) !== null) return reply;
  return { ...reply, headers: { ...reply.headers, 'x-correlation-id': sent } };
}

/** The whole body as text. Throws `NetworkError`. */
export async function readText(incoming: Incoming): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of incoming.chunks) parts.push(chunk);
  return new TextDecoder().decode(Buffer.concat(parts));
}

/** No vendor's error text is longer; the rest is not read. */
const longestErrorBytes = 64 * 1024;

/** The body of an error, as far as it can be read: failing to read it is not a fault of its own. */
export async function readErrorText(incoming: Incoming): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of incoming.chunks) {
      parts.push(chunk);
      bytes += chunk.byteLength;
      if (bytes > longestErrorBytes) break;
    }
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
  }
  return new TextDecoder().decode(Buffer.concat(parts).subarray(0, longestErrorBytes));
}
