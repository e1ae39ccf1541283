import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { control } from './control.ts';
import { breakJson, drip, truncate } from './corrupt-reply.ts';
import { withoutEffect } from './effects.ts';
import type { FaultOrder } from './fault-order.ts';
import type { FaultQueue } from './faults.ts';
import { leaveOut } from './leave-out.ts';
import { type RequestLog, readableBody, readableQuery } from './log.ts';
import type { Ground, SandboxEnv, SandboxVendor } from './vendor.ts';
import { isOtherUser } from './visitors.ts';

export interface SiteDeps {
  readonly vendor: SandboxVendor;
  readonly ground: Ground;
  readonly log: RequestLog;
  readonly faults: FaultQueue;
  /** Milliseconds that every answer takes longer. */
  readonly delay: number;
  readonly stopped: AbortSignal;
}

/** Handles a request to one vendor's origin: logs it, injects an ordered fault, and passes it to the vendor. */
export function site(deps: SiteDeps): (request: Request, env: HttpBindings) => Promise<Response> {
  const { vendor, ground, log, faults, delay, stopped } = deps;
  const app = new Hono<SandboxEnv>({ getPath: (request) => routePath(new URL(request.url).pathname, vendor.words) });
  vendor.routes(app, ground);
  const lagging: { readonly due: number; readonly request: Request }[] = [];

  /** Applies changes that were answered earlier, before anything is read. */
  async function settleDue(env: HttpBindings): Promise<void> {
    const now = ground.time.real();
    for (const one of lagging.filter(({ due }) => due <= now)) {
      lagging.splice(lagging.indexOf(one), 1);
      await app.fetch(one.request, env);
    }
  }

  /** Answers as if the request were carried out, and carries out the ordered effect instead. */
  async function pretended(request: Request, order: FaultOrder, env: HttpBindings): Promise<Response> {
    if (order.body !== undefined) return Response.json(order.body, { status: order.status ?? 200 });
    const later = request.clone();
    const answer = await withoutEffect(async () => app.fetch(request, env));
    if (!answer.ok) return answer;
    if (order.do === 'lag') lagging.push({ due: ground.time.real() + (order.milliseconds ?? 10_000), request: later });
    if (order.instead !== undefined) await app.fetch(otherRequest(later, order.instead), env);
    return answer;
  }

  async function controlled(request: Request, env: HttpBindings): Promise<Response> {
    const text = request.method === 'GET' ? '' : await request.text();
    await settleDue(env);
    if (isOtherUser(env.incoming)) return new Response('This sandbox is of another user.\n', { status: 403 });
    return control(request.method, new URL(request.url).pathname, text, log, faults);
  }

  let underWay = 0;
  async function answered(request: Request, env: HttpBindings): Promise<Response> {
    const beside = underWay;
    const url = new URL(request.url);
    const method = request.method;
    const bodiless = method === 'GET' || method === 'HEAD';
    const text = bodiless ? '' : await bodyOf(request);
    if (text === null) return new Response('The body is too long.\n', { status: 413 });
    await settleDue(env);
    const record = (status: number) =>
      log.add({
        at: new Date(ground.time.real()).toISOString(),
        vendor: vendor.id,
        method,
        path: url.pathname,
        query: readableQuery(url.searchParams),
        body: readableBody(text, request.headers.get('content-type') ?? ''),
        status,
        beside,
      });
    const lag = vendor.lagMs?.(ground, method, url.pathname) ?? 0;
    const own: FaultOrder | null = lag > 0 ? { do: 'lag', milliseconds: lag } : null;
    const order = faults.due(vendor.id, method, url.pathname) ?? own;
    if (order?.do === 'drop-before') {
      record(0);
      return dropped(env);
    }
    if (order?.do === 'status') {
      const status = order.status ?? 503;
      record(status);
      return vendor.errorAnswer(status);
    }
    if (order?.do === 'revoke') ground.tokens.revoke(vendor.tokenIn(request.headers));

    if (delay > 0) await ground.time.wait(delay, stopped);
    const passedOn = new Request(url, { method, headers: request.headers, ...(bodiless ? {} : { body: text }) });
    const isPretended = order?.do === 'no-effect' || order?.do === 'lag' || order?.do === 'other-effect';
    const answer = isPretended ? await pretended(passedOn, order, env) : await app.fetch(passedOn, env);
    record(order?.do === 'drop-after' ? 0 : answer.status);
    return order === null ? answer : await spoiled(answer, order, env, deps);
  }

  return async (request, env) => {
    if (new URL(request.url).pathname.startsWith('/_sandbox/')) return controlled(request, env);
    const answer = answered(request, env);
    underWay += 1;
    return answer.finally(() => {
      underWay -= 1;
    });
  };
}

/** More than any request to a vendor holds. */
const longestBody = 8 * 1024 ** 2;

/** The body as text; null where it has no end. */
async function bodyOf(request: Request): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body ?? []) {
    parts.push(part);
    bytes += part.byteLength;
    if (bytes > longestBody) return null;
  }
  return Buffer.concat(parts).toString();
}

async function spoiled(answer: Response, order: FaultOrder, env: HttpBindings, deps: SiteDeps): Promise<Response> {
  const { ground, stopped } = deps;
  switch (order.do) {
    case 'drop-after':
      return dropped(env);
    case 'delay':
      await ground.time.wait(order.milliseconds ?? 2000, stopped);
      return answer;
    case 'bad-json':
      return breakJson(answer);
    case 'leave-out':
      return leaveOut(answer, order);
    case 'truncate':
      await truncate(answer, env.outgoing);
      return RESPONSE_ALREADY_SENT;
    case 'drip':
      await drip(answer, env.outgoing, order, ground.time, stopped);
      return RESPONSE_ALREADY_SENT;
    default:
      return answer;
  }
}

/** Another request by the same caller. */
function otherRequest(request: Request, { method, path, body }: NonNullable<FaultOrder['instead']>): Request {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  return new Request(new URL(path, request.url), { method, headers: request.headers, ...init });
}

function dropped(env: HttpBindings): Response {
  env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

/** The path for routing: known words in lower case, the rest unchanged, without a trailing slash. */
function routePath(path: string, words: ReadonlySet<string> | undefined): string {
  const trimmed = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  if (words === undefined) return trimmed;
  return trimmed
    .split('/')
    .map((segment) => (words.has(segment.toLowerCase()) ? segment.toLowerCase() : segment))
    .join('/');
}
