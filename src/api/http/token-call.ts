import * as v from 'valibot';
import { fault } from '../../model/fault.ts';
import { parseVendorJson } from '../json.ts';
import { numberField } from '../wire-fields.ts';
import { createDeadline } from './deadline.ts';
import { failureOf, type NetworkFailure } from './network-failure.ts';
import { lostFault, readFault, unreadable } from './read-fault.ts';
import { type Requests, readErrorText, readText } from './requests.ts';
import { refusedSignIn } from './sign-in-refusal.ts';
import type { Incoming } from './transport.ts';
import { vendorAnswer } from './vendor-error.ts';

/** One call for a token: a form or a JSON body, to the token address; redirects are not followed. */
export interface TokenCall {
  readonly connection: string;
  readonly url: URL;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** A hint for the case that no answer arrives at all, in a sentence. */
  readonly ifSilent?: string;
  /** 30 s where absent. */
  readonly deadlineMs?: number;
}

const signInDeadlineMs = 30_000;
const maxBytes = 1024 * 1024;

/**
 * The token answer's JSON. A call without an answer is repeated once: requesting a token changes nothing. Throws
 * `signed-out` if the vendor rejects the secrets, `denied` if it refuses the sign-in for another reason, and
 * `unreachable` if there is no usable answer.
 */
export async function callForToken<Schema extends v.GenericSchema>(
  line: Requests,
  call: TokenCall,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const first = await attempt(line, call);
  const reply = first.kind === 'lost' && mayTryAgain(first.failure) ? await attempt(line, call) : first;
  const { connection, url, ifSilent } = call;
  const subject = { ...line.credentials, connection, host: url.host, ...(ifSilent === undefined ? {} : { ifSilent }) };
  if (reply.kind === 'lost') throw lostFault(reply.failure, subject);
  const answer = vendorAnswer(reply.status, reply.headers, reply.status < 300 ? '' : reply.text, line.redactor.clean);
  if (reply.status === 400 || reply.status === 401 || reply.status === 403) {
    throw refusedSignIn(answer, reply.text, subject);
  }
  if (reply.status === 404) {
    const message = `There is no sign-in service of ${call.connection} at ${call.url.host}${call.url.pathname}.`;
    throw fault('unreachable', message, 'Check the setting tokenUrl.', { connection: call.connection, vendor: answer });
  }
  if (reply.status >= 300) throw readFault(answer, subject);
  const parsed = v.safeParse(schema, parsedOrUndefined(reply.text));
  if (!parsed.success) throw unreadable(subject, 'the sign-in returned no token', answer);
  return parsed.output;
}

interface TokenReply {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: Incoming['headers'];
  readonly text: string;
}

async function attempt(
  line: Requests,
  call: TokenCall,
): Promise<TokenReply | { kind: 'lost'; failure: NetworkFailure }> {
  const deadline = createDeadline(call.deadlineMs ?? signInDeadlineMs);
  const body = call.form ? new URLSearchParams(call.form).toString() : JSON.stringify(call.json);
  const type = call.form ? 'application/x-www-form-urlencoded' : 'application/json';
  try {
    const headers = { accept: 'application/json', 'content-type': type, ...call.headers };
    const request = { method: 'POST', url: call.url, headers, body, deadline, maxBytes, reuseSocket: false };
    const reply = await line.send(request);
    if (reply.kind === 'lost') return reply;
    const text = reply.status < 300 ? await readText(reply) : await readErrorText(reply);
    return { kind: 'answer', status: reply.status, headers: reply.headers, text };
  } catch (error) {
    return { kind: 'lost', failure: failureOf(error) };
  } finally {
    deadline.stop();
  }
}

function mayTryAgain(failure: NetworkFailure): boolean {
  return failure.kind === 'reset' || failure.kind === 'refused' || failure.kind === 'broken-body';
}

function parsedOrUndefined(text: string): unknown {
  try {
    return parseVendorJson(text);
  } catch {
    return undefined;
  }
}

/** The OAuth 2.0 token answer (RFC 6749 §5.1). */
export const oauthTokenReply = v.pipe(
  v.object({ access_token: v.pipe(v.string(), v.minLength(1)), expires_in: v.optional(numberField) }),
  v.transform(({ access_token, expires_in }) => ({
    token: access_token,
    lifetimeMs: typeof expires_in === 'number' && expires_in > 0 ? expires_in * 1000 : null,
  })),
);
