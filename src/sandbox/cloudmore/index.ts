import { refuseOtherMethods } from '../other-methods.ts';
import { bearerIn } from '../tokens.ts';
import { variantsOf } from '../variants.ts';
import type { Ground, SandboxVendor } from '../vendor.ts';
import { errorAnswer } from './answers.ts';
import { provisioningDelay, variants } from './assumptions.ts';
import { type Dataset, openDataset } from './dataset.ts';
import { organizationRoutes } from './organization.ts';
import { resellerRoutes } from './reseller.ts';
import { sellerRoutes } from './seller.ts';
import { sellerSubscriptionRoutes } from './seller-subscriptions.ts';
import { ticketAbout } from './ticket.ts';
import { connections, ticketOwner, tokenRoutes } from './token.ts';

const words =
  'api sellers resellers brokers services sellerorganizations products addons organizations pricelist subscriptions service setlicensekey subscriptionshistory history healthcheck categories connect token';

/** Cloudmore's API for custom services: one seller, and the broker's view of its first reseller. */
export const cloudmore: SandboxVendor = {
  id: 'cloudmore',
  share: 40,
  variants,
  lagMs: ({ variants: chosen }, method, path) =>
    method !== 'GET' && path.startsWith('/api/') && variantsOf(variants, chosen).provisioning === 'later'
      ? provisioningDelay
      : 0,
  words: new Set(words.split(' ')),
  connections: (ground) => connections(datasetOf(ground), ground.origin),
  // Only its history tells who changed what, and as a reseller it can be lowered.
  ticket: (ground) => ticketAbout(datasetOf(ground), ticketOwner.reseller, ticketOwner.connection),
  routes: (app, ground) => {
    const dataset = datasetOf(ground);
    tokenRoutes(app, ground, dataset);
    sellerSubscriptionRoutes(app, ground, dataset);
    sellerRoutes(app, dataset);
    organizationRoutes(app, ground, dataset);
    resellerRoutes(app, dataset);
    refuseOtherMethods(app, () => errorAnswer(405));
    app.notFound(() => new Response(null, { status: 404 }));
    app.onError(() => errorAnswer(500));
  },
  errorAnswer,
  tokenIn: bearerIn,
};

const datasets = new WeakMap<Ground, Dataset>();

/** The one dataset of a run, opened by whoever asks first. */
function datasetOf(ground: Ground): Dataset {
  const dataset = datasets.get(ground) ?? openDataset(ground);
  datasets.set(ground, dataset);
  return dataset;
}
