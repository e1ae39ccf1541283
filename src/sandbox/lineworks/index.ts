import type { MiddlewareHandler } from 'hono';
import { rateLimit } from '../rate-limit.ts';
import { bearerIn } from '../tokens.ts';
import { variantsOf } from '../variants.ts';
import type { Ground, SandboxApp, SandboxEnv, SandboxVendor } from '../vendor.ts';
import { limits, variants } from './assumptions.ts';
import { dataset } from './dataset.ts';
import { errorAnswer, Refused } from './errors.ts';
import { sandboxPrivateKey } from './key-pair.ts';
import { type Operation, operations } from './operations.ts';
import { account, tokenRoute } from './token.ts';

/** LINE WORKS API 2.0 as a partner sees it. */
export const lineworks: SandboxVendor = {
  id: 'lineworks',
  share: 6,
  variants,
  connections: ({ origin }) => [
    {
      name: 'lineworks',
      vendor: 'lineworks',
      settings: {
        baseUrl: `${origin}/v1.0`,
        tokenUrl: `${origin}/oauth2/v2.0/token`,
        clientId: account.clientId,
        serviceAccount: account.serviceAccount,
        scope: 'partner',
      },
      secrets: { clientSecret: account.clientSecret, privateKey: sandboxPrivateKey },
    },
  ],
  routes,
  errorAnswer: (status) => errorAnswer(status),
  tokenIn: bearerIn,
};

function routes(app: SandboxApp, ground: Ground): void {
  tokenRoute(app, ground);
  app.use('/v1.0/*', async (c, next) => {
    const scopes = ground.tokens.holder(bearerIn(c.req.raw.headers));
    if (scopes === null) return errorAnswer(401, 'UNAUTHORIZED', 'Authentication failed.');
    c.set('holder', scopes);
    await next();
  });
  const limit = limits.callsPerMinute[variantsOf(variants, ground.variants)['rate-limit']];
  const counting = ground.rateLimits ? rateLimit(ground.time, limit, 60) : null;
  for (const operation of operations(dataset(ground))) {
    app.on(operation.method, `/v1.0${operation.path}`, counted(operation, counting), allowed(operation), (c) =>
      operation.answer(c),
    );
  }
  app.notFound(() => errorAnswer(404, 'NOT_FOUND', 'There is no such address.'));
  app.onError((error) =>
    error instanceof Refused ? errorAnswer(error.status, error.code, error.message) : errorAnswer(500),
  );
}

/** Calls a minute for each operation; every answer says how many are left, none says Retry-After. */
function counted(operation: Operation, counting: ReturnType<typeof rateLimit> | null): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    if (counting === null) return next();
    const { allowed, limit, used, resetSeconds } = counting(`${operation.method} ${operation.path}`);
    if (allowed) await next();
    else c.res = errorAnswer(429, 'TOO_MANY_REQUESTS', 'The API request rate limit has been exceeded.');
    c.header('rateLimit-limit', String(limit));
    c.header('rateLimit-remaining', String(limit - used));
    c.header('rateLimit-used', String(used));
    c.header('rateLimit-reset', String(resetSeconds));
  };
}

/** `partner.read` reads, `partner` does everything. */
function allowed({ method }: Operation): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    const scopes = c.get('holder').split(' ');
    if (method !== 'GET' && !scopes.includes('partner')) {
      return errorAnswer(403, 'FORBIDDEN', 'The scope partner is needed.');
    }
    await next();
  };
}
