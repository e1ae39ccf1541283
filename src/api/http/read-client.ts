import type { IncomingHttpHeaders } from 'node:http';
import * as v from 'valibot';
import { FaultError, type VendorAnswer } from '../../model/fault.ts';
import { type ExpectedIds, otherIdentity } from '../identity.ts';
import { parseVendorJson } from '../json.ts';
import type { Urgency } from './call-pace.ts';
import type { ClientDeps } from './client-deps.ts';
import { jsonRows } from './json-rows.ts';
import { NetworkError } from './network-failure.ts';
import { answeredAboutAnother, lostFault, unreadable } from './read-fault.ts';
import { createReader, type Opened } from './retrying-reader.ts';
import type { TokenSource } from './token-source.ts';
import { addressOf, type Query } from './url-path.ts';
import { statusAnswer } from './vendor-error.ts';

/** A read: a GET, or a POST that only searches. */
export interface ReadCall {
  /** Built by `path`. */
  readonly path: string;
  /** The ids that the answer must have. No default: an answer about something else is useless. */
  readonly asked: ExpectedIds;
  readonly query?: Query;
  /** Absent: GET. */
  readonly method?: 'GET' | 'POST';
  readonly json?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** Network time for all attempts together, without announced waits. Default 30 s. */
  readonly deadlineMs?: number;
  /** What the vendor counts it under, where its limit (src/api/call-limits.ts) is one of each operation. */
  readonly operation?: string;
  /** Of `rows`: how long each item was. */
  readonly onBytes?: (bytes: number) => void;
}

export interface ReadAnswer<Body> {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Body;
  /** How long the answer was; characters of it, which is close enough for a bound. */
  readonly bytes: number;
}

/**
 * The client for reads. Makes at most three attempts, within a budget; waits as long as the vendor asks, up to a
 * minute, and announces it; follows redirects to the same origin only; signs in again once on 401. Every body is
 * validated, including that it is about the requested ids; a socket with a wrong answer is closed. Throws only
 * `FaultError`.
 */
export interface ReadClient {
  get<Schema extends v.GenericSchema>(call: ReadCall, schema: Schema): Promise<v.InferOutput<Schema>>;
  /** The same with status and headers. */
  answer<Schema extends v.GenericSchema>(call: ReadCall, schema: Schema): Promise<ReadAnswer<v.InferOutput<Schema>>>;
  /** Null if the vendor answers 404 or 410. */
  find<Schema extends v.GenericSchema>(call: ReadCall, schema: Schema): Promise<v.InferOutput<Schema> | null>;
  /**
   * The items of a long JSON array (or of the first array in an object), parsed one by one as they arrive, so that the
   * list is never held. The time limit applies to each item. A truncated body throws after its complete items.
   */
  rows(call: ReadCall): AsyncIterable<unknown>;
}

const readDeadlineMs = 30_000;

export function createReadClient(channel: ClientDeps, tokens: TokenSource, urgency: Urgency): ReadClient {
  const reader = createReader(channel, tokens, urgency);
  const { subject } = channel;

  const answer: ReadClient['answer'] = async (call, schema) => {
    const { status, headers, text, closeConnection } = await reader.whole(outgoing(call));
    try {
      const body = checked(text, statusAnswer(status, headers), call.asked, schema);
      return { status, headers, body, bytes: text.length };
    } catch (error) {
      closeConnection();
      throw error;
    }
  };

  function checked<Schema extends v.GenericSchema>(
    text: string,
    vendor: VendorAnswer,
    asked: ExpectedIds,
    schema: Schema,
  ): v.InferOutput<Schema> {
    const body = parseOrThrow(text, vendor);
    const parsed = v.safeParse(schema, body);
    if (!parsed.success) {
      const where = v.getDotPath(parsed.issues[0]);
      const what = where === null ? 'it is not the requested data' : `the field ${where} is not as expected`;
      throw unreadable(subject, what, vendor);
    }
    const other = otherIdentity(body, asked);
    if (other !== null) throw answeredAboutAnother(subject, other, vendor);
    return parsed.output;
  }

  const parseOrThrow = (text: string, vendor: VendorAnswer): unknown => {
    if (text.trim() === '') return null;
    try {
      return channel.line.redactor.cleanAnswer(parseVendorJson(text), text);
    } catch {
      throw unreadable(subject, text.trimStart().startsWith('<') ? 'a web page' : 'invalid JSON', vendor);
    }
  };

  const outgoing = (call: ReadCall) => ({
    method: call.method ?? 'GET',
    url: addressOf(channel.baseUrl, call.path, call.query),
    body: call.json === undefined ? null : JSON.stringify(call.json),
    signal: call.signal,
    deadlineMs: call.deadlineMs ?? readDeadlineMs,
    operation: call.operation,
  });

  return {
    answer,
    get: async (call, schema) => (await answer(call, schema)).body,
    find: async (call, schema) => {
      try {
        return (await answer(call, schema)).body;
      } catch (error) {
        if (error instanceof FaultError && error.fault.kind === 'missing') return null;
        throw error;
      }
    },
    async *rows(call) {
      const opened: Opened = await reader.opened(outgoing(call));
      const limit = call.deadlineMs ?? readDeadlineMs;
      const vendor = statusAnswer(opened.incoming.status, opened.incoming.headers);
      try {
        if (opened.incoming.status === 204) return;
        for await (const text of jsonRows(opened.incoming.chunks, opened.deadline, limit)) {
          call.onBytes?.(text.length);
          const row = parseOrThrow(text, vendor);
          const other = otherIdentity([row], call.asked);
          if (other !== null) throw answeredAboutAnother(subject, other, vendor);
          yield row;
        }
      } catch (error) {
        throw rowFault(error, vendor);
      } finally {
        opened.deadline.stop();
        opened.incoming.cancel();
      }
    },
  };

  function rowFault(error: unknown, vendor: VendorAnswer): unknown {
    if (!(error instanceof NetworkError)) return error;
    const isBroken = error.failure.kind === 'broken-body';
    return isBroken ? unreadable(subject, 'invalid JSON', vendor) : lostFault(error.failure, subject);
  }
}
