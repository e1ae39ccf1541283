import type { AccountRule } from '../account-key.ts';

/**
 * [A] All tenants share one host and are told apart by `X-Tenant`, the domain of a portal: ids are taken to be unique in one
 * tenant. Domains have no case. What is seen depends on whom the API access belongs to.
 */
export const cloudcockpitAccount: AccountRule = {
  tenant: ({ tenant }) => tenant?.trim().toLowerCase() ?? null,
  view: ({ role, clientId, customerId }) => [role, clientId, role === 'customer' ? customerId : undefined],
};
