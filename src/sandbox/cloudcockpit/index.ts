import { bearerIn } from '../tokens.ts';
import type { SandboxVendor } from '../vendor.ts';
import { clients, scope, tenant, tokenPath } from './access.ts';
import { variants } from './assumptions.ts';
import { errorAnswer } from './errors.ts';
import { routes } from './routes.ts';

/** CloudCockpit as the distributor's tenant sees it, with clients for a reseller and a customer beside it. */
export const cloudcockpit: SandboxVendor = {
  id: 'cloudcockpit',
  share: 19,
  variants,
  words: new Set(['v1', 'resellers', 'customers', 'subscriptions', 'suspend', 'reactivate', 'po-number', 'orders']),
  connections: ({ origin }) => [
    {
      name: 'cloudcockpit',
      vendor: 'cloudcockpit',
      settings: {
        baseUrl: origin,
        tokenUrl: `${origin}${tokenPath}`,
        tenant,
        clientId: clients.csp.clientId,
        scope,
        role: 'csp',
      },
      secrets: { clientSecret: clients.csp.clientSecret },
    },
  ],
  routes,
  errorAnswer: (status) => errorAnswer(status, null),
  tokenIn: bearerIn,
};
