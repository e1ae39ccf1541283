import { onTestFinished } from 'vitest';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/start.ts';
import type { SandboxClock } from '../../src/sandbox/time.ts';
import { given } from './running.ts';

/** A sandbox that runs until the test is over, on 21 November 2026. */
export async function opened(options: SandboxOptions = {}, clock?: SandboxClock): Promise<RunningSandbox> {
  const sandbox = await startSandbox({ today: '2026-11-21', scale: 500, ...options }, clock);
  onTestFinished(sandbox.stop);
  return sandbox;
}

/** A clock controlled by the test. */
export function heldClock(
  start = Date.parse('2026-11-21T12:00:00Z'),
): SandboxClock & { advance(milliseconds: number): void } {
  let passed = 0;
  return {
    now: () => start + passed,
    monotonic: () => passed,
    wait: async () => undefined,
    advance: (milliseconds) => {
      passed += milliseconds;
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON, or the text if it is not JSON. */
  readonly body: unknown;
}

export interface Visitor {
  readonly origin: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly token: string;
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  get<Body>(path: string): Promise<Body>;
}

/** Signs in as one connection of Cloudmore or interworks, with its settings and secrets, as a client does. */
export async function visitor(sandbox: RunningSandbox, name: string): Promise<Visitor> {
  const connection = given(sandbox.connections.find((each) => each.name === name));
  const { settings, secrets } = connection;
  const answer = await signIn(name, settings, secrets);
  const { access_token: token } = JSON.parse(await answer.text());
  const origin = given(settings.baseUrl);
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-api-version': '3.0' };
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(origin + path, { method, headers, ...init });
    return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
  };
  return {
    origin,
    settings,
    token,
    call,
    get: async (path) => JSON.parse(JSON.stringify((await call('GET', path)).body)),
  };
}

/** Requests a token with the settings and secrets of a connection, or with others instead. */
export function signIn(
  name: string,
  settings: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
): Promise<Response> {
  const user = { grant_type: 'password', username: given(settings.username), password: given(secrets.password) };
  const secret = given(secrets.clientSecret);
  if (name.startsWith('cloudmore')) {
    const client = { client_id: given(settings.clientId), client_secret: secret, scope: 'api' };
    return fetch(given(settings.tokenUrl), { method: 'POST', body: new URLSearchParams({ ...user, ...client }) });
  }
  const authorization = `Basic ${Buffer.from(`${settings.clientKey}:${secret}`).toString('base64')}`;
  const body = new URLSearchParams(user);
  return fetch(given(settings.tokenUrl), { method: 'POST', headers: { authorization }, body });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
