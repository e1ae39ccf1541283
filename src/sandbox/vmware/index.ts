import { mix, salt } from '../seeded-random.ts';
import { jsonArray } from '../stream.ts';
import { variantsOf } from '../variants.ts';
import type { Ground, SandboxApp, SandboxVendor } from '../vendor.ts';
import { assumptions, variants } from './assumptions.ts';
import { dataset as createDataset } from './dataset.ts';
import { detail } from './detail.ts';
import { errorResponse } from './errors.ts';
import { BadQuery, readQuery } from './query.ts';
import { searching, type Window } from './search.ts';
import { usageByReseller } from './usage.ts';

const orgId = '9f27-distributor-61c0';
const apiToken = 'sandbox-vmware-api-token';
const seller = '/cphub/api/seller/v1/distributors/:orgId';
const tokenHeader = 'csp-auth-token';

/** VMware Cloud Partner Navigator as a distributor sees it through the 2-tier API: it only reads. */
export const vmware: SandboxVendor = {
  id: 'vmware',
  share: 15,
  variants,
  connections: ({ origin }) => [
    { name: 'vmware', vendor: 'vmware', settings: { baseUrl: origin, orgId }, secrets: { apiToken } },
  ],
  routes,
  errorAnswer: (status) => errorResponse(status, ''),
  tokenIn: (headers) => headers.get(tokenHeader),
};

function routes(app: SandboxApp, ground: Ground): void {
  const { seed, scale, time, tokens } = ground;
  const dataset = createDataset(seed, scale, time.today);
  const readings = variantsOf(variants, ground.variants);
  const search = searching(dataset, readings);

  app.post('/cphub/api/auth/v1/authn/accesstoken', async (c) => {
    const body: unknown = await c.req.json().catch(() => null);
    if (!hasRefreshToken(body)) return errorResponse(400, c.req.path);
    if (body.refreshToken !== apiToken) {
      return errorResponse(400, c.req.path, 'invalid_grant: The refresh token is invalid or expired');
    }
    const accessToken = tokens.issue(orgId, assumptions.tokenLifetime, { context_name: orgId });
    const idToken = tokens.issue(`${orgId} id`, assumptions.tokenLifetime);
    return c.json({ accessToken, idToken, refreshToken: apiToken, returnUrl: `${ground.origin}/` }, 201);
  });

  app.use('/cphub/*', async (c, next) => {
    if (tokens.holder(c.req.header(tokenHeader) ?? null) !== orgId) return errorResponse(401, c.req.path);
    await next();
  });

  app.get('/cphub/api/auth/v1/loggedinuser/orgs', (c) => c.json({ loggedInUserOrgs: [orgId, resellerOrg(seed)] }));

  app.use(`${seller}/*`, async (c, next) => {
    const asked = c.req.param('orgId');
    if (asked !== orgId) {
      const message = `Organization ${asked} is not a distributor organization of Cloud Partner Navigator`;
      return errorResponse(404, c.req.path, message);
    }
    await next();
  });

  app.get(`${seller}/usage/customers`, () => jsonArray(usageByReseller(dataset)));

  app.post(`${seller}/subscriptions/search`, async (c) => {
    try {
      const window = readWindow(c.req.query('pageLimit'), c.req.query('pageStart'));
      return c.json(search(readQuery(parse(await c.req.text()), readings), window));
    } catch (error) {
      if (error instanceof BadQuery) return errorResponse(400, c.req.path, error.message);
      throw error;
    }
  });

  app.get(`${seller}/subscriptions/:subscriptionId`, (c) => {
    const index = dataset.indexOf(c.req.param('subscriptionId'));
    return index === null ? errorResponse(404, c.req.path) : c.json(detail(dataset, seed, index, readings));
  });

  app.all(`${seller}/subscriptions/*`, (c) => errorResponse(405, c.req.path));
  app.notFound((c) => errorResponse(404, c.req.path));
  app.onError((_error, c) => errorResponse(500, c.req.path));
}

/** The user belongs to another organization too, one that is no distributor. */
function resellerOrg(seed: number): string {
  return `${mix(seed, salt('vmware other org'), 0).toString(36)}-reseller`;
}

function hasRefreshToken(body: unknown): body is { readonly refreshToken: string } {
  return typeof body === 'object' && body !== null && 'refreshToken' in body && typeof body.refreshToken === 'string';
}

function readWindow(limit = String(assumptions.defaultPageLimit), start = '1'): Window {
  if (!/^[1-9]\d{0,8}$/.test(limit)) throw new BadQuery('pageLimit must be a positive integer');
  if (!/^[1-9]\d{0,8}$/.test(start)) throw new BadQuery('pageStart must be a positive integer');
  return { start: Number(start), limit: Number(limit) };
}

function parse(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new BadQuery('The request body is not JSON');
  }
}
