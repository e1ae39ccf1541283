import { refuseOtherMethods } from '../other-methods.ts';
import { bearerIn } from '../tokens.ts';
import { variantsOf } from '../variants.ts';
import type { Ground, SandboxVendor } from '../vendor.ts';
import { accountRoutes } from './accounts.ts';
import { errorAnswer, missing } from './answers.ts';
import { orderDelay, variants } from './assumptions.ts';
import { type Dataset, openDataset } from './dataset.ts';
import { orderRoutes } from './order-routes.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { connections, type Edition, editionOf, tokenRoutes } from './token.ts';

const words =
  'oauth token api accounts products subscriptions characteristics currentinstallmentplan customfields addons quantityrequest cancel quantity cancelendofbillingperiod orders items checkout';

/** interworks.cloud for two white-label resellers of one distributor: one of the Standard and one of the Free edition. */
export const interworks: SandboxVendor = {
  id: 'interworks',
  share: 25,
  words: new Set(words.split(' ')),
  variants,
  lagMs: ({ variants: chosen }, _method, path) =>
    path.toLowerCase().endsWith('/checkout') && variantsOf(variants, chosen)['ordered-quantity'] === 'later'
      ? orderDelay
      : 0,
  connections: ({ origin }) => connections(origin),
  routes: (app, ground) => {
    const datasets = openDatasets(ground);
    const datasetOf = (holder: string) => datasets[editionOf(holder)];
    tokenRoutes(app, ground, variantsOf(variants, ground.variants));
    app.use('/api/*', (c, next) => {
      datasetOf(c.get('holder')).requests.settle();
      return next();
    });
    subscriptionRoutes(app, datasetOf);
    accountRoutes(app, datasetOf);
    orderRoutes(app, datasetOf);
    refuseOtherMethods(app, () => errorAnswer(405));
    app.notFound(() => missing('address'));
    app.onError(() => errorAnswer(500));
  },
  errorAnswer,
  tokenIn: bearerIn,
};

/** The Free edition's reseller is the smaller: an eighth of the vendor's subscriptions. */
function openDatasets(ground: Ground): Readonly<Record<Edition, Dataset>> {
  const readings = variantsOf(variants, ground.variants);
  const small = Math.floor(ground.scale / 8);
  return {
    standard: openDataset(ground, readings, 1, ground.scale - small),
    free: openDataset(ground, readings, 2, small),
  };
}
