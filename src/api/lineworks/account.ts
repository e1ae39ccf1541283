import type { AccountRule } from '../account-key.ts';

/**
 * [A] A subscription's id is an integer, taken to be unique over the customers of one partner only, and all partners share
 * one host. A service account is named after its partner's domain (`abcde.serviceaccount@example.com`), which all apps of the
 * partner share; where that cannot be read, the app is all that tells partners apart. All apps of a partner see the same.
 */
export const lineworksAccount: AccountRule = {
  tenant: ({ serviceAccount, clientId }) => domainOf(serviceAccount) ?? clientId ?? null,
  view: () => [],
};

function domainOf(serviceAccount: string | undefined): string | null {
  return /@([^@\s]+)$/.exec(serviceAccount?.trim() ?? '')?.[1]?.toLowerCase() ?? null;
}
