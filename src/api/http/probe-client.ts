import type { IncomingHttpHeaders } from 'node:http';
import { limits } from '../../model/limits.ts';
import { parseVendorJson } from '../json.ts';
import type { ClientDeps } from './client-deps.ts';
import { createDeadline } from './deadline.ts';
import { NetworkError } from './network-failure.ts';
import { lostFault, readFault } from './read-fault.ts';
import { readErrorText, readText } from './requests.ts';
import { longestWaitMs } from './retry.ts';
import { isThrottled } from './throttling.ts';
import type { TokenSource } from './token-source.ts';
import { addressOf, type Query } from './url-path.ts';
import { statusAnswer } from './vendor-error.ts';

/** A call that changes nothing: a GET, or a POST that only searches. */
export interface ProbeCall {
  readonly path: string;
  readonly query?: Query;
  readonly method?: 'GET' | 'POST';
  readonly json?: unknown;
  readonly signal?: AbortSignal | undefined;
}

export interface ProbeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Undefined if it is not JSON. */
  readonly body: unknown;
}

/**
 * Records how a vendor answers: refusals are answers too. Throws `FaultError` if none arrived, or if the sign-in is
 * refused.
 */
export interface ProbeClient {
  ask(call: ProbeCall): Promise<ProbeAnswer>;
  /** Rate-limit headers in the answers so far, with their counts. */
  rateHeaders(): Readonly<Record<string, number>>;
  /** The vendor's clock minus this computer's, from the last answer. */
  clockDifferenceSeconds(): number | null;
}

const deadlineMs = 30_000;
const mostTries = 3;

export function createProbeClient(channel: ClientDeps, tokens: TokenSource): ProbeClient {
  const { setup, line, subject } = channel;
  const rates: Record<string, number> = {};
  let difference: number | null = null;

  const heard = (headers: IncomingHttpHeaders) => {
    const date = Date.parse(headers.date ?? '');
    if (!Number.isNaN(date)) difference = Math.round((date - setup.clock.now()) / 1000);
    for (const [name, value] of Object.entries(headers)) {
      if (/rate-?limit/i.test(name) && typeof value === 'string' && /^\d{1,9}$/.test(value))
        rates[name] = Number(value);
    }
  };

  async function ask(call: ProbeCall): Promise<ProbeAnswer> {
    for (let tries = 1; ; tries++) {
      const token = await tokens.token('read');
      const deadline = createDeadline(deadlineMs);
      try {
        const incoming = await line.send({
          method: call.method ?? 'GET',
          url: addressOf(channel.baseUrl, call.path, call.query),
          headers: {
            ...channel.headersFor(token),
            ...(call.json === undefined ? {} : { 'content-type': 'application/json' }),
          },
          body: call.json === undefined ? null : JSON.stringify(call.json),
          deadline,
          signal: call.signal,
          maxBytes: limits.answerBytes,
          reuseSocket: true,
        });
        if (incoming.kind === 'lost') throw lostFault(incoming.failure, subject);
        const { status, headers } = incoming;
        heard(headers);
        const isGood = status < 300;
        const text = isGood ? await readText(incoming) : line.redactor.clean(await readErrorText(incoming));
        if (status === 401) {
          if (tries < mostTries && tokens.reject(token)) continue;
          throw readFault(statusAnswer(status, headers), subject);
        }
        const waitMs = isThrottled(status, headers, text) ? (channel.waitOf(headers) ?? 2000) : null;
        if (waitMs === null || tries >= mostTries || waitMs > longestWaitMs)
          return { status, headers, body: line.redactor.cleanAnswer(parsed(text), text) };
        setup.onWait?.({ connection: setup.name, milliseconds: waitMs, why: 'throttled', limit: null });
        await setup.clock.wait(waitMs, call.signal);
      } catch (error) {
        throw error instanceof NetworkError ? lostFault(error.failure, subject) : error;
      } finally {
        deadline.stop();
      }
    }
  }

  return { ask, rateHeaders: () => ({ ...rates }), clockDifferenceSeconds: () => difference };
}

function parsed(text: string): unknown {
  try {
    return parseVendorJson(text);
  } catch {
    return undefined;
  }
}
