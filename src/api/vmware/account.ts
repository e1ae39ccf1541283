import type { AccountRule } from '../account-key.ts';

/**
 * [A] All distributors share one host, and no page says that a subscription's id is unique over more than the organization
 * that an API token belongs to; ids are therefore told apart by it. Whoever signs in for it sees the same.
 */
export const vmwareAccount: AccountRule = {
  tenant: ({ orgId }) => orgId ?? null,
  view: () => [],
};
