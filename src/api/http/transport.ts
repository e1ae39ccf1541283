import type { ClientRequest, IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import got from 'got';
import type { SendPermit } from '../../model/send-permit.ts';
import { decodedBody } from './body-decoder.ts';
import type { ConnectionPool } from './connection-pool.ts';
import type { Deadline } from './deadline.ts';
import { failureOf, NetworkError, type NetworkFailure, proxyFailure } from './network-failure.ts';

/** One request: sent exactly once, no retry, no redirect, no cookie, no cache. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly pool: ConnectionPool;
  /** Covers the headers and, unless the caller extends it, the body; the caller stops it. */
  readonly deadline: Deadline;
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
  /** Asked when the connection is there, directly before the first byte. */
  readonly permit?: SendPermit;
}

export interface Incoming {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body, decompressed and limited. Throws `NetworkError`. Must be read or `cancel`led. */
  readonly chunks: AsyncIterable<Uint8Array>;
  cancel(): void;
  /** Closes its connection, so that it is not reused. Also after the body was read. */
  closeConnection(): void;
}

export interface Lost {
  readonly kind: 'lost';
  readonly failure: NetworkFailure;
  /** False only if provably no byte of the request was sent: no connection, or no TLS session, was established. */
  readonly sent: boolean;
}

/** Never throws: an HTTP library's errors contain headers and bodies, which must not leave this file. */
export async function transmit(outgoing: Outgoing): Promise<Incoming | Lost> {
  const state: Progress = { sent: false, socket: null, ended: null };
  const { body, deadline, signal } = outgoing;
  const proxy = outgoing.pool.proxy(outgoing.url);
  if (proxy.kind === 'refused') {
    return { kind: 'lost', failure: { kind: 'proxy-setting', why: proxy.why }, sent: false };
  }
  try {
    if (outgoing.method === 'GET' && body !== null) throw new TypeError('A GET has no body.');
    const stream = got.stream(outgoing.url, {
      method: methodOf(outgoing.method),
      headers: {
        ...outgoing.headers,
        'accept-encoding': 'gzip, deflate, br',
        ...(body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      },
      agent: outgoing.pool.agents(outgoing.url),
      retry: { limit: 0 },
      followRedirect: false,
      throwHttpErrors: false,
      decompress: false,
      https: { rejectUnauthorized: true },
      signal: signal ? AbortSignal.any([deadline.signal, signal]) : deadline.signal,
    });
    stream.on('error', ignore);
    stream.once('request', (request: ClientRequest) => watch(request, state, outgoing.permit));
    // Serialized here: as an option, got would check whether it is a form, for which Node loads all of `fetch`.
    if (outgoing.method !== 'GET') stream.end(body ?? undefined);
    const response = await responseOf(stream);
    return {
      kind: 'answer',
      status: response.statusCode,
      headers: response.headers,
      chunks: named(decodedBody(stream, response.headers['content-encoding'], outgoing.maxBytes), outgoing),
      cancel: () => stream.destroy(),
      closeConnection: () => state.socket?.destroy(),
    };
  } catch (error) {
    if (state.ended !== null) return { kind: 'lost', failure: { kind: 'permit', why: state.ended }, sent: false };
    const failure = abortOf(outgoing) ?? failureOf(error);
    if (proxy.kind !== 'used' || !isOnTheWay(proxy, failure, state)) {
      return { kind: 'lost', failure, sent: state.sent };
    }
    return { kind: 'lost', failure: proxyFailure(proxy, failure, error), sent: state.sent };
  }
}

/** With a proxy there is a socket only after its tunnel is open and the vendor's certificate was verified. */
function isOnTheWay(proxy: { readonly url: string }, failure: NetworkFailure, state: Progress): boolean {
  if (state.socket !== null || failure.kind === 'interrupted') return false;
  return failure.kind !== 'tls' || proxy.url.startsWith('https:');
}

/** An abort destroys the stream with its own error: the code that aborted reports the cause. */
function abortOf({ deadline, signal }: Outgoing): NetworkFailure | null {
  if (signal?.aborted) return { kind: 'interrupted' };
  return deadline.signal.aborted ? { kind: 'timeout' } : null;
}

async function* named(chunks: AsyncIterable<Uint8Array>, outgoing: Outgoing): AsyncIterable<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw new NetworkError(abortOf(outgoing) ?? failureOf(error));
  }
}

type GotStream = ReturnType<typeof got.stream>;

function responseOf(
  stream: GotStream,
): Promise<{ readonly statusCode: number; readonly headers: IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    stream.once('response', resolve);
    stream.once('error', reject);
    stream.once('close', () => reject(new NetworkError({ kind: 'reset' })));
  });
}

interface Progress {
  sent: boolean;
  socket: Socket | null;
  /** Why nothing was sent although the connection was there. */
  ended: string | null;
}

/** Sent means: a socket was ready for the request's bytes. In doubt it counts as sent. */
function watch(request: ClientRequest, state: Progress, permit: SendPermit | undefined): void {
  request.once('socket', (socket) => {
    state.socket = socket;
    // No byte is on the socket yet: Node writes the request after this event.
    const sent = () => {
      state.ended = permit?.ended() ?? null;
      if (state.ended === null) state.sent = true;
      else socket.destroy();
    };
    if (isSecure(socket)) {
      if (isHandshaking(socket)) socket.once('secureConnect', sent);
      else sent();
    } else if (socket.connecting) socket.once('connect', sent);
    else sent();
  });
}

/** A Node marker. Checking for the class would load all of TLS, for plain http too. */
function isSecure(socket: Socket): socket is TLSSocket {
  return 'encrypted' in socket;
}

function isHandshaking(socket: TLSSocket): boolean {
  const protocol = socket.getProtocol();
  return socket.connecting || protocol === null || protocol === 'unknown';
}

function methodOf(method: string): 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' {
  if (method === 'POST' || method === 'PUT' || method === 'PATCH' || method === 'DELETE') return method;
  return 'GET';
}

/** The error is taken from the promise or the body; without a listener it would end the process. */
function ignore(): void {}
