import * as v from 'valibot';
import { type Fault, FaultError, fault } from '../../model/fault.ts';
import { elapsed } from '../../model/instant.ts';
import type { SendPermit } from '../../model/send-permit.ts';
import type { SafeText } from '../../model/text.ts';
import { withoutEnd } from '../../model/without-end.ts';
import type { Answer, Notes } from '../contract.ts';
import { reportsFailure } from '../failure-body.ts';
import { type ExpectedIds, otherIdentity } from '../identity.ts';
import { parseVendorJson } from '../json.ts';
import { safeText } from '../text.ts';
import type { ClientDeps } from './client-deps.ts';
import { createDeadline } from './deadline.ts';
import { NetworkError } from './network-failure.ts';
import { hidden, redact, redactAnswer } from './redact.ts';
import { readErrorText, readText } from './requests.ts';
import { isThrottled } from './throttling.ts';
import type { TokenSource } from './token-source.ts';
import { addressOf, type Query } from './url-path.ts';
import { correlationOf, statusAnswer, vendorAnswer } from './vendor-error.ts';
import { answerAboutAnother, failedAnswer, lostAnswer, refusedOrUnknown, unreadableAnswer } from './write-outcome.ts';

export interface WriteCall {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Built by `path`. */
  readonly path: string;
  /** The ids that a successful answer must be about, if it names any. No default: see `ReadCall`. */
  readonly asked: ExpectedIds;
  readonly query?: Query;
  /** Absent: no body at all. */
  readonly json?: unknown;
  /** Texts that no answer, log or journal may repeat: a licence key. */
  readonly hide?: readonly string[];
  /** Deadline for the complete answer. Default 30 s. */
  readonly deadlineMs?: number;
}

/** The meaning of a successful answer. */
export type Ending =
  | { readonly outcome: 'done'; readonly notes?: Notes }
  | {
      readonly outcome: 'accepted';
      readonly notes?: Notes;
      readonly vendorRequestId: string | null;
      readonly vendorState: SafeText | null;
    };

/** How a vendor answers a successful write. */
export interface Reply<Schema extends v.GenericSchema> {
  /** The body's schema; an empty body is checked as null. A body that is not JSON is never valid. */
  readonly body: Schema;
  ending(body: v.InferOutput<Schema>, status: number): Ending;
  /** A refusal as text, if its body has a special form; null: parsed like the common forms. */
  explain?(status: number, body: unknown): SafeText | null;
}

/** For writes whose body is not needed: any JSON, or nothing. */
export const plainlyDone = {
  body: v.unknown(),
  ending: () => ({ outcome: 'done' }),
} as const satisfies Reply<v.UnknownSchema>;

/**
 * The client for writes. Sends once: no retry, no redirect, a socket of its own, a total deadline. Never throws for an
 * expected failure; if an answer is lost, unreadable or about something else the outcome is `unknown`, and `unsent`
 * only if provably no byte was sent.
 */
export interface WriteClient {
  readonly connection: string;
  /** The base address's own path, which precedes every sent path: `/v1.0`, usually empty. */
  readonly basePath: string;
  /**
   * The answer to any write while writes are forbidden; null: they are allowed. Reads for a write are skipped as well
   * then.
   */
  closed(): Answer | null;
  /** `permit` is asked when the connection is there, directly before the first byte. */
  send<Schema extends v.GenericSchema>(call: WriteCall, reply: Reply<Schema>, permit: SendPermit): Promise<Answer>;
}

const writeDeadlineMs = 30_000;
/**
 * Longer than a sign-in takes, with its waits and retries: a longer preparation means that the process was suspended.
 */
const longestSignInMs = 3 * 60_000;
const maxAnswerBytes = 8 * 1024 * 1024;

export function createWriteClient(channel: ClientDeps, tokens: TokenSource): WriteClient {
  const { setup, line } = channel;
  const { subject } = channel;

  function closed(): Answer | null {
    const why = setup.allowWrites();
    return why === null ? null : unsent(notAllowed(why, setup.name));
  }

  return {
    closed,
    connection: setup.name,
    basePath: withoutEnd(channel.baseUrl.pathname, '/'),
    async send(call, reply, permit) {
      const shut = closed();
      if (shut !== null) return shut;
      const written = call.json === undefined ? null : JSON.stringify(call.json);
      if (written?.includes(hidden) === true) return unsent(notWhole(setup.name));
      const begun = setup.clock.instant();
      const token = await tokenOrFault();
      if (token instanceof FaultError) return unsent(token.fault);
      const waited = elapsed(begun, setup.clock.instant());
      if (waited === null || waited > longestSignInMs) return unsent(outdated(setup.name));
      const clean = (text: string) => redact(line.redactor.clean(text), call.hide ?? []);
      const deadline = createDeadline(call.deadlineMs ?? writeDeadlineMs);
      const headers = { ...channel.headersFor(token), ...(call.json === undefined ? {} : jsonType) };
      const sent = sentCorrelation(headers);
      channel.countWrite();
      try {
        const incoming = await line.send({
          method: call.method,
          url: addressOf(channel.baseUrl, call.path, call.query),
          headers,
          body: written,
          deadline,
          maxBytes: maxAnswerBytes,
          reuseSocket: false,
          hide: call.hide ?? [],
          permit,
        });
        if (incoming.kind === 'lost') return lostAnswer(incoming.failure, incoming.sent, subject, sent);
        const { status } = incoming;
        if (status < 200 || status >= 300) {
          const text = clean(await readErrorText(incoming));
          const vendor = vendorAnswer(status, incoming.headers, text, clean);
          const throttled = isThrottled(status, incoming.headers, text);
          if (throttled) channel.throttled(channel.waitOf(incoming.headers));
          const explained = reply.explain?.(status, parsedOrNull(text)) ?? null;
          const said = explained === null ? vendor : { ...vendor, message: explained };
          return refusedOrUnknown(said, subject, throttled);
        }
        const text = await readText(incoming);
        // The original answer is compared and followed; the reported one contains no secret.
        const answered = redactAnswer(line.redactor.cleanAnswer(parsedOrUnreadable(text), text), text, call.hide ?? []);
        const other = otherIdentity(answered, call.asked);
        if (other !== null) return answerAboutAnother(other, statusAnswer(status, incoming.headers), subject);
        if (reportsFailure(answered)) return failedAnswer(vendorAnswer(status, incoming.headers, text, clean), subject);
        const body = v.safeParse(reply.body, answered);
        if (!body.success) return unreadableAnswer(statusAnswer(status, incoming.headers), subject);
        const ending = reply.ending(body.output, status);
        return { ...ending, status, correlationId: correlationOf(incoming.headers), notes: ending.notes ?? {} };
      } catch (error) {
        if (error instanceof NetworkError) return lostAnswer(error.failure, true, subject, sent);
        throw error;
      } finally {
        deadline.stop();
      }
    },
  };

  async function tokenOrFault(): Promise<string | FaultError> {
    try {
      return await tokens.token('write');
    } catch (error) {
      if (error instanceof FaultError) return error;
      throw error;
    }
  }
}

const jsonType = { 'content-type': 'application/json' };

function parsed(text: string): unknown {
  return text.trim() === '' ? null : parseVendorJson(text);
}

/** Broken JSON, and JSON nested deeper than the stack. */
function parsedOrUnreadable(text: string): unknown {
  try {
    return parsed(text);
  } catch {
    throw new NetworkError({ kind: 'broken-body' });
  }
}

function parsedOrNull(text: string): unknown {
  try {
    return parsed(text);
  } catch {
    return null;
  }
}

/** The correlation id that the call carries, if its vendor supports one. */
function sentCorrelation(headers: Readonly<Record<string, string>>): SafeText | null {
  const id = headers['x-correlation-id'];
  return id === undefined ? null : safeText(id, 128);
}

function unsent(fault: Fault): Answer {
  return { outcome: 'unsent', fault: { ...fault, sent: false } };
}

/** The user's intent then may not be the intent now. */
function outdated(connection: string): Fault {
  const message = 'This computer was asleep or its clock was changed just before the change was sent.';
  return fault('refused', message, 'Nothing was sent. Check the subscription, then make the change again.', {
    connection,
  }).fault;
}

/** The vendor repeated a secret in a name: sending back the redacted name would overwrite it. */
function notWhole(connection: string): Fault {
  const message = `The request contains ${hidden}, which Subdeck displays instead of a secret.`;
  const next = 'Nothing was sent. Check the subscription in the portal: one of its texts contains a secret.';
  return fault('refused', message, next, { connection }).fault;
}

function notAllowed(why: string, connection: string): Fault {
  return fault('denied', why, 'Nothing was sent. Allow changes for this connection first.', { connection }).fault;
}
