import type { AccountRule } from '../account-key.ts';

/**
 * [A] Ids are unique in one distributor's platform: each distributor has a BSS of its own on a host of its own, and the
 * document's paths name no tenant. Which reseller's subscriptions are seen is the API user's company.
 */
export const interworksAccount: AccountRule = {
  tenant: () => null,
  view: ({ clientKey, username }) => [clientKey, username],
};
