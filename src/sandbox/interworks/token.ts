import { basicIn, formFields } from '../body.ts';
import type { SandboxConnection } from '../connection.ts';
import { rateLimit } from '../rate-limit.ts';
import { bearerIn } from '../tokens.ts';
import type { Ground, SandboxApp } from '../vendor.ts';
import { errorAnswer, problem } from './answers.ts';
import { apiVersions, callsAMinute, type Readings, tokenSeconds } from './assumptions.ts';

export type Edition = 'standard' | 'free';

interface ApiUser {
  readonly edition: Edition;
  readonly username: string;
  readonly password: string;
  readonly clientKey: string;
}

/** One API user for each edition, each of a company of its own. */
const apiUsers: readonly ApiUser[] = [
  { edition: 'standard', username: 'api@aurora.example', password: 'sandbox-standard', clientKey: 'aurora-key' },
  { edition: 'free', username: 'api@tide.example', password: 'sandbox-free', clientKey: 'tide-key' },
];
const clientSecret = 'sandbox-secret';

export function connections(origin: string): readonly SandboxConnection[] {
  return apiUsers.map(({ edition, username, password, clientKey }) => ({
    name: edition === 'standard' ? 'interworks' : 'interworks-free',
    vendor: 'interworks',
    settings: {
      title: edition === 'standard' ? 'interworks' : 'interworks, Free edition',
      baseUrl: origin,
      tokenUrl: `${origin}/oauth/token`,
      edition,
      username,
      clientKey,
      apiVersion: '3.0',
    },
    secrets: { password, clientSecret },
  }));
}

/** The token endpoint, and the check of every call's token, version, rate and edition. Must be added first. */
export function tokenRoutes(app: SandboxApp, ground: Ground, readings: Readings): void {
  const { tokens, time } = ground;
  const counted = rateLimit(time, callsAMinute, 60);

  app.post('/oauth/token', async (c) => {
    const form = await formFields(c);
    const client = basicIn(c.req.raw.headers);
    const user = apiUsers.find(({ clientKey }) => clientKey === client?.user);
    if (user === undefined || client?.password !== clientSecret)
      return Response.json({ error: 'invalid_client' }, { status: 401, headers: { 'www-authenticate': 'Basic' } });
    if (form.get('grant_type') !== 'password')
      return Response.json({ error: 'unsupported_grant_type' }, { status: 400 });
    if (form.get('username') !== user.username || form.get('password') !== user.password)
      return Response.json(
        { error: 'invalid_grant', error_description: 'The user name or password is incorrect.' },
        { status: 400 },
      );
    return c.json({
      access_token: tokens.issue(user.username, tokenSeconds),
      token_type: 'bearer',
      expires_in: tokenSeconds,
    });
  });

  app.use('/api/*', async (c, next) => {
    const holder = tokens.holder(bearerIn(c.req.raw.headers));
    if (holder === null) return errorAnswer(401);
    const version = c.req.header('x-api-version') ?? 'latest';
    if (!apiVersions.has(version.toLowerCase()))
      return problem(400, 'UnsupportedApiVersion', `There is no API version ${version}.`);
    if (readings['api-version'] === '3-only' && version !== '3')
      return Response.json(
        { message: `The requested resource does not support http method '${c.req.method}'.` },
        { status: 405 },
      );
    const { allowed, resetSeconds } = counted(holder);
    if (ground.rateLimits && !allowed)
      return problem(403, 'RateLimitExceeded', 'Too many requests; try again later.', {
        'retry-after': String(resetSeconds),
      });
    if (c.req.method !== 'GET' && editionOf(holder) === 'free')
      return problem(403, 'Forbidden', 'This operation is not available to Free Edition resellers.');
    c.set('holder', holder);
    return next();
  });
}

export function editionOf(holder: string): Edition {
  return apiUsers.find(({ username }) => username === holder)?.edition ?? 'free';
}
