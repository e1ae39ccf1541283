import { basicIn, formFields } from '../body.ts';
import type { SandboxConnection } from '../connection.ts';
import { rateLimit } from '../rate-limit.ts';
import { bearerIn } from '../tokens.ts';
import type { Ground, SandboxApp } from '../vendor.ts';
import { errorAnswer } from './answers.ts';
import { callsAMinute, clientId, tokenSeconds, wrongLevelStatus } from './assumptions.ts';
import type { Dataset } from './dataset.ts';

export type Level = 'seller' | 'reseller';

interface Account {
  readonly level: Level;
  readonly username: string;
  readonly password: string;
}

const accounts: readonly Account[] = [
  { level: 'seller', username: 'ida@nordavind.example', password: 'sandbox-seller' },
  { level: 'reseller', username: 'ola@broker.example', password: 'sandbox-broker' },
];
const clientSecret = 'sandbox-secret';

/** The reseller whose broker credentials the sandbox hands out. */
export const ownReseller = 0;

const connectionName = (level: (typeof accounts)[number]['level']) => `cloudmore-${level}`;

/** Whose subscriptions the tour's ticket is about. */
export const ticketOwner = { reseller: ownReseller, connection: connectionName('reseller') } as const;

export function connections(dataset: Dataset, origin: string): readonly SandboxConnection[] {
  return accounts.map(({ level, username, password }) => ({
    name: connectionName(level),
    vendor: 'cloudmore',
    settings: {
      title: level === 'seller' ? 'Cloudmore, as seller' : 'Cloudmore, as reseller',
      baseUrl: origin,
      tokenUrl: `${origin}/connect/token`,
      level,
      ...(level === 'seller' ? { sellerId: dataset.sellerId } : { resellerId: dataset.ids.reseller.of(ownReseller) }),
      username,
      clientId,
    },
    secrets: { password, clientSecret },
  }));
}

/** The token endpoint, the check of every call's token and level, and what needs no token. Must be added first. */
export function tokenRoutes(app: SandboxApp, ground: Ground, dataset: Dataset): void {
  const { tokens, time } = ground;
  const counted = rateLimit(time, callsAMinute, 60);

  app.post('/connect/token', async (c) => {
    const form = await formFields(c);
    const basic = basicIn(c.req.raw.headers);
    const client = basic?.user ?? form.get('client_id');
    const secret = basic?.password ?? form.get('client_secret');
    if (client !== clientId || secret !== clientSecret) return refused('invalid_client', null);
    if (form.get('grant_type') !== 'password') return refused('unsupported_grant_type', null);
    const scope = form.get('scope');
    if (scope !== null && scope !== 'api') return refused('invalid_scope', null);
    const account = accounts.find(({ username }) => username === form.get('username'));
    if (account === undefined || account.password !== form.get('password'))
      return refused('invalid_grant', 'invalid_username_or_password');
    const token = tokens.issue(account.username, tokenSeconds, { aud: 'api', client_id: clientId });
    return c.json({ access_token: token, expires_in: tokenSeconds, token_type: 'Bearer', scope: 'api' });
  });

  app.get('/api/healthcheck', () => new Response('Healthy'));

  app.use('/api/*', async (c, next) => {
    const holder = tokens.holder(bearerIn(c.req.raw.headers));
    if (holder === null) return errorAnswer(401);
    const { allowed, resetSeconds } = counted(holder);
    if (ground.rateLimits && !allowed)
      return new Response(null, { status: 429, headers: { 'retry-after': String(resetSeconds) } });
    c.set('holder', holder);
    return next();
  });

  const belongsTo = (level: Level, ownId: string, holder: string, id: string) =>
    id === ownId && accounts.some(({ username, level: own }) => username === holder && own === level);
  app.use('/api/sellers/:id/*', async (c, next) =>
    belongsTo('seller', dataset.sellerId, c.get('holder'), c.req.param('id')) ? next() : errorAnswer(wrongLevelStatus),
  );
  const resellerId = dataset.ids.reseller.of(ownReseller);
  app.use('/api/resellers/:id/*', async (c, next) =>
    belongsTo('reseller', resellerId, c.get('holder'), c.req.param('id')) ? next() : errorAnswer(wrongLevelStatus),
  );
}

function refused(error: string, description: string | null): Response {
  return Response.json({ error, ...(description === null ? {} : { error_description: description }) }, { status: 400 });
}
