import type { IncomingHttpHeaders } from 'node:http';
import { FaultError } from '../../model/fault.ts';
import { limits } from '../../model/limits.ts';
import type { Urgency } from './call-pace.ts';
import type { Turn } from './call-queue.ts';
import type { ClientDeps } from './client-deps.ts';
import { createDeadline, type Deadline } from './deadline.ts';
import { NetworkError, type NetworkFailure } from './network-failure.ts';
import { lostFault, readFault } from './read-fault.ts';
import { readErrorText, readText } from './requests.ts';
import { backoffMs, longestWaitMs, triesPerRead } from './retry.ts';
import { isThrottled } from './throttling.ts';
import type { TokenSource } from './token-source.ts';
import type { Incoming } from './transport.ts';
import { vendorAnswer } from './vendor-error.ts';

export interface ReadRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly body: string | null;
  readonly signal: AbortSignal | undefined;
  readonly deadlineMs: number;
  /** What the vendor counts it under. */
  readonly operation: string | undefined;
}

export interface Whole {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  closeConnection(): void;
}

export interface Opened {
  readonly incoming: Incoming;
  /** Running; the body's reader extends and stops it. */
  readonly deadline: Deadline;
}

/**
 * Gets a successful answer, or throws the fault: retries, waits, signs in again, follows redirects within the origin.
 */
export interface Reader {
  whole(request: ReadRequest): Promise<Whole>;
  opened(request: ReadRequest): Promise<Opened>;
}

const mostRedirects = 3;

type Attempt<Result> = { readonly kind: 'good'; readonly result: Result } | Bad;

interface Bad {
  readonly kind: 'bad';
  readonly fault: FaultError;
  /** Whether a new token may help, once. */
  readonly renew: boolean;
  readonly again: 'never' | 'backoff' | 'throttled';
  readonly waitMs: number | null;
}

export function createReader(channel: ClientDeps, tokens: TokenSource, urgency: Urgency): Reader {
  const { setup, line, queue, budget } = channel;
  const { subject } = channel;

  async function persist<Result>(
    request: ReadRequest,
    take: (incoming: Incoming, deadline: Deadline, turn: Turn) => Promise<Result>,
    maxBytes: number,
  ): Promise<Result> {
    let leftMs = request.deadlineMs;
    let mayRenew = true;
    for (let tries = 1; ; ) {
      const turn = await turnFor(request);
      const { token, attempt } = await inTurn(turn, async () => {
        const token = await tokens.token('read');
        if (request.signal?.aborted) throw lostFault({ kind: 'interrupted' }, subject);
        const began = setup.clock.monotonic();
        const attempt = await once(request, token, leftMs, (...answer) => take(...answer, turn), maxBytes, turn);
        leftMs -= setup.clock.monotonic() - began;
        return { token, attempt };
      });
      if (attempt.kind === 'good') {
        budget.earn();
        return attempt.result;
      }
      if (attempt.renew && mayRenew) {
        mayRenew = false;
        if (tokens.reject(token)) continue;
      }
      if (attempt.again === 'never') throw attempt.fault;
      const waitMs = Math.max(attempt.waitMs ?? 0, backoffMs(tries));
      if (tries >= triesPerRead || leftMs <= 0 || waitMs > longestWaitMs || !budget.take()) throw attempt.fault;
      tries++;
      setup.onWait?.({
        connection: setup.name,
        milliseconds: waitMs,
        why: attempt.again === 'throttled' ? 'throttled' : 'no-answer',
        limit: null,
      });
      const pause = setup.clock.wait(waitMs, request.signal);
      if (attempt.again === 'throttled') queue.hold(pause);
      await pause;
    }
  }

  async function turnFor({ operation, signal }: ReadRequest): Promise<Turn> {
    return queue.turn({ urgency, operation, signal }).catch((error: unknown) => {
      throw error instanceof FaultError ? error : lostFault({ kind: 'interrupted' }, subject);
    });
  }

  /** Ends the turn, unless the answer is good and whoever reads it ends it. */
  async function inTurn<Result extends { readonly attempt: Attempt<unknown> }>(
    turn: Turn,
    work: () => Promise<Result>,
  ): Promise<Result> {
    let isTaken = false;
    try {
      const result = await work();
      isTaken = result.attempt.kind === 'good';
      return result;
    } finally {
      if (!isTaken) turn.end();
    }
  }

  async function once<Result>(
    request: ReadRequest,
    token: string,
    leftMs: number,
    take: (incoming: Incoming, deadline: Deadline) => Promise<Result>,
    maxBytes: number,
    turn: Turn,
  ): Promise<Attempt<Result>> {
    const deadline = createDeadline(leftMs);
    let keepDeadline = false;
    try {
      const reply = await follow(request, token, deadline, maxBytes);
      if (reply.kind === 'lost') {
        turn.answered('failed', null);
        return lost(reply.failure);
      }
      if (reply.status < 200 || reply.status >= 300) {
        const refused = await refusal(reply);
        turn.answered(refused.again === 'throttled' ? 'throttled' : 'failed', reply.headers);
        return refused;
      }
      turn.answered('good', reply.headers);
      const result = await take(reply, deadline);
      keepDeadline = true;
      return { kind: 'good', result };
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      return lost(error.failure);
    } finally {
      if (!keepDeadline) deadline.stop();
    }
  }

  function lost(failure: NetworkFailure): Attempt<never> {
    const final =
      ['interrupted', 'tls', 'too-large', 'proxy-setting'].includes(failure.kind) || isRefusedByProxy(failure);
    const again = final ? 'never' : 'backoff';
    return { kind: 'bad', fault: lostFault(failure, subject), renew: false, again, waitMs: null };
  }

  async function follow(request: ReadRequest, token: string, deadline: Deadline, maxBytes: number) {
    const contentType = request.body === null ? {} : { 'content-type': 'application/json' };
    const headers = { ...channel.headersFor(token), ...contentType };
    let url = request.url;
    for (let hops = 0; ; hops++) {
      const { method, body, signal } = request;
      const reply = await line.send({ method, url, headers, body, deadline, signal, maxBytes, reuseSocket: true });
      if (reply.kind === 'lost' || hops >= mostRedirects) return reply;
      const target = redirectWithin(reply, url, method);
      if (target === null) return reply;
      reply.cancel();
      url = target;
    }
  }

  async function refusal(incoming: Incoming): Promise<Bad> {
    const { status, headers } = incoming;
    const text = line.redactor.clean(await readErrorText(incoming));
    const throttled = isThrottled(status, headers, text);
    const fault = readFault(vendorAnswer(throttled ? 429 : status, headers, text, line.redactor.clean), subject);
    const waitMs = channel.waitOf(headers);
    if (throttled) channel.throttled(waitMs);
    const mayPass = [408, 500, 502, 503, 504].includes(status);
    const again = throttled ? 'throttled' : mayPass ? 'backoff' : 'never';
    const renew = !throttled && (status === 401 || channel.signInAgainOn.includes(status));
    return { kind: 'bad', fault, renew, again, waitMs };
  }

  return {
    whole: (request) =>
      persist(
        request,
        async (incoming, deadline, turn) => {
          const text = await readText(incoming);
          deadline.stop();
          turn.end();
          const { status, headers, closeConnection } = incoming;
          return { status, headers, text, closeConnection };
        },
        limits.answerBytes,
      ),
    opened: (request) =>
      persist(
        request,
        async (incoming, deadline, turn) => {
          // A long body is read as fast as its rows are kept. Others do not wait for that.
          turn.end();
          return { incoming, deadline };
        },
        limits.sync.bytes,
      ),
  };
}

/** A proxy that requires a password, or forbids the host, will answer the same again. */
function isRefusedByProxy(failure: NetworkFailure): boolean {
  return failure.kind === 'proxy' && failure.status !== null && failure.status < 500;
}

/** Where a GET may be redirected: another address of the same origin. Other redirects could leak the token. */
function redirectWithin(incoming: Incoming, from: URL, method: string): URL | null {
  const { location } = incoming.headers;
  if (method !== 'GET' || ![301, 302, 303, 307, 308].includes(incoming.status) || location === undefined) return null;
  const target = URL.parse(location, from.href);
  return target?.origin === from.origin ? target : null;
}
